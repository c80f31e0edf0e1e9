/**
 * Key bags of CryptoPro's own PFX for tests, by the formulas of ru-cryptopro-container.md §7.
 * @module
 */
import {
  curveOf,
  diversifyKeyCryptoPro,
  encryptGost28147Cfb,
  encryptGost28147Ecb,
  kdfGost3411,
  macGost28147,
} from '@muhr/gost'
import { concatOctets, fromHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { schemeById } from '../keys/schemes.ts'
import { encodePasswords } from '../pkcs12/password.ts'
import { cryptoProKeyBagOid, deriveBagKey } from './decrypt-key-bag.ts'

const sbox = 'cryptopro-a'

/** What to build; everything has a default. */
export type TestKeyBag = {
  readonly privateKey: Uint8Array
  readonly password: string
  readonly scheme?: 'ru-2012-256' | 'ru-2012-512' | 'ru-2001'
  readonly exportable?: boolean
  /** Written into the file; the key is derived with 1 where this is impossible. */
  readonly iterations?: number
  readonly magic?: string
  readonly damage?: 'key-mac' | 'blob-mac'
}

const sets = {
  'ru-2012-256': ['1.2.643.2.2.36.0', '1.2.643.7.1.1.2.2'],
  'ru-2012-512': ['1.2.643.7.1.2.1.2.1', '1.2.643.7.1.1.2.3'],
  'ru-2001': ['1.2.643.2.2.36.0', '1.2.643.2.2.30.1'],
} as const

const broken = (octets: Uint8Array, isBroken: boolean): Uint8Array =>
  isBroken ? octets.map((octet) => octet ^ 1) : octets

/** An EncryptedPrivateKeyInfo: the value of a pkcs8ShroudedKeyBag. */
export const buildKeyBag = (spec: TestKeyBag): Uint8Array => {
  const id = spec.scheme ?? 'ru-2012-256'
  const scheme = schemeById(id)
  const salt = new Uint8Array(16).fill(9)
  const iterations = spec.iterations ?? 2
  const isPossible = iterations >= 1 && iterations <= 65_535
  const bagKey = deriveBagKey({
    password: encodePasswords(spec.password).utf16le,
    salt,
    iterations: isPossible ? iterations : 1,
  })
  const ukm = fromHex('0102030405060708')
  const key =
    id === 'ru-2001'
      ? diversifyKeyCryptoPro({ key: bagKey, sbox, ukm })
      : kdfGost3411({ key: bagKey, label: fromHex('26bdb878'), seed: ukm })
  const parameters = der.context(0, [
    der.bits(Uint8Array.of(spec.exportable === false ? 0x20 : 0xa0), 5),
    der.context(0, [der.oid(scheme.keyOid), der.sequence(...sets[id].map(der.oid))]),
  ])
  const keyMac = macGost28147(spec.privateKey, { key, sbox, iv: ukm })
  const value = der.sequence(
    der.octets(ukm),
    der.sequence(
      der.octets(encryptGost28147Ecb(spec.privateKey, { key, sbox })),
      der.octets(broken(keyMac, spec.damage === 'key-mac')),
    ),
    parameters,
  )
  const mac = broken(macGost28147(value, { key, sbox }), spec.damage === 'blob-mac')
  const payload = concatOctets(
    fromHex('07200000'),
    fromHex('46aa0000'),
    new TextEncoder().encode(spec.magic ?? 'MAG1'),
    fromHex('20000000'),
    der.sequence(value, der.octets(mac)),
  )
  const plain = der.sequence(
    der.integer(0),
    der.sequence(der.oid(scheme.keyOid)),
    der.octets(payload),
  )
  const iv = salt.subarray(0, 8)
  return der.sequence(
    der.sequence(
      der.oid(cryptoProKeyBagOid),
      der.sequence(der.octets(salt), der.integer(iterations)),
    ),
    der.octets(encryptGost28147Cfb(plain, { key: bagKey, sbox, iv, keyMeshing: true })),
  )
}

/** A private key of the scheme, any number below the order. */
export const testPrivateKey = (scheme: TestKeyBag['scheme'] = 'ru-2012-256'): Uint8Array => {
  const { byteLength } = curveOf(scheme === 'ru-2012-512' ? 'tc26-512-A' : 'cryptopro-A')
  return Uint8Array.from({ length: byteLength }, (_, i) => 2 * i + 3)
}
