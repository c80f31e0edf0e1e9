/** Names that signature containers usually bear. */
const signatureName = /\.(p7s|p7m|p7b|p7b64|pkcs7|cms|sig|sgn|sign|der|pem)$/i
/** Names of files that may hold a signature beside much else: asked only when nothing above is there. */
const holderName = /\.(xml|zip)$/i

/** Would a person call this file a signature, by its name. */
export function looksLikeSignatureName(name: string): boolean {
  return signatureName.test(name)
}

/**
 * Which of one or two files is the signature and which the document. One file alone is tried as a
 * signature, since it may carry its document inside.
 */
export function pairFiles<F extends { readonly name: string }>(
  files: readonly F[],
): { readonly container: F | undefined; readonly content: F | undefined } {
  const [first, second] = files

  if (second === undefined) return { container: first, content: undefined }

  const container =
    files.find(({ name }) => looksLikeSignatureName(name)) ??
    files.find(({ name }) => holderName.test(name))

  if (container === undefined) return { container: undefined, content: undefined }

  return { container, content: files.find((file) => file !== container) }
}

/** Bytes as base64, in pieces that fit the argument limit of String.fromCharCode. */
export function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  const pieces: string[] = []

  for (let from = 0; from < bytes.length; from += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 0x8000)))
  }

  return btoa(pieces.join(''))
}
