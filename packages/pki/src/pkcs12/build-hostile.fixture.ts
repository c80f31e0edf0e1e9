/**
 * PKCS#12 files for tests, part by part: whatever the writer would never write.
 * @module
 */
import { der } from '../asn1/write.ts'
import { encodePassword } from './derive-octets.ts'
import { encodeSha1Mac } from './mac.ts'
import { pkcs12Oid } from './oids.ts'
import { encodePasswords } from './password.ts'
import { encryptWithPassword } from './password-cipher.ts'

export const testPassword = 'Құпия сөз 1'

const salt = new Uint8Array(20).fill(5)

/** A bag: type, value, attributes. */
export const bag = (
  oid: string,
  value: Uint8Array,
  ...attributes: readonly Uint8Array[]
): Uint8Array =>
  der.sequence(
    der.oid(oid),
    der.context(0, value),
    ...(attributes.length === 0 ? [] : [der.setOf(...attributes)]),
  )

export const localKeyId = (octets: Uint8Array): Uint8Array =>
  der.sequence(der.oid(pkcs12Oid.localKeyId), der.setOf(der.octets(octets)))

export const certificateBag = (
  certificate: Uint8Array,
  ...attributes: readonly Uint8Array[]
): Uint8Array =>
  bag(
    pkcs12Oid.certificateBag,
    der.sequence(der.oid(pkcs12Oid.x509Certificate), der.context(0, der.octets(certificate))),
    ...attributes,
  )

/** A key bag under Triple DES. */
export const shroudedKeyBag = (pkcs8: Uint8Array, iterations = 1): Uint8Array => {
  const { algorithm, encrypted } = encryptWithPassword(pkcs8, {
    oid: pkcs12Oid.sha1And3KeyTripleDes,
    password: encodePassword(testPassword),
    salt,
    iterations,
  })
  return bag(pkcs12Oid.shroudedKeyBag, der.sequence(algorithm, der.octets(encrypted)))
}

/** An unencrypted part of the safe. */
export const plainPart = (...bags: readonly Uint8Array[]): Uint8Array =>
  der.sequence(der.oid(pkcs12Oid.data), der.context(0, der.octets(der.sequence(...bags))))

/** A whole file around the parts, with a MAC that holds for {@link testPassword}. */
export const storeOf = (
  parts: readonly Uint8Array[],
  form: {
    readonly iterations?: number
    readonly salt?: Uint8Array
    readonly version?: number
    readonly hasMac?: boolean
    readonly type?: string
  } = {},
): Uint8Array => {
  const safe = der.sequence(...parts)
  const mac = encodeSha1Mac(safe, {
    password: encodePasswords(testPassword),
    salt: form.salt ?? salt,
    iterations: form.iterations ?? 1,
  })
  return der.sequence(
    der.integer(form.version ?? 3),
    der.sequence(der.oid(form.type ?? pkcs12Oid.data), der.context(0, der.octets(safe))),
    ...(form.hasMac === false ? [] : [mac]),
  )
}
