import { decodeBase64, encodeBase64 } from '../asn1/index.ts'

/** Media types that a `data:` URL of a signature may name. */
const mediaTypes: readonly string[] = [
  '',
  'application/cms',
  'application/octet-stream',
  'application/pkcs7-mime',
  'application/pkcs7-signature',
  'application/x-pkcs7-mime',
  'application/x-pkcs7-signature',
]

/** One block; lines of explanation may stand before and after it (RFC 7468 §2). */
const pemPattern =
  /^(?:(?!.*-----).*\n)*-----BEGIN ([A-Z0-9 #]+)-----\n([\s\S]+)\n-----END \1-----(?:\n(?!.*-----).*)*$/
const dataUrlPattern = /^data:([a-z0-9/.+-]*);base64,(\S+)$/

/** Lines of one length, except the last, divided by one and the same separator. */
const isEvenlyBroken = (body: string): boolean => {
  const separators = new Set(body.match(/\s+/g))
  const lines = body.split(/\s+/)
  const last = lines.at(-1)?.length ?? 0
  const [width = 0] = lines.map(({ length }) => length)
  return (
    separators.size <= 1 &&
    lines.slice(0, -1).every(({ length }) => length === width) &&
    last > 0 &&
    last <= width
  )
}

/** Base64 as encoders write it: one alphabet, padded unless it is that of URLs, no stray bits. */
const isCanonicalBase64 = (dense: string): boolean => {
  const encoded = encodeBase64(decodeBase64(dense))
  const urlSafe = encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return (
    dense === encoded ||
    (/[-_]/.test(dense) && (dense === urlSafe || dense.replace(/={1,2}$/, '') === urlSafe))
  )
}

/** Base64 as `encodeURIComponent` writes it into a query, the padding there or left out. */
const isCanonicalQueryValue = (value: string): boolean => {
  const base64 = value.replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('%3D', '=')
  const encoded = encodeURIComponent(encodeBase64(decodeBase64(base64)))
  return value === encoded || value === encoded.replace(/(%3D)+$/, '')
}

const isRegularBase64 = (body: string): boolean =>
  isEvenlyBroken(body) && isCanonicalBase64(body.replace(/\s+/g, ''))

/**
 * Is a signature in text form written as encoders write it: PEM, base64 in even lines or in one, such a
 * line percent-encoded as the value of a query, or a base64 `data:` URL, with one kind of line break, and more of them before and after? The readers of text
 * are kind to white space and mixed alphabets; in a signature each of these is a changed octet that
 * nothing else would notice.
 */
export const isRegularText = (text: string): boolean => {
  if (new Set(text.match(/\r\n|\n|\r/g)).size > 1) {
    return false
  }
  const body = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/^\n+|\n+$/g, '')
  const pem = pemPattern.exec(body)
  if (pem !== null) {
    return isRegularBase64(pem[2] ?? '')
  }
  if (body.includes('%')) {
    return isCanonicalQueryValue(body)
  }
  const dataUrl = dataUrlPattern.exec(body)
  return dataUrl === null
    ? isRegularBase64(body)
    : mediaTypes.includes(dataUrl[1] ?? '') && isCanonicalBase64(dataUrl[2] ?? '')
}
