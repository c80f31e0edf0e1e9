/**
 * CryptoPro containers for tests, made by the formulas of ru-cryptopro-container.md, with every part
 * open to change.
 * @module
 */
import {
  curveOf,
  derivePublicKey,
  encryptGost28147Ecb,
  macGost28147,
  multiplyModuloOrder,
} from '@muhr/gost'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { schemeById } from '../keys/schemes.ts'
import { derivePinKey, pinCodes } from './derive-pin-key.ts'
import { type CryptoProKeyParameters, containerSbox } from './parameters.ts'
import { pinHashOf } from './recover-key.ts'

/** What to build; everything has a default. */
export type TestContainer = {
  readonly privateKey: Uint8Array
  readonly scheme?: 'ru-2012-256' | 'ru-2012-512' | 'ru-2001'
  readonly parameterSet?: string
  readonly pin?: string
  /** How the PIN is hashed, where it is not ASCII: index into `pinCodes`. */
  readonly pinReading?: number
  readonly certificate?: Uint8Array
  readonly exportable?: boolean
  readonly hasFingerprint?: boolean
  readonly hasPinCheck?: boolean
  /** OID of the kind of container. */
  readonly type?: string
  /** A private key of its own in the second pair. */
  readonly secondKey?: Uint8Array
  /** Fields before the encrypted number in primary.key. */
  readonly leadingFields?: readonly Uint8Array[]
  readonly trailingFields?: readonly Uint8Array[]
}

const digestOids = {
  'ru-2012-256': '1.2.643.7.1.1.2.2',
  'ru-2012-512': '1.2.643.7.1.1.2.3',
  'ru-2001': '1.2.643.2.2.30.1',
} as const

const primitive = (n: number, octets: Uint8Array): Uint8Array =>
  der.context(n, octets, { constructed: false })

/** Files of a container by name. */
export const buildContainer = (spec: TestContainer): Map<string, Uint8Array> => {
  const scheme = schemeById(spec.scheme ?? 'ru-2012-256')
  if (scheme.family !== 'gost') {
    throw new TypeError('a GOST scheme was expected')
  }
  const id = spec.scheme ?? 'ru-2012-256'
  const [parameterSet = ''] =
    spec.parameterSet === undefined ? Object.keys(scheme.parameterSets) : [spec.parameterSet]
  const curve = scheme.parameterSets[parameterSet] ?? 'cryptopro-A'
  const parameters: CryptoProKeyParameters = {
    scheme,
    curve,
    byteLength: curveOf(curve).byteLength,
    parameters: [parameterSet, digestOids[id]],
    exportable: spec.exportable ?? true,
  }
  const sbox = containerSbox(parameters)
  const code = pinCodes(spec.pin ?? '')[spec.pinReading ?? 0] ?? new Uint16Array()
  const keyOf = (salt: Uint8Array) => derivePinKey({ hash: pinHashOf(parameters), code, salt })

  const pairOf = (privateKey: Uint8Array, filling: number) => {
    const mask = new Uint8Array(parameters.byteLength).fill(filling)
    // Every order here is above 2^254, so 0x3f in the highest octet keeps the mask below it.
    mask[mask.length - 1] = 0x3f
    const salt = new Uint8Array(12).fill(filling + 1)
    const masked = multiplyModuloOrder(curve, [privateKey, mask])
    return {
      masks: der.sequence(
        der.octets(mask),
        der.octets(salt),
        der.octets(macGost28147(salt, { key: mask.subarray(-32), sbox })),
      ),
      primary: der.sequence(
        ...(spec.leadingFields ?? []),
        (spec.leadingFields ?? []).length === 0
          ? der.octets(encryptGost28147Ecb(masked, { key: keyOf(salt), sbox }))
          : primitive(0, encryptGost28147Ecb(masked, { key: keyOf(salt), sbox })),
        ...(spec.trailingFields ?? []),
      ),
    }
  }
  const fingerprintOf = (privateKey: Uint8Array): Uint8Array =>
    derivePublicKey(curve, privateKey).subarray(0, 8)
  const fingerprint = fingerprintOf(spec.privateKey)
  const pinCheck = macGost28147(new Uint8Array(16), { key: keyOf(fingerprint), sbox })
  const hasPin = (spec.pin ?? '') !== ''
  const keyParameters = [
    der.bits(Uint8Array.of(parameters.exportable ? 0xa0 : 0x20), 5),
    der.context(
      0,
      concatOctets(
        der.oid(scheme.keyOid),
        der.sequence(der.oid(parameterSet), der.oid(digestOids[id])),
      ),
    ),
  ]
  const content = der.sequence(
    der.context(0, der.oid(spec.type ?? '1.2.643.2.2.37.2.1')),
    der.bits(Uint8Array.of(hasPin ? 0xc0 : 0x40), 6),
    der.sequence(...keyParameters),
    ...(hasPin && spec.hasPinCheck !== false ? [primitive(2, pinCheck)] : []),
    ...(spec.secondKey === undefined ? [] : [der.context(4, keyParameters)]),
    ...(spec.certificate === undefined ? [] : [primitive(5, spec.certificate)]),
    ...(spec.hasFingerprint === false ? [] : [primitive(10, fingerprint)]),
    ...(spec.secondKey === undefined ? [] : [primitive(11, fingerprintOf(spec.secondKey))]),
  )
  const first = pairOf(spec.privateKey, 0x21)
  const second = pairOf(spec.secondKey ?? spec.privateKey, 0x42)
  return new Map([
    ['name.key', der.sequence(der.ia5('test'))],
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
