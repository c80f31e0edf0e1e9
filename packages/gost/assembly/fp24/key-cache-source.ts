/**
 * The AssemblyScript that remembers keys: the table of each of the last keys, found good once; and
 * combs of those that come most often, as keys of authorities do. Public values alone are kept.
 * @module
 */
import { publicCombBytes, publicWindows } from './comb-source.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'
import { keyWidth } from './verify-source.ts'
import { entryBytes } from './weierstrass-source.ts'

/** Keys whose tables are kept. */
const SLOTS = 64
/** Uses of a key between two questions whether it is worth a comb. */
const USES_PER_QUESTION = 16
/** Uses of all keys after which all counts are halved, so that old habits are forgotten. */
const USES_PER_HALVING = 65_536

export function keyCacheSource(shape: Shape, layout: Layout): string {
  const { byteLength } = shape
  const combs = byteLength === 32 ? 8 : 4
  const table = (1 << (keyWidth(shape) - 2)) * entryBytes(shape)
  const keys = layout.place('cachedKeys', SLOTS * 2 * byteLength)
  const stamps = layout.place('stamps', 4 * SLOTS)
  const uses = layout.place('uses', 4 * SLOTS)
  const owned = layout.place('ownedCombs', 4 * SLOTS)
  const owners = layout.place('combOwners', 4 * combs)
  const tables = layout.place('keyTables', SLOTS * table)
  const combArea = layout.place('keyCombs', combs * publicCombBytes(shape))

  return `
let clock: u32

/** Forgets every key. */
export function forgetKeys(): void {
  clock = 0
  memory.fill(${stamps}, 0, ${4 * SLOTS})
  memory.fill(${uses}, 0, ${4 * SLOTS})
  memory.fill(${owned}, 0, ${4 * SLOTS})
  memory.fill(${owners}, 0, ${4 * combs})
}

/** The slot of a key, -1 for one that is none. */
function slotOf(key: usize): i32 {
  clock++
  if (clock % ${USES_PER_HALVING} == 0) {
    for (let i: usize = 0; i < ${4 * SLOTS}; i += 4) store<u32>(${uses} + i, load<u32>(${uses} + i) >> 1)
  }
  const start = load<u64>(key)
  let oldest: usize = 0
  let age: u32 = 0xffffffff
  for (let i: usize = 0; i < ${SLOTS}; i++) {
    const stamp = load<u32>(${stamps} + 4 * i)
    const kept = ${keys} + i * ${2 * byteLength}
    if (load<u64>(kept) == start && stamp != 0 && isEqual(kept, key, ${2 * byteLength})) {
      store<u32>(${stamps} + 4 * i, clock)
      const count = load<u32>(${uses} + 4 * i) + 1
      store<u32>(${uses} + 4 * i, count)
      if (count % ${USES_PER_QUESTION} == 0) giveComb(i, count)

      return i32(i)
    }
    // A key that owns a comb keeps its slot.
    if (stamp < age && load<u32>(${owned} + 4 * i) == 0) {
      age = stamp
      oldest = i
    }
  }
  if (examineKey(key) != 0) return -1
  memory.copy(${keys} + oldest * ${2 * byteLength}, key, ${2 * byteLength})
  store<u32>(${stamps} + 4 * oldest, clock)
  store<u32>(${uses} + 4 * oldest, 1)
  startKey()
  fillTable(${tables} + oldest * ${table})

  return i32(oldest)
}

function tableOf(slot: i32): usize {
  return ${tables} + usize(slot) * ${table}
}

/** The comb of a slot, or 0. */
function combOf(slot: i32): usize {
  const owned = load<u32>(${owned} + 4 * usize(slot))

  return owned == 0 ? 0 : ${combArea} + usize(owned - 1) * ${publicCombBytes(shape)}
}

/** Gives the key of a slot a comb: a free one, or that of a key which comes less than half as often. */
function giveComb(slot: usize, count: u32): void {
  if (load<u32>(${owned} + 4 * slot) != 0) return
  for (let i: usize = 0; i < ${combs}; i++) {
    const owner = load<u32>(${owners} + 4 * i)
    if (owner != 0) {
      if (load<u32>(${uses} + 4 * usize(owner - 1)) >= count >> 1) continue
      store<u32>(${owned} + 4 * usize(owner - 1), 0)
    }
    store<u32>(${owners} + 4 * i, u32(slot) + 1)
    store<u32>(${owned} + 4 * slot, u32(i) + 1)
    prepareComb()
    takeKey(${keys} + slot * ${2 * byteLength})
    startKey()
    fillComb(${combArea} + i * ${publicCombBytes(shape)}, ${publicWindows(shape)})

    return
  }
}
`
}
