import {
  expectEnd,
  expectSequence,
  explicitContent,
  isTagged,
  octetsOf,
  oidOf,
  smallIntegerOf,
} from '../asn1/access.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { readBer } from '../asn1/read.ts'
import { isPkiError, PkiError } from '../error.ts'
import { certificatesOfKey, createComparisonLimit, readCertified } from './belongs-to-key.ts'
import { isMacOf } from './mac.ts'
import { pkcs12Oid } from './oids.ts'
import { encodePasswords, type Password, wipePassword } from './password.ts'
import { readSafe } from './read-safe.ts'
import {
  createWorkLimit,
  defaultPkcs12Limits,
  maxStoreNodes,
  type Pkcs12Limits,
  type WorkLimit,
} from './work-limit.ts'

/** A private key of a PKCS#12 file with the certificates that go with it. */
export type Pkcs12Entry = {
  /** PKCS#8 PrivateKeyInfo, for `createSigningKey`. Whoever holds it holds the key: never log it. */
  readonly key: Uint8Array
  /** X.509, DER: the one of this key first, if the file has it; then those of no key, issuers mostly. */
  readonly certificates: readonly Uint8Array[]
  readonly friendlyName?: string
  /** `false`: the key is marked not to be taken out of its store; sign with it, write it nowhere. */
  readonly exportable?: false
}

/**
 * The outermost layer: what is protected, and the MAC over it.
 *
 * Throws `pkcs12.not-a-store`, `asn1.too-large`.
 */
export const readPfx = (
  bytes: Uint8Array,
  maxBytes: number,
): { readonly type: string; readonly safe: Asn1Node; readonly macData: Asn1Node | undefined } => {
  try {
    const [version, authSafe, macData, ...rest] = expectSequence(
      readBer(bytes, { maxBytes, maxNodes: maxStoreNodes }),
    )
    expectEnd(rest, 0)
    const [type, content] = expectSequence(authSafe)
    if (smallIntegerOf(version) !== 3 || !isTagged(content, 'context', 0)) {
      throw new PkiError({
        code: 'pkcs12.not-a-store',
        message: 'The file is no key store of version 3.',
      })
    }
    return { type: oidOf(type), safe: explicitContent(content), macData }
  } catch (cause) {
    throw isPkiError(cause) && cause.code.startsWith('asn1.') && cause.code !== 'asn1.too-large'
      ? new PkiError({
          code: 'pkcs12.not-a-store',
          message: 'The file has not the structure of a PKCS#12 key store.',
          cause,
        })
      : cause
  }
}

/**
 * The password in the encoding that the MAC was made with. An empty password is two zero octets to some
 * tools and none to others.
 */
const rightEncoding = (
  text: string,
  mac: { readonly content: Uint8Array; readonly macData: Asn1Node; readonly work: WorkLimit },
): Password => {
  const password = encodePasswords(text)
  const readings = text === '' ? [password, { ...password, bmp: new Uint8Array() }] : [password]
  const right = readings.find((each) => isMacOf(each, mac))
  if (right === undefined) {
    wipePassword(password)
    throw new PkiError({
      code: 'pkcs12.wrong-password',
      message: 'The password does not open the key store, or the file is damaged.',
    })
  }
  return right
}

/**
 * Reads a PKCS#12 key store (RFC 7292), DER or BER, of any of the three countries: the profile of the
 * Kazakh NCA (Triple DES, RC2, kz-egov-mobile.md §17), the Russian one of RFC 9548 (PBES2 with Streebog,
 * Magma and Kuznyechik, or GOST 28147-89), CryptoPro's own, and the Uzbek and general ones (PBES2 with
 * SHA-2 and AES).
 * The MAC is checked before anything is decrypted.
 *
 * Throws `pkcs12.wrong-password` (also for a damaged file: the two cannot be told apart),
 * `pkcs12.not-a-store`, `pkcs12.no-mac`, `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`,
 * `pkcs12.damaged`, `key.bad-parameters`, `cryptopro.unsupported`, `asn1.*`. No error holds the password, a key or a name.
 *
 * @param password as typed; not normalised, as no other tool does it.
 * @returns one entry for each private key, in the order of the file.
 */
export const readPkcs12 = (
  bytes: Uint8Array,
  password: string,
  limits: Pkcs12Limits = {},
): readonly Pkcs12Entry[] => {
  const { maxBytes, maxIterations } = { ...defaultPkcs12Limits, ...limits }
  const { type, safe, macData } = readPfx(bytes, maxBytes)
  if (type !== pkcs12Oid.data) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'The key store is protected by a signature, not by a password.',
      data: { oid: type },
    })
  }
  if (macData === undefined) {
    throw new PkiError({
      code: 'pkcs12.no-mac',
      message: 'The key store has no MAC, so nothing protects it from change.',
    })
  }
  const content = octetsOf(safe)
  const work = createWorkLimit(maxIterations)
  const secret = { password: rightEncoding(password, { content, macData, work }), work }
  const items = readSafe(content, secret)
  wipePassword(secret.password)

  const certificates = items.filter((item) => item.kind === 'certificate')
  const certified = readCertified(certificates)
  const limit = createComparisonLimit()
  const keys = items
    .filter((item) => item.kind === 'key')
    .map((item) => ({ item, own: certificatesOfKey(item, certified, limit) }))
  const owned = new Set(keys.flatMap(({ own }) => own))
  const others = certificates.filter((certificate) => !owned.has(certificate))
  return keys.map(({ item, own }) => ({
    key: Uint8Array.from(item.bytes),
    certificates: [...own, ...others].map((certificate) => Uint8Array.from(certificate.bytes)),
    ...(item.friendlyName === null ? {} : { friendlyName: item.friendlyName }),
    ...(item.exportable ? {} : { exportable: false as const }),
  }))
}
