/**
 * Known answers of Streebog that reach every line of it, whatever computes.
 * @module
 */
import { equalOctets, octetsOfHex } from './octets.ts'
import type { Hasher } from './streebog-core.ts'

/** M1 of RFC 6986 section 10.1: "0123…" in ASCII, 63 octets. */
const M1 = octetsOfHex(`${'30313233343536373839'.repeat(6)}303132`)
/** M2 of RFC 6986 section 10.2, printed as a number: octets stand in reverse order. */
const M2 = octetsOfHex(
  'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2' +
    'f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202c' +
    'e8f0f2e5e220e5d1',
).reverse()

/** Several blocks, the control sum carrying through all of its words. */
const LONG = Uint8Array.from({ length: 320 }, (_, i) => (i < 192 ? 0xff : (i - 192) * 37))

const ANSWERS = [
  {
    name: 'RFC 6986 10.1.1, Streebog-512',
    byteLength: 64,
    message: M1,
    hex: '1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48',
  },
  {
    name: 'RFC 6986 10.1.2, Streebog-256',
    byteLength: 32,
    message: M1,
    hex: '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
  },
  {
    name: 'RFC 6986 10.2.1, Streebog-512',
    byteLength: 64,
    message: M2,
    hex: '1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28',
  },
  {
    name: 'Streebog-512 of 320 octets by gost-engine 3.0.1',
    byteLength: 64,
    message: LONG,
    hex: '287aa2ec3a3f378ebf9c84b3c1ff0f5cdaa1f6e96029c3992dbb8b4d3f091551e4f955bf3e573edd6daf30aa8d6c469e2edda199a279c0fb8f613dd7e940d167',
  },
] as const

/**
 * Runs the answers on what `start` gives.
 * @throws Error naming the answer that does not come out.
 */
export function checkStreebogAnswers(start: (byteLength: 32 | 64) => Hasher): void {
  for (const { name, byteLength, message, hex } of ANSWERS) {
    if (!equalOctets(start(byteLength).update(message).digest(), octetsOfHex(hex))) {
      throw new Error(`self-test failed: ${name}`)
    }
  }
}

/** The seed d || e of the known nonces. */
export const nonceSeed = (byteLength: 32 | 64): Uint8Array =>
  Uint8Array.from({ length: 2 * byteLength + 7 }, (_, i) => (5 * i + 1) & 255)

/** The second candidate of RFC 6979 section 3.2 with HMAC-Streebog, of each size. */
export const NONCE_ANSWERS: Readonly<Record<32 | 64, string>> = {
  32: '85027eebd55f12e4702362f6de4de8548ddae2ec1162372c5514dea00665055b',
  64: '5c570baaa953f74335387ca6063b5158662d32ae256085c957ad533b2447fe42b752dd171c380081ab9157d5a5331e15fcca9ef2c6e1b139ded63e686c935460',
}
