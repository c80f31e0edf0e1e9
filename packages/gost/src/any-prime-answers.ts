/**
 * Known answers of the module for any prime that reach every part of it.
 * @module
 */
import type { CurveModule } from './curve-module.ts'
import { type CurveParameters, curves } from './curves.ts'
import { concatOctets, equalOctets, numberToBigEndian, numberToLittleEndian } from './octets.ts'
import { writeCurve } from './write-curve.ts'

type Example = {
  readonly name: string
  readonly curve: CurveParameters
  readonly d: bigint
  readonly e: bigint
  readonly k: bigint
  readonly x: bigint
  readonly y: bigint
  readonly r: bigint
  readonly s: bigint
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'RFC 7091 7.1',
    curve: curves['test-256'],
    d: 0x7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28n,
    e: 0x2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5n,
    k: 0x77105c9b20bcd3122823c8cf6fcc7b956de33814e95b7fe64fed924594dceab3n,
    x: 0x7f2b49e270db6d90d8595bec458b50c58585ba1d4e9b788f6689dbd8e56fd80bn,
    y: 0x26f1b489d6701dd185c8413a977b3cbbaf64d1c593d26627dffb101a87ff77dan,
    r: 0x41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493n,
    s: 0x01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40n,
  },
  {
    name: 'RFC 7091 7.2',
    curve: curves['test-512'],
    d: 0x0ba6048aadae241ba40936d47756d7c93091a0e8514669700ee7508e508b102072e8123b2200a0563322dad2827e2714a2636b7bfd18aadfc62967821fa18dd4n,
    e: 0x3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c5917184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8cn,
    k: 0x0359e7f4b1410feacc570456c6801496946312120b39d019d455986e364f365886748ed7a44b3e794434006011842286212273a6d14cf70ea3af71bb1ae679f1n,
    x: 0x115dc5bc96760c7b48598d8ab9e740d4c4a85a65be33c1815b5c320c854621dd5a515856d13314af69bc5b924c8b4ddff75c45415c1d9dd9dd33612cd530efe1n,
    y: 0x37c7c90cd40b0f5621dc3ac1b751cfa0e2634fa0503b3d52639f5d7fb72afd61ea199441d943ffe7f0c70a2759a3cdb84c114e1f9339fdf27f35eca93677beecn,
    r: 0x2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd35492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36n,
    s: 0x1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4an,
  },
]

/**
 * Signs, derives and verifies the examples of RFC 7091 section 7, and refuses them altered.
 * @throws Error naming the example that does not come out.
 */
export function checkAnyPrimeAnswers(module: CurveModule): void {
  for (const example of EXAMPLES) {
    if (!isKept(module, example)) throw new Error(`self-test failed: ${example.name}`)
  }
}

function isKept(module: CurveModule, example: Example): boolean {
  const { curve, d, e, k, x, y, r, s } = example
  const { byteLength, q } = curve
  writeCurve(module, curve)
  const memory = new Uint8Array(module.memory.buffer)
  const octets = (...numbers: readonly bigint[]): Uint8Array =>
    concatOctets(...numbers.map((number) => numberToLittleEndian(number, byteLength)))
  const put = (address: WebAssembly.Global, value: Uint8Array): void =>
    memory.set(value, address.value)
  const holds = (address: WebAssembly.Global, value: Uint8Array): boolean =>
    equalOctets(memory.slice(address.value, address.value + value.length), value)

  put(module.privateKeyAddress, octets(d))
  put(module.blindAddress, octets(e, k))
  const isDerived = module.derivePublic() === 1 && holds(module.keyAddress, octets(x, y))

  const excess = BigInt(8 * byteLength - q.toString(2).length)
  put(module.privateKeyAddress, octets(d))
  put(module.digestAddress, octets(e))
  put(module.nonceAddress, numberToBigEndian(k << excess, byteLength))
  put(module.blindAddress, octets(k, e))
  const isSigned = module.sign() === 1 && holds(module.signatureAddress, octets(r, s))
  const isVerified = module.verify() === 1

  put(module.digestAddress, octets(e + 1n))

  return isDerived && isSigned && isVerified && module.verify() === 0
}
