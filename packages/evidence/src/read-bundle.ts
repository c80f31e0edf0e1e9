import { createBundleWriter, unpackBundle } from './bundle-zip.ts'
import { damaged, EvidenceError } from './error.ts'
import { manifestPath } from './manifest.ts'

/** Files of a bundle by path. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>

/**
 * Names that stand in every bundle, twice each. A bundle with one damaged octet still shows them; other
 * zips with a `manifest.json` (browser extensions) do not have the others.
 */
const markNames = [manifestPath, 'events.jsonl', 'report.html']

/**
 * Is this an evidence bundle, whole or damaged? No single changed octet of a bundle makes the answer
 * `false`.
 */
export function looksLikeBundle(bytes: Uint8Array): boolean {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

  return markNames.filter((name) => octets.includes(name)).length >= 2
}

/**
 * Unpacks a bundle into memory under the limits of {@link unpackBundle}.
 *
 * A bundle that somebody unpacked and packed again with another program is read as well: what counts
 * are the digests in its manifest. But when only a few octets differ from what Muhr writes for the same
 * files, the file was damaged on its way.
 *
 * @throws EvidenceError `evidence.not-a-bundle`, `evidence.damaged`, `evidence.too-large`
 */
export function readBundle(bytes: Uint8Array): BundleFiles {
  if (!looksLikeBundle(bytes)) {
    throw new EvidenceError({
      code: 'evidence.not-a-bundle',
      message: 'The file is not an evidence bundle of Muhr.',
      advice: 'Give the evidence bundle (.zip) as it was downloaded.',
    })
  }
  const files = unpackBundle(bytes)
  if (isNearWritten(bytes, files)) {
    throw damaged('altered')
  }

  return files
}

/** More differing octets than this, and it is the work of another program. */
const fewOctets = 8

/** Do the octets differ from what Muhr writes for these files, but in a few only? */
function isNearWritten(bytes: Uint8Array, files: BundleFiles): boolean {
  const writer = createBundleWriter()
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = 0
  let differing = 0
  const compare = (expected: Uint8Array): boolean => {
    const found = octets.subarray(position, position + expected.byteLength)
    position += expected.byteLength
    if (found.equals(expected)) {
      return true
    }
    for (const [index, octet] of expected.entries()) {
      differing += octet === found[index] ? 0 : 1
      if (differing > fewOctets) {
        return false
      }
    }

    return true
  }
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!compare(writer.header(path, content)) || !compare(content)) {
      return false
    }
  }

  return compare(writer.end()) && position === octets.length && differing > 0
}
