/** First bytes that tell what a file really is (magic numbers of the formats themselves). */
const signatures: readonly { readonly mediaType: string; readonly bytes: readonly number[] }[] = [
  { mediaType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'application/zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
]

/** Types whose files begin as a zip archive. */
const zipped =
  /^application\/(zip|vnd\.openxmlformats-officedocument\..+|vnd\.oasis\.opendocument\..+|x-zip-compressed)$/

const byExtension: { readonly [extension: string]: string } = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  xml: 'application/xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** What the first bytes say, or undefined where they say nothing. At least 8 bytes are needed. */
export function sniffMediaType(head: Uint8Array): string | undefined {
  return signatures.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))
    ?.mediaType
}

/** The type that a file name promises, or undefined. */
export function mediaTypeOfName(fileName: string): string | undefined {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase()

  return extension === undefined ? undefined : byExtension[extension]
}

/** True when a declared type contradicts the bytes: a PDF that is none, an image called PDF. */
export function isMisnamed(declared: string, head: Uint8Array): boolean {
  const found = sniffMediaType(head)
  if (found === declared) {
    return false
  }
  if (found === 'application/zip') {
    return !zipped.test(declared) && declared !== 'application/octet-stream'
  }
  if (found !== undefined) {
    return declared !== 'application/octet-stream'
  }

  return signatures.some(({ mediaType }) => mediaType === declared)
}
