import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestContent } from '../cms/digest-content.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { codeOf, codeOfAsync } from '../test-support/code-of.ts'
import { BerStream, type BerStreamLimits } from './ber-stream.ts'
import { concatOctets, joinOctets, toHex } from './bytes.ts'
import { universalTag } from './node.ts'
import { OctetReader } from './octet-reader.ts'
import type { OctetSource } from './octet-source.ts'
import { readBer } from './read.ts'
import { der } from './write.ts'

const sequence = { class: 'universal', tag: universalTag.sequence } as const

/** The octets in pieces of the given sizes, again and again. */
async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let offset = 0, turn = 0; offset < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(offset, offset + size)
    offset += size
  }
}

const streamOf = (source: OctetSource, limits: BerStreamLimits = {}): BerStream =>
  new BerStream(new OctetReader(source), limits)

const joined = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) {
    parts.push(piece)
  }
  return joinOctets(parts)
}

/** Reads SEQUENCE { content OCTET STRING, rest }. */
const read = async (source: OctetSource, limits?: BerStreamLimits) => {
  const ber = streamOf(source, limits)
  await ber.enter(sequence)
  const content = await joined(ber.octetPieces())
  const rest = await ber.readRest()
  await ber.leave()
  await ber.finish()
  return { content, rest }
}

const open = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  concatOctets(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0))

const abc = der.octets(Uint8Array.of(1, 2, 3))
const d = der.octets(Uint8Array.of(4))
const integer = der.integer(70_000)

/** Any BER spelling of SEQUENCE { OCTET STRING, INTEGER, SET { INTEGER } }. */
const spellings = fc
  .record({ isOuterOpen: fc.boolean(), isSetOpen: fc.boolean() })
  .chain(({ isOuterOpen, isSetOpen }) => {
    const { string } = fc.letrec<{ string: Uint8Array; parts: Uint8Array }>((tie) => ({
      string: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.uint8Array({ maxLength: 40 }).map((octets) => der.octets(octets)),
        tie('parts'),
      ),
      parts: fc
        .tuple(fc.boolean(), fc.array(tie('string'), { minLength: 1, maxLength: 4 }))
        .map(([isOpen, parts]) => {
          const body = joinOctets(parts)
          const definite = Uint8Array.from(der.octets(body))
          definite[0] = 0x24
          return isOpen ? open(0x24, body) : definite
        }),
    }))
    return string.map((content) => {
      const set = isSetOpen ? open(0x31, integer) : der.set(integer)
      const parts = [content, integer, set]
      return isOuterOpen ? open(0x30, ...parts) : der.sequence(...parts)
    })
  })

