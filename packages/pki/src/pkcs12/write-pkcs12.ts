import type { RandomBytes } from '@muhr/gost'
import { concatOctets, fromHex, toHex } from '../asn1/bytes.ts'
import { universalTag } from '../asn1/node.ts'
import { der, writeHeader } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { randomOctets } from '../platform/random-octets.ts'
import { keyIdentifierOf } from '../x509/build-extension.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { encodeUtf16 } from './derive-octets.ts'
import type { WrittenCipher } from './encryption-scheme.ts'
import { layOutSafe } from './lay-out-safe.ts'
import { encodeSha1Mac, encodeStreebogMac } from './mac.ts'
import { pkcs12Oid } from './oids.ts'
import { encodePasswords, type Password, wipePassword } from './password.ts'
import { encryptWithPassword } from './password-cipher.ts'
import { encryptPbes2 } from './pbes2.ts'
import type { Pkcs12Entry } from './read-pkcs12.ts'
import { createWorkLimit } from './work-limit.ts'

/** A national profile that stores are written in. */
export type Pkcs12Profile = 'kz-nca' | 'rfc9548'

/** What {@link writePkcs12} needs. */
export type WritePkcs12Input = {
  /** Keys with their certificates, the one of the key first; at least one of each. */
  readonly entries: readonly Pkcs12Entry[]
  readonly password: string
  /**
   * How the store is protected. `kz-nca`: Triple DES, RC2 of 40 bits and HMAC-SHA1, as the Kazakh NCA
   * writes (kz-egov-mobile.md §17); the default. `rfc9548`: the Russian profile, PBES2 with Streebog-512.
   */
  readonly profile?: Pkcs12Profile
  /** Cipher of the `rfc9548` profile. Default `kuznyechik-ctr-acpkm`, which gost-engine opens too. */
  readonly cipher?: WrittenCipher
  /** Default 1024 as the NCA writes, or 2000 as RFC 9548 asks for at least 1000. */
  readonly iterations?: number
  /** Cryptographic source of the salts. */
  readonly random?: RandomBytes
}

/** Octets of a salt: as the NCA writes, and RFC 9337 §4 (8 to 32). */
const saltBytes = { 'kz-nca': 20, rfc9548: 32 } as const

const defaultIterations = { 'kz-nca': 1024, rfc9548: 2000 } as const

const bmpString = (text: string): Uint8Array => {
  const content = encodeUtf16(text)
  return concatOctets(
    writeHeader({ tag: universalTag.bmpString, constructed: false, length: content.length }),
    content,
  )
}

const encodeAttributes = (localKeyId: Uint8Array, friendlyName: string): Uint8Array =>
  der.setOf(
    der.sequence(der.oid(pkcs12Oid.localKeyId), der.setOf(der.octets(localKeyId))),
    der.sequence(der.oid(pkcs12Oid.friendlyName), der.setOf(bmpString(friendlyName))),
  )

type KeyNames = { readonly certificate: Uint8Array; readonly attributes: Uint8Array }

/**
 * What ties an entry together: the key identifier of the certificate, or SHA-1 of the public key
 * (RFC 5280 §4.2.1.2); in hex it is also the name.
 */
const namesOf = (entry: Pkcs12Entry): KeyNames => {
  const [certificate] = entry.certificates
  if (certificate === undefined) {
    throw new PkiError({
      code: 'pkcs12.bad-entry',
      message: 'A key is to be stored without its certificate.',
    })
  }
  const { spki, extensions } = parseCertificate(certificate)
  const { keyIdentifier } = extensions.subjectKeyIdentifier ?? {}
  const localKeyId = keyIdentifier === undefined ? keyIdentifierOf(spki) : fromHex(keyIdentifier)
  const friendlyName = entry.friendlyName ?? toHex(localKeyId)
  return { certificate, attributes: encodeAttributes(localKeyId, friendlyName) }
}

const certificateBag = (certificate: Uint8Array, attributes?: Uint8Array): Uint8Array =>
  der.sequence(
    der.oid(pkcs12Oid.certificateBag),
    der.context(
      0,
      der.sequence(der.oid(pkcs12Oid.x509Certificate), der.context(0, der.octets(certificate))),
    ),
    ...(attributes === undefined ? [] : [attributes]),
  )

/** How a profile protects its parts and lays them out. */
type Protection = {
  readonly key: (plain: Uint8Array) => Sealed
  readonly certificates: (plain: Uint8Array) => Sealed
  readonly layout: 'ber' | 'der'
  readonly mac: (content: Uint8Array) => Uint8Array
}

