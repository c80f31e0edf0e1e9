/**
 * Known answers of the modules that compute on any curve, which reach every line of them.
 * @module
 */
import type { CurveModule } from './curve-module.ts'
import { type CurveName, type CurveParameters, curves } from './curves.ts'
import { equalOctets } from './octets.ts'
import { CurveProbe } from './probe-curve.ts'
import { anyPrimeImage } from './wasm/any-prime.wasm.ts'
import { loadModule } from './wasm/load-module.ts'

/** What `assembly/abi.md` names; the second list is not in every module. */
const ADDRESSES = [
  'curveAddress',
  'keyAddress',
  'digestAddress',
  'signatureAddress',
  'resultAddress',
  'privateKeyAddress',
  'nonceAddress',
  'blindAddress',
] as const
const OTHER_EXPORTS = [
  'memory',
  'byteLength',
  'batchSize',
  'setCurve',
  'checkKey',
  'verify',
  'verifyBatch',
  'sign',
  'derivePublic',
  'reduceDigest',
] as const

/** The module exports what the ABI names and nothing else; its addresses are multiples of 16. */
function checkExports(module: CurveModule): void {
  const names: ReadonlySet<string> = new Set([...ADDRESSES, ...OTHER_EXPORTS, 'forgetKeys'])
  expectAll('exports', [
    Object.keys(module).every((name) => names.has(name)),
    [...ADDRESSES, ...OTHER_EXPORTS].every((name) => Object.hasOwn(module, name)),
    ADDRESSES.every((name) => module[name].value % 16 === 0),
    module.batchSize.value === 64,
  ])
}

/** Numbers of one signature that are known to belong together. */
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

/** Of curves with four times as many points as q. */
const COFACTOR_4 = {
  'tc26-256-A': {
    /** Multiples of the generator of which x is below q, 2q, 3q and 4q. */
    multiples: [7n, 3n, 16n, 2n],
    /** Points of order 2 and 4. */
    small: [
      { x: 0x100fe73f595ff158e974b44d478d9588744fe5c192ac47ea63075dce7a14aaan, y: 0x0n },
      {
        x: 0x7f7f80c60535007538b45a5d95c39353bc5d80d1f36a9dc0ace7c5118c2f5977n,
        y: 0x81817dadf060fea055e2f0e73eb54604cae77d8a25c026bdf948b0cb5b71eecan,
      },
    ],
  },
  'tc26-512-C': {
    multiples: [3n, 12n, 4n, 2n],
    small: [
      {
        x: 0xb2ceb8345535898813b22ebaed63002431baa6e3a8897bd702d1f2a27ea3fa5d9cc65d7f23e2ff7114ed197a575d7b72c932995a7051d270ef26a6db1101748fn,
        y: 0x186c289cffa09c983b168c30c829006c952ff4aaf99c73850875d7e77bebef18d653187d6ba8fe533ec74c6f061872585b97cc0f50f57752cd73f4913304621en,
      },
      {
        x: 0x9a628f975594ecefd89ba28a2539ffb79c8ab238aeed0851fa5c1abb02b80b44c6734501b83a011dd625cd0b5145091a6d9acd4b1f5c5b1e21b2b249ddfd1271n,
        y: 0x0n,
      },
    ],
  },
} as const

/**
 * Signs, derives and verifies the examples of RFC 7091 section 7, and refuses everything out of range.
 * @throws Error naming the example that does not come out.
 */