describe('BerStream', () => {
  it('reads what readBer reads, however the octets arrive', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(spellings, sizes, async (bytes, pieces) => {
        const whole = readBer(bytes)
        const joinParts = (node: (typeof whole)['children'][number] | undefined): Uint8Array =>
          node === undefined || !node.constructed
            ? (node?.content ?? new Uint8Array())
            : joinOctets(node.children.map(joinParts))
        const { content, rest } = await read(inPieces(bytes, pieces))
        expect(toHex(content)).toBe(toHex(joinParts(whole.children[0])))
        expect(rest.map((node) => toHex(node.bytes))).toEqual(
          whole.children.slice(1).map((node) => toHex(node.bytes)),
        )
      }),
    )
  })

  it('refuses what readBer refuses, by the same code or a nearer one, and accepts no other', async () => {
    const flips = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(spellings, flips, fc.boolean(), async (bytes, [at, mask], isCut) => {
        const changed = Uint8Array.from(isCut ? bytes.subarray(0, at % bytes.length) : bytes)
        if (!isCut) {
          changed[at % bytes.length] = (changed[at % bytes.length] ?? 0) ^ mask
        }
        const streamed = await codeOfAsync(read(inPieces(changed, [3])))
        expect(streamed).not.toContain('not a PkiError')
        if (streamed === 'accepted') {
          expect(codeOf(() => readBer(changed))).toBe('accepted')
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, string, Uint8Array]>([
    ['an octet after the value', 'asn1.trailing-octets', concatOctets(der.sequence(abc), d)],
    ['an open value without its end', 'asn1.unterminated', Uint8Array.of(0x30, 0x80, ...abc)],
    ['a content that is cut', 'asn1.truncated', der.sequence(abc).subarray(0, -1)],
    ['a part longer than what holds it', 'asn1.truncated', Uint8Array.of(0x30, 3, 0x04, 2, 1)],
    ['a content of another type', 'cms.bad-content', der.sequence(der.utf8('abc'))],
    ['a part of another type', 'cms.bad-content', der.sequence(open(0x24, der.utf8('abc')))],
    ['a constructed empty content', 'cms.bad-content', der.sequence(Uint8Array.of(0x24, 0))],
    ['no content', 'asn1.missing', der.sequence()],
    ['another outer type', 'asn1.unexpected-type', der.set(abc)],
    ['a primitive SEQUENCE', 'asn1.constructed-expected', Uint8Array.of(0x10, 0)],
    ['a bad INTEGER in the rest', 'asn1.bad-integer', der.sequence(abc, Uint8Array.of(2, 2, 0, 1))],
  ])('refuses %s: %s', async (_name, code, bytes) => {
    expect(await codeOfAsync(read(inPieces(bytes, [2])))).toBe(code)
  })

  it('leaves no value with more inside', async () => {
    const ber = streamOf(der.sequence(abc, d))
    await ber.enter(sequence)
    await joined(ber.octetPieces())
    expect(await codeOfAsync(ber.leave())).toBe('asn1.unexpected-type')
  })

  it('keeps the limits on depth, nodes and octets that are kept', async () => {
    let deep: Uint8Array = abc
    for (let level = 0; level < 70; level += 1) {
      deep = open(0x24, deep)
    }
    expect(await codeOfAsync(read(der.sequence(deep)))).toBe('asn1.too-deep')
    const many = der.sequence(abc, ...Array.from({ length: 50 }, () => integer))
    expect(await codeOfAsync(read(many, { maxNodes: 50 }))).toBe('accepted')
    expect(await codeOfAsync(read(many, { maxNodes: 49 }))).toBe('asn1.too-many-nodes')
    const large = der.sequence(abc, der.octets(new Uint8Array(1000)))
    expect(await codeOfAsync(read(large, { maxWholeBytes: 1004 }))).toBe('accepted')
    expect(await codeOfAsync(read(large, { maxWholeBytes: 1003 }))).toBe('asn1.too-large')
  })

  it('asks for no octet of a value that is beyond the limit', async () => {
    let asked = 0
    const source = {
      size: 2 ** 40,
      read: (offset: number, length: number) => {
        asked += 1
        const octets = new Uint8Array(length)
        if (offset === 0) {
          octets.set([0x30, 0x86, 0, 0xff, 0, 0, 0, 0, 0x04, 0, 0x04, 0x85, 0x80, 0, 0, 0, 0])
        }
        return octets
      },
    }
    expect(await codeOfAsync(read(source))).toBe('asn1.too-large')
    expect(asked).toBeLessThan(5)
  })
})

describe('a source', () => {
  it('that ends before its size is refused by a code', async () => {
    const source = { size: 10, read: () => new Uint8Array() }
    expect(await codeOfAsync(read(source))).toBe('source.cut')
  })

  it('may give fewer octets than asked for', async () => {
    const bytes = der.sequence(abc, integer)
    const source = {
      size: bytes.length,
      read: (offset: number) => bytes.slice(offset, offset + 2),
    }
    expect((await read(source)).content).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('may fill the array that it is handed, and give other pieces in between', async () => {
    const bytes = Uint8Array.from({ length: 900_000 }, (_, index) => index % 251)
    const filling = {
      size: bytes.length,
      read: (offset: number, length: number, into?: Uint8Array) => {
        const part = bytes.subarray(
          offset,
          offset + Math.min(length, offset % 3 === 0 ? 99_999 : 7),
        )
        if (into === undefined) {
          return part
        }
        into.set(part)
        return into.subarray(0, part.length)
      },
    }
    const { digest } = await digestContent(filling, [algorithmOid.sha256])
    expect(digest(algorithmOid.sha256)).toEqual(digestOf(algorithmOid.sha256, bytes))
  })

  it('of no octets is empty', async () => {
    expect(await codeOfAsync(read(new Uint8Array()))).toBe('asn1.truncated')
    expect(await codeOfAsync(read({ size: 0, read: () => new Uint8Array() }))).toBe(
      'asn1.truncated',
    )
  })
})
