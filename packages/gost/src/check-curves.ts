/**
 * Start-up check of the signature arithmetic: the examples of RFC 7091 section 7, once for each
 * size, before the first signature of that size is made or judged.
 * @module
 */
import { groupOf } from './curve-group.ts'
import { type CurveParameters, curves } from './curves.ts'
import { signWithNonce } from './sign-core.ts'
import { verifyWithPoint } from './verify-core.ts'

type Example = {
  readonly name: string
  readonly curve: CurveParameters
  readonly d: bigint
  readonly e: bigint
  readonly k: bigint
  readonly r: bigint
  readonly s: bigint
}

const EXAMPLES: Readonly<Record<32 | 64, Example>> = {
  32: {
    name: 'RFC 7091 7.1',
    curve: curves['test-256'],
    d: 0x7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28n,
    e: 0x2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5n,
    k: 0x77105c9b20bcd3122823c8cf6fcc7b956de33814e95b7fe64fed924594dceab3n,
    r: 0x41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493n,
    s: 0x01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40n,
  },
  64: {
    name: 'RFC 7091 7.2',
    curve: curves['test-512'],
    d: 0x0ba6048aadae241ba40936d47756d7c93091a0e8514669700ee7508e508b102072e8123b2200a0563322dad2827e2714a2636b7bfd18aadfc62967821fa18dd4n,
    e: 0x3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c5917184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8cn,
    k: 0x0359e7f4b1410feacc570456c6801496946312120b39d019d455986e364f365886748ed7a44b3e794434006011842286212273a6d14cf70ea3af71bb1ae679f1n,
    r: 0x2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd35492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36n,
    s: 0x1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4an,
  },
}

const checked = new Set<32 | 64>()

/**
 * Runs the example of one size at the first call, and does nothing at later ones.
 * @throws Error naming the example that does not come out; every later call throws again.
 */
export function checkCurves(byteLength: 32 | 64): void {
  if (checked.has(byteLength)) return
  const { name, curve, d, e, k, r, s } = EXAMPLES[byteLength]
  const base = groupOf(curve.name).BASE
  // The example curve is used once: a table of multiples would cost more than it saves.
  base.precompute(1)
  const made = signWithNonce(curve, { d, e, k })
  const point = base.multiplyUnsafe(d)
  const isKept =
    made?.r === r &&
    made.s === s &&
    verifyWithPoint(curve, { point, e, signature: made }) &&
    !verifyWithPoint(curve, { point, e: e + 1n, signature: made })
  if (!isKept) throw new Error(`self-test failed: ${name}`)
  checked.add(byteLength)
}
