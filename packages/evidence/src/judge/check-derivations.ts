import type { Manifest } from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import { type BundleOutcome, failed, open, orPassed } from './outcome.ts'

/** The named ways from a document to the bytes that a signature covers, as far as they run here. */
const derivations: { readonly [name: string]: (document: Uint8Array) => Uint8Array } = {
  identity: (document) => document,
  'utf8-of-base64': (document) =>
    Buffer.from(
      Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('base64'),
      'utf8',
    ),
}

/** Runs every derivation again: a content that does not come from its document fails. */
export function checkDerivations(files: BundleFiles, manifest: Manifest): readonly BundleOutcome[] {
  const documents = new Set(manifest.documents.map(({ path }) => path))

  return orPassed(
    'derivations',
    manifest.contents.flatMap(({ path, document, derivation }): readonly BundleOutcome[] => {
      const source = files.get(document)
      const content = files.get(path)
      if (!documents.has(document)) {
        return [failed('derivations', `document-not-named ${document}`)]
      }
      if (source === undefined || content === undefined) {
        // The check of the files names what is missing.
        return []
      }
      const derive = Object.hasOwn(derivations, derivation) ? derivations[derivation] : undefined
      if (derive === undefined) {
        return [open('derivations', `derivation-unknown ${derivation} ${path}`)]
      }

      return Buffer.compare(derive(source), content) === 0
        ? []
        : [failed('derivations', `derivation-mismatch ${derivation} ${path}`, 'HASH_FAILURE')]
    }),
  )
}