export function checkAnyPrimeAnswers(module: CurveModule): void {
  checkExports(module)
  for (const example of EXAMPLES) {
    const probe = new CurveProbe(module, example.curve)
    expectAll(`${example.name}, example`, answersOfExample(probe, example))
    expectAll(`${example.name}, refusals`, refusals(probe, example))
    expectAll(`${example.name}, traces`, traces(probe, example.curve))
  }
  // A curve may be told after a verification, which leaves its numbers behind.
  for (const example of [...EXAMPLES, ...EXAMPLES.toReversed()]) {
    expectAll(`${example.name}, again`, [
      new CurveProbe(module, example.curve).verify(example) === 1,
    ])
  }
  const withCofactor = curves['tc26-256-A']
  expectAll('TC26 256-A', answersWithCofactor(new CurveProbe(module, withCofactor), withCofactor))
  const cryptoProC = curves['cryptopro-C']
  const probe = new CurveProbe(module, cryptoProC)
  // The generator has x = 0.
  const nothing = probe.sign({ d: 5n, e: 7n, k: 1n, blind: BLINDS[0] })
  expectAll('CryptoPro-C', [nothing.answer === 0])
}

const BLINDS = [
  [3n, 0xfedcba98_76543210_89abcdef_01234567n],
  [2n ** 255n - 1n, 2n ** 256n - 2n],
] as const

function expectAll(name: string, answers: readonly boolean[]): void {
  const failed = answers.indexOf(false)
  if (failed >= 0) throw new Error(`self-test failed: ${name}, answer ${failed}`)
}

/**
 * Does on a fast module what `checkAnyPrimeAnswers` does, on each curve, against what the module for
 * any prime gives; keys come often enough to be remembered, and more of them than are.
 * @throws Error naming the curve that does not agree.
 */
export function checkFastAnswers(module: CurveModule, names: readonly CurveName[]): void {
  const complete = loadModule<CurveModule>(anyPrimeImage, { purpose: 'reference' })
  if (complete === undefined) throw new Error('the module for any prime does not run here')
  checkExports(module)
  for (const name of names) {
    const curve = curves[name]
    const reference = new CurveProbe(complete.exports, curve)
    const probe = new CurveProbe(module, curve)
    const numbers = {
      d: curve.q / 3n,
      e: curve.q / 7n,
      k: (curve.q * 2n) / 5n,
    }
    const { x, y } = reference.derive(numbers.d, BLINDS[0])
    const { r, s } = reference.sign({ ...numbers, blind: BLINDS[0] })
    const example = { name, curve, ...numbers, x, y, r, s }
    expectAll(`${name}, example`, answersOfExample(probe, example))
    expectAll(`${name}, refusals`, refusals(probe, example))
    expectAll(`${name}, traces`, traces(probe, curve))
    expectAll(`${name}, cofactor`, answersWithCofactor(probe, curve))
    expectAll(`${name}, many keys`, answersOfManyKeys(probe, { reference, curve }))
  }
}

/** One key in every second signature, and more others than a module remembers. */
function answersOfManyKeys(
  probe: CurveProbe,
  { reference, curve }: { readonly reference: CurveProbe; readonly curve: CurveParameters },
): readonly boolean[] {
  const made = Array.from({ length: 80 }, (_, i) => {
    const d = BigInt(i + 2) ** 41n % curve.q
    const e = BigInt(i + 3) ** 97n % curve.q
    const { r, s } = probe.sign({ d, e, k: BigInt(i + 5) ** 83n % curve.q, blind: BLINDS[0] })

    return { ...probe.derive(d, BLINDS[1]), e, r, s }
  })
  const [often] = made
  const others = made.slice(1)
  if (often === undefined) return [false]
  const bad = { ...often, e: often.e + 1n }
  const isKnown = [often, ...others.slice(0, 3)].map((good) => reference.verify(good) === 1)
  const twice = others.flatMap((good) => [
    probe.verify(good) === 1,
    probe.verify(often) === 1,
    probe.verify({ ...good, s: good.s ^ 1n }) === 0,
    probe.verify(bad) === 0,
  ])
  // By now the first key has what only frequent keys get.
  const frequent = Array.from({ length: 12 }, (_, i) => {
    const e = BigInt(i + 7) ** 89n % curve.q
    const { r, s } = probe.sign({ d: 2n ** 41n % curve.q, e, k: e ^ 1n, blind: BLINDS[1] })
    const good = { x: often.x, y: often.y, e, r, s }

    return probe.verify(good) === 1 && probe.verify({ ...good, e: e ^ 2n }) === 0
  })
  const batch = made
    .slice(0, 64)
    .map((good, i) => (i % 5 === 2 ? { ...good, e: good.e + 1n } : good))
  const expected = batch.map((_, i) => (i % 5 === 2 ? 0 : 1))

  return [...isKnown, ...twice, ...frequent, isSame(probe.verifyBatch(batch), [...expected, 9])]
}

