/**
 * Our side of `npm run bench -- gost`: the public functions of @muhr/gost, told what to do line by line
 * as engine-peer.c is.
 *
 *   backend                the implementation in use
 *   hash NAME I            hexadecimal digest of message I
 *   keys CURVE             then KEYS lines "PUBLIC PRIVATE SIGNATURE"; answers 1
 *   verify I SIGNATURE     1 or 0
 *   sign I                 our signature, the octets of Russia, hexadecimal
 *   slice OP SECONDS       "COUNT SECONDS" of CPU time; OP: hash:NAME, sign, verify, batch
 * @module
 */
import { createInterface } from 'node:readline'
import * as gost from '@muhr/gost'
import { BATCH, digestOf, KEYS, MESSAGES, messageOf } from './work.ts'

type Key = {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
  readonly digest: Uint8Array
  /** s || r, both big-endian. */
  readonly signature: Uint8Array
}

const HASHES: Readonly<Record<string, (message: Uint8Array) => Uint8Array>> = {
  streebog256: gost.streebog256,
  streebog512: gost.streebog512,
  gost94: (message) => gost.gost94(message, { sbox: 'cryptopro' }),
}

const messages = Array.from({ length: MESSAGES }, (_, m) => messageOf(m))
const keys: Key[] = []
let curve: gost.CurveParameters = gost.curveOf('cryptopro-A')

const octetsOf = (hex: string | undefined): Uint8Array => Buffer.from(hex ?? '', 'hex')
const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

const keyOf = (i: number): Key => {
  const key = keys[i % keys.length]
  if (key === undefined) throw new Error('no keys yet')

  return key
}

/** Reading the octets is part of the work: the engine does it too. */
const toVerify = ({ publicKey, digest, signature }: Key): gost.VerifyDigestInput => ({
  curve: curve.name,
  publicKey,
  digest,
  signature: gost.decodeSignature('RU', signature),
})

const sign = ({ privateKey, digest }: Key): Uint8Array =>
  gost.encodeSignature('RU', gost.signDigest({ curve: curve.name, privateKey, digest }))

const require = (isRight: boolean): void => {
  if (!isRight) throw new Error('a good signature was refused')
}

const workOfHash = (name: string): ((message: Uint8Array) => Uint8Array) => {
  const hash = HASHES[name]
  if (hash === undefined) throw new Error(`there is no hash "${name}"`)

  return hash
}

/** What one slice repeats, and how many units of work one call is. */
const workOf = (op: string): { readonly units: number; readonly run: (i: number) => void } => {
  if (op.startsWith('hash:')) {
    const hash = workOfHash(op.slice('hash:'.length))

    return { units: 1, run: (i) => hash(messages[i % MESSAGES] ?? octetsOf('')) }
  }
  if (op === 'sign') return { units: 1, run: (i) => sign(keyOf(i)) }
  if (op === 'verify') {
    return { units: 1, run: (i) => require(gost.verifyDigest(toVerify(keyOf(i)))) }
  }
  if (op === 'batch') {
    return {
      units: BATCH,
      run: (i) => {
        const start = (i * BATCH) % KEYS
        const inputs = keys.slice(start, start + BATCH).map(toVerify)
        require(gost.verifyDigests(inputs).every(Boolean))
      },
    }
  }
  throw new Error(`there is no work "${op}"`)
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()

  return (user + system) / 1e6
}

const slice = (op: string, seconds: number): string => {
  const { units, run } = workOf(op)
  const start = cpuSeconds()
  let count = 0
  let now = start
  while (now - start < seconds) {
    for (let i = 0; i < 16; i += units, count++) run(count)
    now = cpuSeconds()
  }

  return `${count * units} ${now - start}`
}

const answer = (command: string, [first = '', second = '']: readonly string[]): string => {
  switch (command) {
    case 'backend':
      return gost.gostBackend()
    case 'hash':
      return hexOf(workOfHash(first)(messages[Number(second)] ?? octetsOf('')))
    case 'verify':
      return gost.verifyDigest(toVerify({ ...keyOf(Number(first)), signature: octetsOf(second) }))
        ? '1'
        : '0'
    case 'sign':
      return hexOf(sign(keyOf(Number(first))))
    case 'slice':
      return slice(first, Number(second))
    default:
      throw new Error(`unknown command "${command}"`)
  }
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
  const [command = '', ...rest] = line.value.split(' ')
  if (command === 'keys') {
    curve = gost.curveOf(rest[0] as gost.CurveName)
    keys.length = 0
    while (keys.length < KEYS) {
      const [publicKey, privateKey, signature] = String((await lines.next()).value).split(' ')
      keys.push({
        publicKey: octetsOf(publicKey),
        privateKey: octetsOf(privateKey),
        digest: digestOf(keys.length, curve.byteLength),
        signature: octetsOf(signature),
      })
    }
    console.log(KEYS)
  } else {
    console.log(answer(command, rest))
  }
}
