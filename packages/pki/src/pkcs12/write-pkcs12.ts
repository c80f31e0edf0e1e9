import type { RandomBytes } from '@muhr/gost'
import { concatOctets, fromHex, toHex } from '../asn1/bytes.ts'
import { universalTag } from '../asn1/node.ts'
import { der, writeHeader } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { randomOctets } from '../platform/random-octets.ts'
import { keyIdentifierOf } from '../x509/build-extension.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { encodePassword, encodeUtf16 } from './derive-octets.ts'
import { encodeMac } from './mac.ts'
import { pkcs12Oid } from './oids.ts'
import { encryptWithPassword } from './password-cipher.ts'
import type { Pkcs12Entry } from './read-pkcs12.ts'

/** What {@link writePkcs12} needs. */
export type WritePkcs12Input = {
  /** Keys with their certificates, the one of the key first; at least one of each. */
  readonly entries: readonly Pkcs12Entry[]
  readonly password: string
  /** Default 1024, as the NCA writes. */
  readonly iterations?: number
  /** Cryptographic source of the salts. */
  readonly random?: RandomBytes
}

const saltBytes = 20

const sequenceTag = 0x30
const explicitTag = 0xa0

/** A constructed value of indefinite length (X.690 §8.1.3.6). */
const indefinite = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  concatOctets(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0))

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

/**
 * Writes a PKCS#12 key store as the Kazakh NCA does (kz-egov-mobile.md §17): keys under three-key Triple
 * DES, certificates under RC2 of 40 bits, inner parts in BER of indefinite length, MAC of HMAC-SHA1.
 * NCALayer and `openssl pkcs12 -legacy` open it. These algorithms are weak by today's measure: the
 * password guards a file on its way, it is no protection at rest.
 *
 * Throws `pkcs12.bad-entry` (nothing to store, a key without certificate), `x509.*` for a first
 * certificate that is none.
 */
export const writePkcs12 = ({
  entries,
  password,
  iterations = 1024,
  random = randomOctets,
}: WritePkcs12Input): Uint8Array => {
  if (entries.length === 0) {
    throw new PkiError({ code: 'pkcs12.bad-entry', message: 'There is no key to store.' })
  }
  const passwordOctets = encodePassword(password)
  const encrypt = (oid: string, plain: Uint8Array) =>
    encryptWithPassword(plain, {
      oid,
      password: passwordOctets,
      salt: random(saltBytes),
      iterations,
    })

  const named = entries.map((entry) => ({ entry, ...namesOf(entry) }))
  const keyBags = named.map(({ entry, attributes }) => {
    const { algorithm, encrypted } = encrypt(pkcs12Oid.sha1And3KeyTripleDes, entry.key)
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

  const certificates = encrypt(pkcs12Oid.sha1And40BitRc2, der.sequence(...ownBags, ...issuerBags))
  const safe = indefinite(
    sequenceTag,
    indefinite(
      sequenceTag,
      der.oid(pkcs12Oid.data),
      indefinite(explicitTag, der.octets(der.sequence(...keyBags))),
    ),
    indefinite(
      sequenceTag,
      der.oid(pkcs12Oid.encryptedData),
      indefinite(
        explicitTag,
        indefinite(
          sequenceTag,
          der.integer(0),
          indefinite(
            sequenceTag,
            der.oid(pkcs12Oid.data),
            certificates.algorithm,
            indefinite(explicitTag, der.octets(certificates.encrypted)),
          ),
        ),
      ),
    ),
  )
  const mac = encodeMac(safe, { password: passwordOctets, salt: random(saltBytes), iterations })
  passwordOctets.fill(0)
  return der.sequence(
    der.integer(3),
    der.sequence(der.oid(pkcs12Oid.data), der.context(0, der.octets(safe))),
    mac,
  )
}