function answersOfExample(probe: CurveProbe, example: Example): readonly boolean[] {
  const { d, e, k, x, y, r, s, curve } = example
  const made = BLINDS.map((blind) => probe.sign({ d, e, k, blind }))
  const derived = BLINDS.map((blind) => probe.derive(d, blind))
  const good = { x, y, e, r, s }
  const bad = { ...good, e: e + 1n }
  // d r + k e = 0
  const key = modulo(-k * e * power(r, curve.q - 2n, curve.q), curve.q)

  return [
    ...made.map((signature) => isSame(signature, { answer: 1, r, s })),
    ...derived.map((key) => isSame(key, { answer: 1, x, y })),
    probe.verify(good) === 1,
    probe.verify(bad) === 0,
    isSame(probe.verifyBatch([good, bad, good]), [1, 0, 1, 9]),
    isSame(probe.verifyBatch([bad, good]), [0, 1, 9]),
    probe.sign({ d: key, e, k, blind: BLINDS[0] }).answer === 0,
    // As with k = 0: C is infinity.
    probe.verify({ ...good, s: (r * d) % curve.q }) !== 1,
  ]
}

function refusals(probe: CurveProbe, example: Example): readonly boolean[] {
  const { d, e, k, x, y, r, s, curve } = example
  const { p, q, byteLength } = curve
  const limit = 2n ** BigInt(8 * byteLength)
  const good = { x, y, e, r, s }
  const secrets = { d, e, k, blind: BLINDS[0] }
  const edge = probe.sign({ ...secrets, d: q - 1n, k: q - 1n })
  const least = probe.sign({ ...secrets, d: 1n, k: 1n })

  return [
    probe.sign({ ...secrets, d: 0n }).answer === 3,
    probe.sign({ ...secrets, d: q }).answer === 3,
    probe.sign({ ...secrets, k: 0n }).answer === 2,
    probe.sign({ ...secrets, k: q }).answer === 2,
    edge.r === curve.x % q && edge.answer === (edge.r === 0n ? 0 : 1),
    edge.s === modulo(-edge.r - e, q),
    least.r === curve.x % q && least.answer === (least.r === 0n ? 0 : 1),
    least.s === (least.r + e) % q,
    probe.derive(0n, BLINDS[0]).answer === 3,
    probe.derive(q, BLINDS[0]).answer === 3,
    isSame(probe.derive(q - 1n, BLINDS[0]), { answer: 1, x: curve.x, y: p - curve.y }),
    probe.verify({ ...good, r: 0n }) === 0,
    probe.verify({ ...good, s: 0n }) === 0,
    probe.verify({ ...good, r: q }) === 0,
    probe.verify({ ...good, s: q }) === 0,
    probe.verify({ ...good, r: limit - 1n }) === 0,
    r + q >= limit || probe.verify({ ...good, r: r + q }) === 0,
    s + q >= limit || probe.verify({ ...good, s: s + q }) === 0,
    probe.verify({ ...good, x: p + 1n }) === 0,
    probe.verify({ ...good, y: p - y }) === 0,
    probe.checkKey(x, y) === 0,
    probe.checkKey(p, y) === 1,
    probe.checkKey(x, p) === 1,
    probe.checkKey(x, y ^ 1n) === 2,
    probe.checkKey(x ^ 1n, y) === 2,
    probe.checkKey(0n, 0n) === 2,
    probe.reduceDigest(0n) === 1n,
    probe.reduceDigest(q) === 1n,
    probe.reduceDigest(q - 1n) === q - 1n,
    probe.reduceDigest(q + 2n) === 2n,
    probe.reduceDigest(limit - 1n) === (limit - 1n) % q,
  ]
}

