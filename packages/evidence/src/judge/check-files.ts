import { createHash } from 'node:crypto'
import {
  type Manifest,
  manifestPath,
  manifestTimestampPath,
  readStampMaterialPath,
} from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import { type BundleOutcome, failed, orPassed } from './outcome.ts'

/** SHA-256 of each path that the manifest names; undefined where it names two for one path. */
function namedDigests(manifest: Manifest): ReadonlyMap<string, string | undefined> {
  const digests = new Map<string, string | undefined>()
  for (const { path, sha256 } of [
    ...manifest.documents,
    ...manifest.contents,
    ...manifest.signatures,
    ...manifest.files,
  ]) {
    digests.set(path, digests.has(path) && digests.get(path) !== sha256 ? undefined : sha256)
  }

  return digests
}

/** What a time-stamp over the manifest rests on carries its digest in its name. */
function isStampMaterial(files: BundleFiles, path: string): boolean {
  const named = readStampMaterialPath(path)
  const bytes = files.get(path)

  return (
    named !== undefined &&
    bytes !== undefined &&
    files.has(manifestTimestampPath) &&
    sha256Of(bytes) === named.sha256
  )
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Files that a bundle is none without; leaving one out of the manifest must not hide its loss. */
const requiredPaths = ['README.txt', 'events.jsonl', 'report.html', 'report.json']

/** Every named file is there with its digest, and no file is there that is not named. */
export function checkFiles(files: BundleFiles, manifest: Manifest): readonly BundleOutcome[] {
  const digests = namedDigests(manifest)
  const unnamed = [...files.keys()].filter(
    (path) =>
      !digests.has(path) &&
      path !== manifestPath &&
      path !== manifestTimestampPath &&
      !isStampMaterial(files, path),
  )
  const forgotten = requiredPaths.filter((path) => !digests.has(path))
  const wrong = [...digests].flatMap(([path, sha256]): readonly BundleOutcome[] => {
    const bytes = files.get(path)
    if (path === manifestPath || path.startsWith('timestamps/manifest') || sha256 === undefined) {
      return [failed('files', `named-twice ${path}`)]
    }
    if (bytes === undefined) {
      return [failed('files', `missing ${path}`)]
    }

    return sha256Of(bytes) === sha256
      ? []
      : [failed('files', `digest-mismatch ${path}`, 'HASH_FAILURE')]
  })

  return orPassed('files', [
    ...wrong,
    ...forgotten.map((path) => failed('files', `manifest-without ${path}`)),
    ...unnamed.map((path) => failed('files', `not-named ${path}`)),
  ])
}
