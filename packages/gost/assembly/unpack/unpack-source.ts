/**
 * The AssemblyScript that unpacks the code of the other modules: see `unpack-layout.ts` for the form.
 * @module
 */
import { UNPACK } from '../../src/wasm/unpack-layout.ts'

export function unpackSource(): string {
  return `
let range: u32
/** How far the packed number lies above the lower end of the interval. */
let code: u32
/** The next packed octet. */
let from: i32

function narrow(): void {
  while (range < 0x1000000) {
    range <<= 8
    code = (code << 8) | load<u8>(from)
    from += 1
  }
}

/** One decision under a probability, which moves by a 32nd of its distance towards what came. */
function take(index: i32): i32 {
  const at = index << 1
  const probability: u32 = load<u16>(at)
  const bound = (range >> 11) * probability
  const isOne = code >= bound
  if (isOne) {
    code -= bound
    range -= bound
    store<u16>(at, probability - (probability >> 5))
  } else {
    range = bound
    store<u16>(at, probability + ((2048 - probability) >> 5))
  }
  narrow()
  return i32(isOne)
}

/** Bits of even chance, the highest first. */
function takeEven(bits: i32): i32 {
  let value = 0
  for (let i = 0; i != bits; i++) {
    const bound = (range >> 11) << 10
    const isOne = code >= bound
    if (isOne) {
      code -= bound
      range -= bound
    } else {
      range = bound
    }
    narrow()
    value = (value << 1) + i32(isOne)
  }
  return value
}

function takeTree(at: i32, bits: i32): i32 {
  let node = 1
  for (let i = 0; i != bits; i++) node = (node << 1) + take(at + node)
  return node - (1 << bits)
}

/** The same, the lowest bit first. */
function takeReverseTree(at: i32, bits: i32): i32 {
  let node = 1
  let value = 0
  for (let i = 0; i != bits; i++) {
    const bit = take(at + node)
    node = (node << 1) + bit
    value += bit << i
  }
  return value
}

function takeLength(at: i32): i32 {
  if (!take(at)) return 2 + takeTree(at + 1, 3)
  if (!take(at + 1)) return 10 + takeTree(at + 9, 3)
  return 18 + takeTree(at + 17, 8)
}

function takeDistance(length: i32): i32 {
  const class_ = min(length - 2, 3)
  const slot = takeTree(${UNPACK.slot} + (class_ << 6), 6)
  if (slot < 4) return slot + 1
  const low = (slot >> 1) - 1
  const high = (2 + (slot & 1)) << low
  if (slot < 14) return high + takeReverseTree(${UNPACK.lowBits} + ((slot - 4) << 6), low) + 1
  const middle = takeEven(low - 4) << 4
  return high + middle + takeReverseTree(${UNPACK.align}, 4) + 1
}

function takeLiteral(to: i32, state: i32, distance: i32): i32 {
  const before: i32 = load<u8>(to - 1)
  const at = ${UNPACK.literal} + 768 * (before >> ${8 - UNPACK.literalBits})
  let node = 1
  if (state > 2) {
    let hint: i32 = load<u8>(to - distance)
    while (node < 256) {
      const hinted = (hint >> 7) & 1
      hint <<= 1
      const bit = take(at + ((hinted + 1) << 8) + node)
      node = (node << 1) + bit
      if (bit != hinted) break
    }
  }
  while (node < 256) node = (node << 1) + take(at + node)
  return node
}

/** Unpacks the first \`length\` octets. */
export function unpack(length: i32): void {
  for (let i = 0; i != ${UNPACK.probabilityCount}; i++) store<u16>(i << 1, 1024)
  range = 0xffffffff
  code = bswap(load<u32>(${UNPACK.packed}))
  from = ${UNPACK.packed + 4}
  let state = 0
  let first = 1
  let second = 1
  let third = 1
  let fourth = 1
  let to = ${UNPACK.unpacked}
  const end = to + length
  while (to < end) {
    const before = state / 3
    if (!take(${UNPACK.isMatch} + state)) {
      store<u8>(to, takeLiteral(to, state, first))
      to += 1
      state = before
      continue
    }
    let count: i32
    if (take(${UNPACK.isRepeat} + state)) {
      if (take(${UNPACK.isFirst} + state)) {
        let distance = second
        if (take(${UNPACK.isSecond} + state)) {
          distance = third
          if (take(${UNPACK.isThird} + state)) {
            distance = fourth
            fourth = third
          }
          third = second
        }
        second = first
        first = distance
        count = takeLength(${UNPACK.repeatLength})
      } else {
        count = take(${UNPACK.isLong} + state) ? takeLength(${UNPACK.repeatLength}) : 1
      }
      state = before + 6
    } else {
      fourth = third
      third = second
      second = first
      count = takeLength(${UNPACK.matchLength})
      first = takeDistance(count)
      state = before + 3
    }
    for (let i = 0; i != count; i++) {
      store<u8>(to, load<u8>(to - first))
      to += 1
    }
  }
}
`
}