type Sealed = { readonly algorithm: Uint8Array; readonly encrypted: Uint8Array }

type Secret = {
  readonly password: Password
  readonly iterations: number
  readonly random: RandomBytes
}

const ncaProtection = ({ password, iterations, random }: Secret): Protection => {
  const salt = () => random(saltBytes['kz-nca'])
  const seal = (oid: string) => (plain: Uint8Array) =>
    encryptWithPassword(plain, { oid, password: password.bmp, salt: salt(), iterations })
  return {
    key: seal(pkcs12Oid.sha1And3KeyTripleDes),
    certificates: seal(pkcs12Oid.sha1And40BitRc2),
    layout: 'ber',
    mac: (content) => encodeSha1Mac(content, { password, salt: salt(), iterations }),
  }
}

const gostProtection = (
  { password, iterations, random }: Secret,
  cipher: WrittenCipher,
): Protection => {
  // The writer chose the count itself: there is nobody to be guarded from.
  const work = createWorkLimit(Number.MAX_SAFE_INTEGER)
  const seal = (plain: Uint8Array): Sealed =>
    encryptPbes2(plain, {
      cipher,
      prf: pkcs12Oid.hmacStreebog512,
      password: password.utf8,
      saltBytes: saltBytes.rfc9548,
      iterations,
      random,
      work,
    })
  return {
    key: seal,
    certificates: seal,
    layout: 'der',
    mac: (content) =>
      encodeStreebogMac(content, {
        password,
        salt: random(saltBytes.rfc9548),
        iterations,
        work,
      }),
  }
}

/**
 * Writes a PKCS#12 key store (RFC 7292) in a national profile.
 *
 * `kz-nca`: keys under three-key Triple DES, certificates under RC2 of 40 bits, inner parts in BER of
 * indefinite length, MAC of HMAC-SHA1. NCALayer and `openssl pkcs12 -legacy` open it. These algorithms
 * are weak by today's measure: the password guards a file on its way, it is no protection at rest.
 *
 * `rfc9548`: keys and certificates under PBES2 with PBKDF2 over HMAC-Streebog-512 and the cipher asked
 * for, MAC of HMAC-Streebog-512, DER. OpenSSL with gost-engine and Russian tools open it.
 *
 * Throws `pkcs12.bad-entry` (nothing to store, a key without certificate), `x509.*` for a first
 * certificate that is none, `key.not-exportable` for a key that its store marks so.
 */
export const writePkcs12 = ({
  entries,
  password: text,
  profile = 'kz-nca',
  cipher = 'kuznyechik-ctr-acpkm',
  iterations = defaultIterations[profile],
  random = randomOctets,
}: WritePkcs12Input): Uint8Array => {
  if (entries.length === 0) {
    throw new PkiError({ code: 'pkcs12.bad-entry', message: 'There is no key to store.' })
  }
  if (entries.some(({ exportable }) => exportable === false)) {
    throw new PkiError({
      code: 'key.not-exportable',
      message: 'The key is marked not to leave its container.',
    })
  }
  const named = entries.map((entry) => ({ entry, ...namesOf(entry) }))
  const password = encodePasswords(text)
  const secret = { password, iterations, random }
  const protection = profile === 'kz-nca' ? ncaProtection(secret) : gostProtection(secret, cipher)

  const keyBags = named.map(({ entry, attributes }) => {
    const { algorithm, encrypted } = protection.key(entry.key)
    return der.sequence(
      der.oid(pkcs12Oid.shroudedKeyBag),
      der.context(0, der.sequence(algorithm, der.octets(encrypted))),
      attributes,
    )
  })
  const ownBags = named.map(({ certificate, attributes }) =>
    certificateBag(certificate, attributes),
  )
  const issuers = new Map(
    entries.flatMap(({ certificates }) =>
      certificates.slice(1).map((certificate) => [toHex(certificate), certificate] as const),
    ),
  )
  const issuerBags = [...issuers.values()].map((certificate) => certificateBag(certificate))
  const certificates = protection.certificates(der.sequence(...ownBags, ...issuerBags))
  const safe = layOutSafe({ keyBags, certificates, layout: protection.layout })
  const mac = protection.mac(safe)
  wipePassword(password)
  return der.sequence(
    der.integer(3),
    der.sequence(der.oid(pkcs12Oid.data), der.context(0, der.octets(safe))),
    mac,
  )
}
