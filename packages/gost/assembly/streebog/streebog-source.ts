/**
 * The AssemblyScript of Streebog. Each word of LPS is the exclusive or of eight table entries. Indices are
 * made for a whole word at once: its octets are widened to sixteen bits, multiplied by the eight octets
 * of an entry, and stored; a look-up is then a load of the index and a load of the entry, whose table
 * stands in the static offset. Words are the low halves of 128-bit locals.
 * @module
 */
import { STREEBOG } from '../../src/wasm/streebog-layout.ts'
import { nonceSource } from './nonce-source.ts'

const { tables, pi, rows, constants, state, stateIndices, keyIndices, input } = STREEBOG
const sum = state + 64
const count = state + 128
const WORDS = [0, 1, 2, 3, 4, 5, 6, 7] as const

const lines = (line: (word: number) => string): string => WORDS.map(line).join('\n')

/** Stores the indices of all octets of the words x: sixteen octets for each word. */
const storeIndices = (x: string, indices: number): string =>
  lines(
    (j) => `  v128.store(${indices + 16 * j}, i16x8.shl(i16x8.extend_low_i8x16_u(${x}${j}), 3))`,
  )

/** Adds an entry of table j to the word x; the first one is the word. */
const addEntry = (x: string, j: number, index: string): string => {
  const entry = `v128.load_zero<u64>(${index}, ${tables + 2048 * j})`

  return `  ${x} = ${j === 0 ? entry : `v128.xor(${x}, ${entry})`}`
}

/**
 * x = LPS of the words whose indices stand there, RFC 6986 section 6: octet i of word j goes to octet j of
 * word i, then l(Pi()). Two words at a time. Of every second table both indices come by one load and are
 * taken apart: loads and arithmetic are then equally busy.
 */
const lookUp = (x: string, indices: number): string =>
  [0, 2, 4, 6]
    .flatMap((i) =>
      [0, 2, 4, 6].flatMap((j) => {
        const at = indices + 16 * j + 2 * i

        return [
          addEntry(`${x}${i}`, j, `load<u16>(${at})`),
          addEntry(`${x}${i + 1}`, j, `load<u16>(${at + 2})`),
          `  pair = load<u32>(${at + 16})`,
          addEntry(`${x}${i}`, j + 1, 'u16(pair)'),
          addEntry(`${x}${i + 1}`, j + 1, 'pair >> 16'),
        ]
      }),
    )
    .join('\n')

export function streebogSource(): string {
  return `
/** Joins Pi' and the rows of A in the eight tables. */
export function fillTables(): void {
  for (let place = 0; place < 8; place++) {
    for (let octet = 0; octet < 256; octet++) {
      let word: u64 = 0
      let row = place << 6
      for (let image: u32 = load<u8>(octet, ${pi}); image > 0; image >>= 1) {
        if (image & 1) word ^= load<u64>(row, ${rows})
        row += 8
      }
      store<u64>((place << 11) + (octet << 3), word, ${tables})
    }
  }
}

/** h = g_N(h, m), RFC 6986 section 8; m stands at \`block\`. */
function compress(block: i32, bits: u64): void {
  let pair: u32
${lines((i) => `  let k${i} = v128.load_zero<u64>(${state + 8 * i})`)}
  k0 = v128.xor(k0, i64x2(bits, 0))
${storeIndices('k', keyIndices)}
${lookUp('k', keyIndices)}
${lines((i) => `  let s${i} = v128.load_zero<u64>(block, ${8 * i})`)}
  for (let c = 0; c < 768; c += 64) {
${lines((i) => `  s${i} = v128.xor(s${i}, k${i})`)}
${storeIndices('s', stateIndices)}
${lines((i) => `  k${i} = v128.xor(k${i}, v128.load_zero<u64>(c, ${constants + 8 * i}))`)}
${storeIndices('k', keyIndices)}
${lookUp('s', stateIndices)}
${lookUp('k', keyIndices)}
  }
${lines((i) => `  store<u64>(${state + 8 * i}, load<u64>(${state + 8 * i}) ^ load<u64>(block, ${8 * i}) ^ i64x2.extract_lane(v128.xor(s${i}, k${i}), 0))`)}
}

/** Sigma = Sigma + m modulo 2^512. */
function addToSum(block: i32): void {
  let carry: u64 = 0
  for (let i = 0; i < 64; i += 8) {
    const a = load<u64>(i, ${sum})
    const b = a + load<u64>(block + i)
    const c = b + carry
    carry = u64(b < a) | u64(c < b)
    store<u64>(i, c, ${sum})
  }
}

/** Takes \`blocks\` whole blocks from the input area: stages 2.2 to 2.5. */
export function takeBlocks(blocks: i32): void {
  const end = ${input} + (blocks << 6)
  for (let block = ${input}; block < end; block += 64) {
    compress(block, load<u64>(${count}))
    store<u64>(${count}, load<u64>(${count}) + 512)
    addToSum(block)
  }
}

/**
 * Stage 3: the last \`octets\`, less than a block, stand at the start of the input area. Indices tell of a
 * key that was hashed, so they do not stay.
 */
export function finish(octets: i32): void {
  memory.fill(${input} + octets, 0, 64 - octets)
  store<u8>(octets, 1, ${input})
  compress(${input}, load<u64>(${count}))
  addToSum(${input})
  for (let i = 0; i < 64; i += 16) v128.store(i, i64x2.splat(0), ${input})
  store<u64>(${input}, load<u64>(${count}) + (u64(octets) << 3))
  compress(${input}, 0)
  compress(${sum}, 0)
  for (let i = 0; i < 256; i += 16) v128.store(i, i64x2.splat(0), ${stateIndices})
}
${nonceSource()}`
}
