/**
 * The key bag of CryptoPro's own PFX, 1.2.840.113549.1.12.1.80 (ru-cryptopro-container.md §7).
 * @module
 */
import {
  createGost94,
  decryptGost28147Cfb,
  decryptGost28147Ecb,
  diversifyKeyCryptoPro,
  kdfGost3411,
  macGost28147,
} from '@muhr/gost'
import { expectEnd, expectSequence, isTagged, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { equalSecrets, fromHex, latin1Of } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { isPkiError, PkiError } from '../error.ts'
import { encodePkcs8 } from '../keys/pkcs8.ts'
import type { WorkLimit } from '../pkcs12/work-limit.ts'
import { type CryptoProKeyParameters, readKeyParameters } from './parameters.ts'

/** The algorithm of the bag. */
export const cryptoProKeyBagOid = '1.2.840.113549.1.12.1.80'

/** The index of an iteration is hashed as two octets. */
const maxIterations = 0xffff
const saltBytes = 16
/** Everything here is under the first CryptoPro substitution, keys of 2012 too. */
const sbox = 'cryptopro-a'
const kdfLabel = fromHex('26bdb878')

/**
 * The key of a bag out of the password (§7): a chain of GOST R 34.11-94 with the CryptoPro substitution.
 * @param input.password UTF-16 little-endian, without a terminator.
 * @param input.iterations 1 to 65 535.
 */
export const deriveBagKey = ({
  password,
  salt,
  iterations,
}: {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
}): Uint8Array => {
  let key = Uint8Array.from(password)
  for (let i = 1; i <= iterations; i += 1) {
    const hash = createGost94({ sbox: 'cryptopro' })
    const next = hash
      .update(key)
      .update(salt)
      .update(Uint8Array.of(i >>> 8, i))
      .digest()
    key.fill(0)
    key = Uint8Array.from(next)
  }
  return key
}

/** PUBLICKEYSTRUC and the magic of the Windows CryptoAPI, which come before the structure. */
const headerBytes = 16
const isBlobHeader = (octets: Uint8Array): boolean =>
  octets[0] === 0x07 && octets[1] === 0x20 && latin1Of(octets.subarray(8, 12)) === 'MAG1'

type ExportBlob = {
  /** What `mac` covers, as stored. */
  readonly value: Uint8Array
  readonly mac: Uint8Array
  readonly ukm: Uint8Array
  readonly encryptedKey: Uint8Array
  readonly keyMac: Uint8Array
  readonly parameters: CryptoProKeyParameters
}

const readExportBlob = (octets: Uint8Array): ExportBlob => {
  const outer = expectSequence(readDer(octets))
  expectEnd(outer, 2)
  const [ukm, cek, parameters] = expectSequence(outer[0])
  const [encryptedKey, keyMac] = expectSequence(cek)
  return {
    value: outer[0]?.bytes ?? new Uint8Array(),
    mac: octetsOf(outer[1]),
    ukm: octetsOf(ukm),
    encryptedKey: octetsOf(encryptedKey),
    keyMac: octetsOf(keyMac),
    parameters: readKeyParameters(isTagged(parameters, 'context', 0) ? parameters.children : []),
  }
}

const unwrapKey = (
  { value, mac, ukm, encryptedKey, keyMac, parameters }: ExportBlob,
  bagKey: Uint8Array,
): Uint8Array | undefined => {
  if (ukm.length !== 8 || encryptedKey.length !== parameters.byteLength) {
    return undefined
  }
  const key =
    parameters.scheme.id === 'ru-2001'
      ? diversifyKeyCryptoPro({ key: bagKey, sbox, ukm })
      : kdfGost3411({ key: bagKey, label: kdfLabel, seed: ukm })
  const privateKey = decryptGost28147Ecb(encryptedKey, { key, sbox })
  const isSound =
    equalSecrets(macGost28147(privateKey, { key, sbox, iv: ukm }), keyMac) &&
    equalSecrets(macGost28147(value, { key, sbox }), mac)
  key.fill(0)
  return isSound ? privateKey : undefined
}

const openPayload = (
  plain: Uint8Array,
  bagKey: Uint8Array,
): { readonly pkcs8: Uint8Array; readonly exportable: boolean } | undefined => {
  const [version, , payloadNode] = expectSequence(readDer(plain))
  const payload = octetsOf(payloadNode)
  if (smallIntegerOf(version) !== 0 || !isBlobHeader(payload)) {
    return undefined
  }
  const blob = readExportBlob(payload.subarray(headerBytes))
  const privateKey = unwrapKey(blob, bagKey)
  const { scheme, parameters, exportable } = blob.parameters
  return privateKey === undefined
    ? undefined
    : { pkcs8: encodePkcs8({ scheme, parameters, privateKey }), exportable }
}

/**
 * Opens a key bag of CryptoPro's own PFX: the key of the password, the blob of the Windows CryptoAPI
 * inside, the key wrap inside that, both of its check values.
 *
 * Throws `key.bad-parameters` (an iteration count outside of 1 to 65 535, before any work),
 * `pkcs12.too-much-work`, `cryptopro.unsupported`, `asn1.*` for parameters that are no structure.
 *
 * @param input.password UTF-16 little-endian, without a terminator.
 * @returns PKCS#8 and whether the key may be exported further; `undefined` when what comes out is not
 *   whole: another password, or damage.
 */
export const decryptCryptoProKeyBag = (
  encrypted: Uint8Array,
  input: {
    readonly parameters: Asn1Node | undefined
    readonly password: Uint8Array
    readonly work: WorkLimit
  },
): { readonly pkcs8: Uint8Array; readonly exportable: boolean } | undefined => {
  const parts = expectSequence(input.parameters)
  expectEnd(parts, 2)
  const salt = octetsOf(parts[0])
  const iterations = smallIntegerOf(parts[1])
  if (iterations < 1 || iterations > maxIterations || salt.length !== saltBytes) {
    throw new PkiError({
      code: 'key.bad-parameters',
      message: 'The key bag asks for an impossible derivation.',
      data: { iterations, saltBytes: salt.length },
    })
  }
  input.work.spend({ salt, iterations, blocks: 1, weight: 2 })
  const bagKey = deriveBagKey({ password: input.password, salt, iterations })
  const iv = salt.subarray(0, 8)
  const plain = decryptGost28147Cfb(encrypted, { key: bagKey, sbox, iv, keyMeshing: true })
  try {
    return openPayload(plain, bagKey)
  } catch (error) {
    // A structure that is none is what a wrong key leaves.
    if (isPkiError(error) && error.code.startsWith('asn1.')) {
      return undefined
    }
    throw error
  } finally {
    bagKey.fill(0)
    plain.fill(0)
  }
}
