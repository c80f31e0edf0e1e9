import { randomBytes } from 'node:crypto'
import { type IdKind, type IdSource, idPrefix } from '@muhr/envelope'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Prefixes of ids that the domain does not know. */
const ownPrefix = { user: 'usr', 'api-key': 'key' } as const
export type OwnKind = keyof typeof ownPrefix

/**
 * Ids that sort by the time they were made: `prefix_` + 26 characters of Crockford base 32
 * (48 bits of milliseconds, 80 random bits; the ULID layout), strictly rising within this process.
 */
export function createIds(now: () => number = Date.now): IdSource & {
  readonly own: (kind: OwnKind) => string
} {
  let lastTime = 0
  let tail = 0n
  const ulid = (): string => {
    const time = Math.max(now(), lastTime)
    tail =
      time === lastTime && tail + 1n < 1n << 80n
        ? tail + 1n
        : BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n
    lastTime = time
    let value = (BigInt(time) << 80n) | tail
    let text = ''
    for (let index = 0; index < 26; index += 1) {
      text = alphabet.charAt(Number(value & 31n)) + text
      value >>= 5n
    }

    return text
  }

  return {
    next: (kind: IdKind) => `${idPrefix[kind]}_${ulid()}`,
    own: (kind: OwnKind) => `${ownPrefix[kind]}_${ulid()}`,
  }
}
