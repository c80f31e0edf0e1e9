import {
  derivePublicKey,
  encryptGost28147Ecb,
  macGost28147,
  multiplyModuloOrder,
  type RandomBytes,
} from '@muhr/gost'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { parsePkcs8 } from '../keys/pkcs8.ts'
import { randomOctets } from '../platform/random-octets.ts'
import { derivePinKey, pinCodes } from './derive-pin-key.ts'
import { type CryptoProKeyParameters, containerSbox } from './parameters.ts'
import { pinHashOf } from './recover-key.ts'

/** What {@link writeCryptoProContainer} needs. */
export type WriteContainerInput = {
  /** PKCS#8, DER, of a Russian GOST key of 2012. */
  readonly key: Uint8Array
  /** X.509, DER: stored in the header. */
  readonly certificate: Uint8Array
  /** ASCII; empty for none. */
  readonly pin: string
  /** ASCII: what name.key says. */
  readonly name: string
  /** Cryptographic source of masks and salts. */
  readonly random?: RandomBytes
}

const writtenSchemes: readonly string[] = ['ru-2012-256', 'ru-2012-512']

const primitive = (n: number, octets: Uint8Array): Uint8Array =>
  der.context(n, octets, { constructed: false })

/**
 * Writes a key container of CryptoPro CSP, as the files of its folder by name
 * (ru-cryptopro-container.md): an exportable key under fresh masks, in both pairs, with its certificate.
 *
 * Throws `key.unsupported-algorithm` for any other key than a Russian one of 2012, and the `key.*` codes
 * of reading it.
 */
export const writeCryptoProContainer = ({
  key,
  certificate,
  pin,
  name,
  random = randomOctets,
}: WriteContainerInput): ReadonlyMap<string, Uint8Array> => {
  const parsed = parsePkcs8(key)
  if (parsed.type !== 'gost' || !writtenSchemes.includes(parsed.scheme.id)) {
    throw new PkiError({
      code: 'key.unsupported-algorithm',
      message: 'CryptoPro containers hold Russian keys of 2012 here.',
    })
  }
  const { scheme, curve, privateKey } = parsed
  const parameters: CryptoProKeyParameters = {
    scheme,
    curve,
    byteLength: scheme.coordinateLength,
    // As the key has them, so that the public key is that of the certificate, octet for octet.
    parameters: parsed.parameters,
    exportable: true,
  }
  const sbox = containerSbox(parameters)
  const code = pinCodes(pin)[0] ?? new Uint16Array()
  const keyOf = (salt: Uint8Array) => derivePinKey({ hash: pinHashOf(parameters), code, salt })

  const pair = () => {
    const mask = Uint8Array.from(random(parameters.byteLength))
    // Every order here is above 2^254: a highest octet below 0x40 keeps the mask below the order.
    mask[mask.length - 1] = ((mask.at(-1) ?? 0) & 0x3f) | 0x01
    const salt = Uint8Array.from(random(12))
    const masked = multiplyModuloOrder(curve, [privateKey, mask])
    return {
      masks: der.sequence(
        der.octets(mask),
        der.octets(salt),
        der.octets(macGost28147(salt, { key: mask.subarray(-32), sbox })),
      ),
      primary: der.sequence(der.octets(encryptGost28147Ecb(masked, { key: keyOf(salt), sbox }))),
    }
  }
  const fingerprint = derivePublicKey(curve, privateKey).subarray(0, 8)
  const content = der.sequence(
    der.context(0, der.oid('1.2.643.2.2.37.2.1')),
    der.bits(Uint8Array.of(pin === '' ? 0x40 : 0xc0), 6),
    der.sequence(
      der.bits(Uint8Array.of(0xa0), 5),
      der.context(
        0,
        concatOctets(der.oid(scheme.keyOid), der.sequence(...parsed.parameters.map(der.oid))),
      ),
    ),
    ...(pin === ''
      ? []
      : [primitive(2, macGost28147(new Uint8Array(16), { key: keyOf(fingerprint), sbox }))]),
    primitive(5, certificate),
    primitive(10, fingerprint),
  )
  const first = pair()
  const second = pair()
  return new Map([
    ['name.key', der.sequence(der.ia5(name))],
    [
      'header.key',
      der.sequence(content, der.octets(macGost28147(content, { key: new Uint8Array(32), sbox }))),
    ],
    ['masks.key', first.masks],
    ['primary.key', first.primary],
    ['masks2.key', second.masks],
    ['primary2.key', second.primary],
  ])
}