/** What is in memory after a secret was used does not depend on it, and inputs are zeros. */
function traces(probe: CurveProbe, { q, byteLength }: CurveParameters): readonly boolean[] {
  const { module, memory } = probe
  const inputs = [
    [module.privateKeyAddress, byteLength],
    [module.nonceAddress, byteLength],
    [module.blindAddress, 2 * byteLength],
  ] as const
  const areWiped = (): boolean =>
    inputs.every(([{ value }, length]) =>
      memory.subarray(value, value + length).every((octet) => octet === 0),
    )
  const after = (use: () => unknown): Uint8Array => {
    use()
    const left = memory.slice()
    for (const { value } of [module.signatureAddress, module.keyAddress]) {
      left.fill(0, value, value + 2 * byteLength)
    }

    return left
  }
  const tooHigh = (number: bigint): bigint => q + (number % (2n ** BigInt(8 * byteLength) - q))
  const uses = [
    (d: bigint, k: bigint, i: 0 | 1) => probe.sign({ d, e: 7n, k, blind: BLINDS[i] }),
    (d: bigint, _: bigint, i: 0 | 1) => probe.derive(d, BLINDS[i]),
    (d: bigint, _: bigint, i: 0 | 1) =>
      probe.sign({ d: tooHigh(d), e: 7n, k: 1n, blind: BLINDS[i] }),
    (_: bigint, k: bigint, i: 0 | 1) =>
      probe.sign({ d: 1n, e: 7n, k: tooHigh(k), blind: BLINDS[i] }),
    (d: bigint, _: bigint, i: 0 | 1) => probe.derive(tooHigh(d), BLINDS[i]),
  ]

  return uses.map((use) => {
    const first = after(() => use(2n ** 250n / 3n, 2n ** 249n / 7n, 0))

    const isSame = equalOctets(
      first,
      after(() => use(99n, 1001n, 1)),
    )

    return isSame && areWiped()
  })
}

/** Of four times as many points as q every coordinate is r, r + q, r + 2q or r + 3q. */
function answersWithCofactor(probe: CurveProbe, curve: CurveParameters): readonly boolean[] {
  const { q, p, name } = curve
  if (name !== 'tc26-256-A' && name !== 'tc26-512-C') return []
  const { multiples, small: points } = COFACTOR_4[name]
  const { x, y } = probe.derive(5n, BLINDS[0])
  const places = new Set<bigint>()
  const verified = multiples.map((k) => {
    const place = probe.derive(k, BLINDS[0]).x / q
    places.add(place)
    const { r, s } = probe.sign({ d: 5n, e: 7n, k, blind: BLINDS[1] })
    const good = { x, y, e: 7n, r, s }

    return probe.verify(good) === 1 && probe.verify({ ...good, e: 8n }) === 0
  })

  return [
    ...verified,
    places.size === 4,
    ...points.flatMap((small) => [
      probe.checkKey(small.x, small.y) === 3,
      probe.checkKey(small.x, modulo(-small.y, p)) === 3,
      probe.verify({ ...small, e: 1n, r: 1n, s: 1n }) === 0,
    ]),
    probe.checkKey(x, y) === 0,
    probe.checkKey(curve.x, curve.y) === 0,
  ]
}

const modulo = (value: bigint, m: bigint): bigint => ((value % m) + m) % m

const power = (value: bigint, exponent: bigint, m: bigint): bigint => {
  let result = 1n
  for (let base = value, n = exponent; n > 0n; n >>= 1n) {
    if (n & 1n) result = (result * base) % m
    base = (base * base) % m
  }

  return result
}

const isSame = <T extends object>(left: T, right: T): boolean =>
  Object.entries(left).length === Object.entries(right).length &&
  Object.entries(left).every(([name, value]) => Object.is(value, right[name as keyof T]))
