import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { checkEventChain, genesisHash } from './event-chain.ts'
import { chainEvents } from './testing/make-evidence.ts'

describe('canonical JSON', () => {
  it('is JSON of the same value, whatever order its keys came in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value)
        const backwards = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(backwards)).toBe(text)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ b: undefined, a: [null, 'я'] })).toBe('{"a":[null,"я"]}')
  })
})

describe('the chain of events', () => {
  const events = chainEvents('e', ['a', 'b', 'c', 'd'])

  it('is intact as it was written, and when it is empty', () => {
    expect(events[0]?.prevHash).toBe(genesisHash)
    expect(checkEventChain(events)).toEqual({ intact: true })
    expect(checkEventChain([])).toEqual({ intact: true })
  })

  it('names the first event that does not continue it', () => {
    const change = (index: number, fields: object) =>
      events.map((event, at) => (at === index ? { ...event, ...fields } : event))
    expect(checkEventChain(change(1, { type: 'x' }))).toEqual({ intact: false, brokenAt: 2 })
    expect(checkEventChain(change(2, { data: {} }))).toEqual({ intact: false, brokenAt: 3 })
    expect(checkEventChain(change(0, { hash: genesisHash }))).toEqual({
      intact: false,
      brokenAt: 1,
    })
    expect(checkEventChain(events.slice(1))).toEqual({ intact: false, brokenAt: 2 })
    expect(checkEventChain([events[0], events[2]].flatMap((each) => each ?? []))).toEqual({
      intact: false,
      brokenAt: 3,
    })
  })
})
