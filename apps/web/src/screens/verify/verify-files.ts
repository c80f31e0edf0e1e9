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

/** id-signedData as encoded, and the beginning of a container that holds it in base64. */
const signedDataOid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
const asText = /^\s*(?:-----BEGIN (?:CMS|PKCS7)|MI[A-Za-z0-9+/]{6})/

/** Would the first octets make a person who can read them call this a signature? */
export function looksLikeSignatureOctets(head: Uint8Array): boolean {
  const isAt = (offset: number) =>
    signedDataOid.every((octet, index) => head[offset + index] === octet)

  return [2, 3, 4, 5, 6].some(isAt) || asText.test(new TextDecoder('latin1').decode(head))
}

const headBytes = 64

/** {@link pairFiles}, and where the names of two files say nothing, by what they hold. */
export async function pairChosenFiles(
  files: readonly File[],
): Promise<{ readonly container: File | undefined; readonly content: File | undefined }> {
  const byName = pairFiles(files)
  if (byName.container !== undefined) {
    return byName
  }
  for (const file of files) {
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
    if (looksLikeSignatureOctets(head)) {
      return { container: file, content: files.find((other) => other !== file) }
    }
  }

  return byName
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
