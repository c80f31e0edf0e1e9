import { randomFillSync } from 'node:crypto'
import { type IdKind, type IdSource, idPrefix } from '@muhr/envelope'

/** Crockford base 32, lower case. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const timeDigits = 10
const tailDigits = 16

/** Prefixes of ids that the domain does not know. */
const ownPrefix = {
  user: 'usr',
  'api-key': 'key',
  'kept-seal': 'kse',
  'signer-key': 'sky',
  'workbench-account': 'wba',
  'workbench-service': 'wbs',
  'workbench-order': 'wbo',
  'workbench-file': 'wbf',
  'workbench-call': 'wbc',
} as const
export type OwnKind = keyof typeof ownPrefix

/**
 * Ids that sort by the time they were made: `prefix_` + 26 characters of Crockford base 32
 * (48 bits of milliseconds, 80 random bits; the ULID layout), strictly rising within this process.
 */
export function createIds(now: () => number = Date.now): IdSource & {
  readonly own: (kind: OwnKind) => string
} {
  const digitOf = createDigits()
  const tail = new Uint8Array(tailDigits)
  let lastTime = -1
  let head = ''
  const ulid = (): string => {
    const time = Math.max(now(), lastTime)
    if (time !== lastTime) {
      lastTime = time
      head = textOf(time)
      fill(tail, digitOf)
    } else if (!increment(tail)) {
      throw new Error('more ids than 80 bits can tell apart within a millisecond')
    }
    let text = head
    for (const digit of tail) {
      text += alphabet.charAt(digit)
    }

    return text
  }

  return {
    next: (kind: IdKind) => `${idPrefix[kind]}_${ulid()}`,
    own: (kind: OwnKind) => `${ownPrefix[kind]}_${ulid()}`,
  }
}

function textOf(time: number): string {
  let text = ''
  for (let left = time, index = 0; index < timeDigits; index += 1) {
    text = alphabet.charAt(left % 32) + text
    left = Math.floor(left / 32)
  }

  return text
}

/** A random tail whose first bit is zero, so that counting on from it does not overflow. */
function fill(tail: Uint8Array, digitOf: () => number): void {
  for (let index = 0; index < tailDigits; index += 1) {
    tail[index] = digitOf()
  }
  tail[0] = (tail[0] ?? 0) & 15
}

function increment(tail: Uint8Array): boolean {
  for (let index = tailDigits - 1; index >= 0; index -= 1) {
    const digit = (tail[index] ?? 0) + 1
    tail[index] = digit & 31
    if (digit < 32) {
      return true
    }
  }

  return false
}

/** Random base-32 digits out of a pool, since asking the system for a few bytes costs as much as for many. */
function createDigits(): () => number {
  const pool = new Uint8Array(4096)
  let position = pool.length

  return () => {
    if (position === pool.length) {
      randomFillSync(pool)
      position = 0
    }
    const digit = (pool[position] ?? 0) & 31
    // What was handed out is kept nowhere.
    pool[position] = 0
    position += 1

    return digit
  }
}
