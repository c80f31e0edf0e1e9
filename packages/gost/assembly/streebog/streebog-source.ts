/**
 * The AssemblyScript of Streebog. Each word of LPS is the exclusive or of eight loads; an index is
 * taken out of a word already multiplied by the entry's eight octets, and the place of the table
 * is in the static offset of the load. The words of state and key stay in locals.
 * @module
 */
import { STREEBOG } from '../../src/wasm/streebog-layout.ts'

const WORDS = [0, 1, 2, 3, 4, 5, 6, 7] as const

const lines = (line: (word: number) => string): string => WORDS.map(line).join('\n')

/** Octet `place` of the 64-bit `name`, times 8. */
const index = (name: string, place: number): string =>
  place === 0 ? `(i32(${name}) & 0xff) << 3` : `i32(${name} >> ${8 * place - 3}) & 0x7f8`

/** Words of LPS(x), RFC 6986 section 6: octet i of word j goes to octet j of word i, then l(Pi()). */
const lps = (to: string, x: string): string =>
  lines(
    (i) =>
      `  const ${to}${i} = ${WORDS.map(
        (j) => `load<u64>(${index(`${x}${j}`, i)}, ${STREEBOG.tables + 2048 * j})`,
      ).join(' ^ ')}`,
  )

export function streebogSource(): string {
  const { tables, pi, rows, constants, state, input } = STREEBOG
  const sum = state + 64
  const count = state + 128

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
${lines((i) => `  const x${i} = load<u64>(${state + 8 * i})${i === 0 ? ' ^ bits' : ''}`)}
${lps('y', 'x')}
${lines((i) => `  let k${i} = y${i}`)}
${lines((i) => `  let s${i} = load<u64>(block, ${8 * i})`)}
  for (let c = 0; c < 768; c += 64) {
${lines((i) => `  s${i} ^= k${i}`)}
${lps('t', 's')}
${lines((i) => `  s${i} = t${i}`)}
${lines((i) => `  k${i} ^= load<u64>(c, ${constants + 8 * i})`)}
${lps('l', 'k')}
${lines((i) => `  k${i} = l${i}`)}
  }
${lines((i) => `  store<u64>(${state + 8 * i}, load<u64>(${state + 8 * i}) ^ s${i} ^ k${i} ^ load<u64>(block, ${8 * i}))`)}
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

/** Stage 3: the last \`octets\`, less than a block, stand at the start of the input area. */
export function finish(octets: i32): void {
  memory.fill(${input} + octets, 0, 64 - octets)
  store<u8>(octets, 1, ${input})
  compress(${input}, load<u64>(${count}))
  addToSum(${input})
  memory.fill(${input}, 0, 64)
  store<u64>(${input}, load<u64>(${count}) + (u64(octets) << 3))
  compress(${input}, 0)
  compress(${sum}, 0)
}
`
}
