/**
 * What a module remembers: tables and combs of keys, and what is made once.
 * @module
 */
import { answerDigest, CURVE_ANSWERS } from '../../src/curve-answers.ts'
import { equalOctets, littleEndianToNumber, octetsOfHex } from '../../src/octets.ts'
import type { Inside } from './inside.fixture.ts'

/** Tables of keys, combs of frequent ones, and who has to make place. */
export function checkKeys(inside: Inside): void {
  const { curve, probe } = inside
  const { byteLength } = curve
  const combs = byteLength === 32 ? 8 : 4
  const blind = [3n, 5n] as const
  const keys = Array.from({ length: 66 }, (_, i) => probe.derive(BigInt(i + 2) ** 41n, blind))
  const slotOf = (i: number): number => {
    const key = keys[i]
    if (key === undefined) return -2
    inside.put(inside.at('key'), key.x)
    inside.put(inside.at('key') + byteLength, key.y)

    return inside.call('slotOf', inside.at('key'))
  }
  // Anew: nothing is ready, so a comb for a key must make that of G too.
  inside.reset()
  inside.expect('clock', inside.variable('clock').value === 0)
  for (let i = 0; i < 64; i++) inside.expect('a free slot', slotOf(i) === i)
  inside.expect('the same slot', slotOf(0) === 0 && inside.word('uses', 0) === 2)
  inside.expect('the stamp', inside.word('stamps', 0) === 65)
  inside.expect('the oldest slot', slotOf(64) === 1 && slotOf(65) === 2)
  inside.expect('its use', inside.word('uses', 1) === 1)
  for (let i = 1; i < 15; i++) slotOf(3)
  inside.expect('no comb yet', inside.call('combOf', 3) === 0 && inside.word('uses', 3) === 15)
  inside.expect('no comb of G', inside.variable('isCombReady').value === 0)
  slotOf(3)
  inside.expect('a comb', inside.call('combOf', 3) === inside.at('keyCombs'))
  inside.expect('a comb of G', inside.variable('isCombReady').value === 1)
  inside.expect(
    'its owner',
    inside.word('combOwners', 0) === 4 && inside.word('ownedCombs', 3) === 1,
  )
  inside.expect('the next oldest', slotOf(1) === 4)
  inside.setWord('stamps', 3, 1)
  inside.expect('the owner stays', slotOf(2) === 5 && slotOf(3) === 3)
  // All combs taken: a key gets one when its owner comes less than half as often.
  const give = (slot: number, count: number): void => {
    inside.setWord('uses', slot, count - 1)
    slotOf(slot)
  }
  inside.setWord('uses', 3, 1000)
  for (let i = 1; i < combs; i++) give(8 + i, 48)
  inside.expect(
    'all combs',
    Array.from({ length: combs - 1 }, (_, i) => inside.word('ownedCombs', 9 + i) === i + 2).every(
      Boolean,
    ),
  )
  inside.setWord('uses', 3, 24)
  give(30, 48)
  inside.expect('no comb for as many', inside.call('combOf', 30) === 0)
  inside.setWord('uses', 3, 23)
  const others = (): Uint8Array =>
    inside.octets('keyCombs', inside.size('keyCombs')).slice(inside.size('keyCombs') / combs)
  const before = others()
  give(30, 48)
  inside.expect('the other combs stay', equalOctets(before, others()))
  inside.expect('the comb of a rarer key', inside.word('ownedCombs', 30) === 1)
  inside.expect('its owner of before', inside.word('ownedCombs', 3) === 0)
  give(30, 112)
  inside.expect('one comb for a key', inside.word('combOwners', 1) === 10)
  inside.variable('clock').value = 65_534
  inside.setWord('uses', 40, 10)
  inside.setWord('uses', 63, 10)
  inside.setWord('uses', 0, 10)
  slotOf(41)
  inside.expect('counts stay', inside.word('uses', 40) === 10)
  slotOf(42)
  inside.expect(
    'counts are halved',
    [0, 40, 63].every((slot) => inside.word('uses', slot) === 5),
  )
  inside.call('forgetKeys')
  const areas = [
    ['stamps', 256],
    ['uses', 256],
    ['ownedCombs', 256],
    ['combOwners', 4 * combs],
  ] as const
  inside.expect(
    'all is forgotten',
    inside.variable('clock').value === 0 &&
      areas.every(([place, length]) => inside.octets(place, length).every((octet) => octet === 0)),
  )
}

/** What is ready is not made again. */
export function checkReadiness(inside: Inside): void {
  for (const [prepare, place] of [
    ['prepareComb', 'secretComb'],
    ['prepareBase', 'baseTable'],
  ] as const) {
    inside.call(prepare)
    const start = inside.octets(place, 16)
    start.fill(0x33)
    inside.call(prepare)
    inside.expect(
      prepare,
      start.every((octet) => octet === 0x33),
    )
  }
  // Whoever verifies many first makes the table of G too.
  inside.reset()
  const { curve, probe } = inside
  const answer = CURVE_ANSWERS[curve.name]
  const [x, y, r, s] = [answer.publicKey, answer.signature].flatMap((hex) => {
    const octets = octetsOfHex(hex)

    return [0, curve.byteLength].map((from) =>
      littleEndianToNumber(octets.subarray(from, from + curve.byteLength)),
    )
  })
  if (x === undefined || y === undefined || r === undefined || s === undefined) {
    throw new Error(`${curve.name} has no answer`)
  }
  const e = littleEndianToNumber(answerDigest(curve.byteLength))
  inside.expect('many first', probe.verifyBatch([{ x, y, e, r, s }])[0] === 1)
  inside.reset()
}
