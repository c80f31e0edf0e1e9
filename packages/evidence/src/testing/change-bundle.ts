import { createHash } from 'node:crypto'
import { packZip } from '@muhr/zip'
import { encodeManifest, type Manifest, manifestPath } from '../manifest.ts'
import { readBundle } from '../read-bundle.ts'

/** Files of a bundle that a test changes. */
export type EditableFiles = Map<string, Uint8Array>

/** Unpacks a bundle, lets `edit` change its files, packs it as Muhr does. */
export function changeBundle(bytes: Uint8Array, edit: (files: EditableFiles) => void): Uint8Array {
  const files = new Map(readBundle(bytes))
  edit(files)

  return packZip(
    [...files]
      .map(([path, content]) => ({ path, bytes: content }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  )
}

/** The manifest of some files, for changing. */
export function manifestOf(files: EditableFiles): Manifest {
  return JSON.parse(Buffer.from(files.get(manifestPath) ?? []).toString('utf8')) as Manifest
}

/** Replaces the manifest. */
export function setManifest(files: EditableFiles, manifest: Manifest): void {
  files.set(manifestPath, encodeManifest(manifest))
}

/** Makes the digests in the manifest those of the files, as somebody would who wants to hide a change. */
export function renameDigests(files: EditableFiles): void {
  const manifest = manifestOf(files)
  const current = <Named extends { readonly path: string; readonly sha256: string }>(
    named: Named,
  ): Named => {
    const bytes = files.get(named.path)

    return bytes === undefined
      ? named
      : { ...named, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  setManifest(files, {
    ...manifest,
    documents: manifest.documents.map(current),
    contents: manifest.contents.map(current),
    signatures: manifest.signatures.map(current),
    files: manifest.files.map(current),
  })
}
