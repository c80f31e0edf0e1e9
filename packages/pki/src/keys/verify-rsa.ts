import { platform } from '#platform'
import { concatOctets, equalOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import type { SubjectPublicKeyInfo } from './spki.ts'

/** EMSA-PKCS1-v1_5 of RFC 8017 §9.2; `undefined` when the modulus is too short for the digest. */
const encodeMessage = (
  { digestOid, digest }: { digestOid: string; digest: Uint8Array },
  length: number,
): Uint8Array | undefined => {
  const info = der.sequence(der.sequence(der.oid(digestOid), der.null()), der.octets(digest))
  const padding = length - info.length - 3
  return padding < 8
    ? undefined
    : concatOctets(
        Uint8Array.of(0x00, 0x01),
        new Uint8Array(padding).fill(0xff),
        Uint8Array.of(0x00),
        info,
      )
}

/**
 * RSASSA-PKCS1-v1_5 verification of RFC 8017 §8.2.2 by building the expected message and comparing it
 * whole: nothing inside a signature is ever parsed, so the forgeries that live in lenient parsers
 * (security.md row 5) have no place to hide.
 */
export const verifyRsaDigest = (
  spki: SubjectPublicKeyInfo,
  {
    digestOid,
    digest,
    signature,
  }: {
    readonly digestOid: string
    readonly digest: Uint8Array
    readonly signature: Uint8Array
  },
): boolean => {
  if (spki.key.type !== 'rsa') {
    return false
  }
  const length = Math.ceil(spki.key.bits / 8)
  const expected = encodeMessage({ digestOid, digest }, length)
  if (expected === undefined || signature.length !== length) {
    return false
  }
  const opened = platform.rsaPublic(spki.key, signature)
  return opened !== undefined && equalOctets(opened, expected)
}
