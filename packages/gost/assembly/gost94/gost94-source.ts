/**
 * The AssemblyScript of GOST R 34.11-94. The four encryptions of a step do not depend on each other, so
 * they go round by round together: one alone would wait for its own loads. Keys are made by byte
 * shuffles of 128-bit halves; the shift register psi is a ring of sixteen locals.
 * @module
 */
import { GOST94 } from '../../src/wasm/gost94-layout.ts'

const { tables, tableBytes, allTables, tablesInUse, keys, length, state, input } = GOST94
const sum = state + 32
const bits = state + 64
const sbox = state + 72

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
const lines = (count: number, line: (i: number) => string): string =>
  range(count).map(line).join('\n')

/** The same for each of the four encryptions of a step. */
const each = (line: (encryption: number) => string): string => [0, 1, 2, 3].map(line).join('\n')

/** Octet `place` of the 32-bit `name`, times 4. */
const index = (name: string, place: number): string =>
  place === 0 ? `(${name} & 0xff) << 2` : `(${name} >> ${8 * place - 2}) & 0x3fc`

/** One round of all four encryptions with word `key` of their keys: `to` ^= f(`from` + key). */
const round = (from: string, to: string, key: number): string =>
  each(
    (e) => `    x = ${from}${e} + load<u32>(${keys + 32 * e + 4 * key})
    ${to}${e} ^= ${range(4)
      .map((place) => `load<u32>(${index('x', place)}, ${tables + 1024 * place})`)
      .join(' ^ ')}`,
  )

/** Octet i + 4 k of a key is octet 8 i + k of u ^ v, RFC 5831 section 5.1: four of the eight k. */
const transpose = (firstK: number): string =>
  range(16)
    .map((at) => 8 * (at % 4) + firstK + Math.floor(at / 4))
    .join(', ')

const storeKey = (key: number): string => `  w0 = v128.xor(u0, v0)
  w1 = v128.xor(u1, v1)
  v128.store(${keys + 32 * key}, v128.shuffle<u8>(w0, w1, ${transpose(0)}))
  v128.store(${keys + 32 * key + 16}, v128.shuffle<u8>(w0, w1, ${transpose(4)}))`

/** u = A(u), v = A(A(v)): A takes 64-bit parts y4 y3 y2 y1 to (y1 ^ y2) y4 y3 y2. */
const nextKey = `  w0 = v128.shuffle<u64>(u0, u1, 1, 2)
  u1 = v128.shuffle<u64>(u1, v128.xor(u0, w0), 1, 2)
  u0 = w0
  w0 = v128.xor(v0, v128.shuffle<u64>(v0, v1, 1, 2))
  v0 = v1
  v1 = w0`

/** Steps of psi, RFC 5831 section 5.3; `from` counts the steps before. */
const psi = (from: number, steps: number): string =>
  lines(steps, (i) => {
    const r = (offset: number): string => `r${(from + i + offset) % 16}`

    return `  ${r(0)} ^= ${[1, 2, 3, 12, 15].map(r).join(' ^ ')}`
  })

/** Adds the 32-bit words at an address to the ring, whose first part is now in local \`from\`. */
const xorRing = (from: number, address: (word: number) => string): string =>
  lines(
    8,
    (word) => `  x = load<u32>(${address(word)})
  r${(from + 2 * word) % 16} ^= x
  r${(from + 2 * word + 1) % 16} ^= x >> 16`,
  )

export function gost94Source(): string {
  return `
/** H = chi(m, H), RFC 5831 section 5; m stands at \`block\`. */
function step(block: i32): void {
  let u0 = v128.load(${state})
  let u1 = v128.load(${state + 16})
  let v0 = v128.load(block)
  let v1 = v128.load(block, 16)
  let w0: v128
  let w1: v128
${storeKey(0)}
${nextKey}
${storeKey(1)}
${nextKey}
  u0 = v128.xor(u0, i32x4(0xff00ff00, 0xff00ff00, 0x00ff00ff, 0x00ff00ff))
  u1 = v128.xor(u1, i32x4(0x00ffff00, 0xff0000ff, 0x000000ff, 0xff00ffff))
${storeKey(2)}
${nextKey}
${storeKey(3)}
  let x: u32
${each((e) => `  let a${e} = load<u32>(${state + 8 * e})\n  let b${e} = load<u32>(${state + 8 * e + 4})`)}
  for (let i = 0; i < 3; i++) {
${lines(4, (i) => `${round('a', 'b', 2 * i)}\n${round('b', 'a', 2 * i + 1)}`)}
  }
${lines(4, (i) => `${round('a', 'b', 7 - 2 * i)}\n${round('b', 'a', 6 - 2 * i)}`)}
${each(
  (e) => `  let r${4 * e} = b${e}
  let r${4 * e + 1} = b${e} >> 16
  let r${4 * e + 2} = a${e}
  let r${4 * e + 3} = a${e} >> 16`,
)}
${psi(0, 12)}
${xorRing(12, (word) => `block, ${4 * word}`)}
${psi(12, 1)}
${xorRing(13, (word) => `${state + 4 * word}`)}
${psi(13, 61)}
${lines(8, (word) => `  store<u32>(${state + 4 * word}, (r${(74 + 2 * word) % 16} & 0xffff) | (r${(75 + 2 * word) % 16} << 16))`)}
}

/** Adds a block to the control sum, modulo 2^256. */
function addToSum(block: i32): void {
  let carry: u64 = 0
  for (let i = 0; i < 32; i += 8) {
    const a = load<u64>(i, ${sum})
    const b = a + load<u64>(block + i)
    const c = b + carry
    carry = u64(b < a) | u64(c < b)
    store<u64>(i, c, ${sum})
  }
}

/** Brings the tables of the computation's substitution into use. */
function useTables(): void {
  const wanted = load<u32>(${sbox})
  if (load<u32>(${tablesInUse}) == wanted + 1) return
  memory.copy(${tables}, ${allTables} + wanted * ${tableBytes}, ${tableBytes})
  store<u32>(${tablesInUse}, wanted + 1)
}

/** Takes \`blocks\` whole blocks from the input area. */
export function takeBlocks(blocks: i32): void {
  useTables()
  const end = ${input} + (blocks << 5)
  for (let block = ${input}; block < end; block += 32) {
    step(block)
    addToSum(block)
  }
  store<u64>(${bits}, load<u64>(${bits}) + (u64(blocks) << 8))
}

/**
 * Ends the message with \`octets\` at the start of the input area. No unfinished block, no step for it:
 * the empty message has only the two closing steps, length and control sum.
 */
export function finish(octets: i32): void {
  useTables()
  if (octets > 0) {
    memory.fill(${input} + octets, 0, 32 - octets)
    step(${input})
    addToSum(${input})
  }
  store<u64>(${length}, load<u64>(${bits}) + (u64(octets) << 3))
  step(${length})
  step(${sum})
}
`
}
