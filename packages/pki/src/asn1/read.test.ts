import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PkiErrorCode } from '../error.ts'
import { codeOf } from '../test-support/code-of.ts'
import { asUniversal, expectSequence, integerOf, octetsOf, oidOf } from './access.ts'
import { fromHex, toHex } from './bytes.ts'
import { readBer, readDer } from './read.ts'
import { der } from './write.ts'

/** Hostile octets, the code that refuses them, and a twin that differs in the fault alone. */
const hostile: readonly [name: string, octets: string, code: PkiErrorCode, twin: string][] = [
  ['octets after the value', '30030201050500', 'asn1.trailing-octets', '3003020105'],
  ['indefinite length', '30800201050000', 'asn1.indefinite-length', '3003020105'],
  ['long form of a short length', '3081030201 05', 'asn1.non-minimal-length', '3003020105'],
  ['length with a leading zero', '3082000302 0105', 'asn1.non-minimal-length', '3003020105'],
  ['reserved length octet', '30ff', 'asn1.bad-length', '3000'],
  ['length beyond the end', '3004020105', 'asn1.truncated', '3003020105'],
  ['length of 126 octets', `30fe${'ff'.repeat(126)}`, 'asn1.bad-length', '3000'],
  ['part longer than its whole', '3003020205', 'asn1.truncated', '3003020105'],
  ['not even a header', '30', 'asn1.truncated', '3000'],
  ['nothing', '', 'asn1.truncated', '0500'],
  ['INTEGER with a needless zero', '02020005', 'asn1.bad-integer', '020105'],
  ['INTEGER with a needless FF', '0202ff85', 'asn1.bad-integer', '020185'],
  ['empty INTEGER', '0200', 'asn1.bad-integer', '020100'],
  ['BOOLEAN that is neither 00 nor FF', '010101', 'asn1.bad-boolean', '0101ff'],
  ['BOOLEAN of two octets', '0102ffff', 'asn1.bad-boolean', '010100'],
  ['NULL with content', '050100', 'asn1.bad-null', '0500'],
  ['OID with a padded arc', '06042a800301', 'asn1.bad-oid', '06022a03'],
  ['OID cut in an arc', '06022a83', 'asn1.bad-oid', '06022a03'],
  ['empty OID', '0600', 'asn1.bad-oid', '06012a'],
  ['BIT STRING with unused bits set', '03020101', 'asn1.bad-bits', '03020102'],
  ['BIT STRING with eight unused bits', '03020800', 'asn1.bad-bits', '03020700'],
  ['BIT STRING with unused bits of nothing', '030101', 'asn1.bad-bits', '030100'],
  ['empty BIT STRING', '0300', 'asn1.bad-bits', '030100'],
  ['OCTET STRING in parts', '240404020102', 'asn1.constructed-string', '04020102'],
  ['constructed INTEGER', '2203020105', 'asn1.primitive-expected', '020105'],
  ['primitive SEQUENCE', '1000', 'asn1.constructed-expected', '3000'],
  ['unsorted SET OF', '3106020106020105', 'asn1.set-order', '3106020105020106'],
  ['small tag in the long form', 'bf0100', 'asn1.non-minimal-tag', 'a100'],
  ['long tag with an empty octet', 'bf8021 00', 'asn1.non-minimal-tag', 'bf2100'],
  ['tag beyond all reason', 'bfffffffffff7f00', 'asn1.bad-tag', 'bf2100'],
  ['end-of-contents as a value', '30020000', 'asn1.bad-tag', '3000'],
]

describe('readDer refuses', () => {
  it.each(hostile)('%s', (_name, octets, code, twin) => {
    expect(codeOf(() => readDer(fromHex(octets.replaceAll(' ', ''))))).toBe(code)
    expect(codeOf(() => readDer(fromHex(twin)))).toBe('accepted')
  })

  it('nesting beyond the limit', () => {
    const nest = (levels: number): Uint8Array =>
      levels === 0 ? der.null() : der.sequence(nest(levels - 1))
    expect(codeOf(() => readDer(nest(65)))).toBe('asn1.too-deep')
    expect(codeOf(() => readDer(nest(64)))).toBe('accepted')
    expect(codeOf(() => readDer(nest(65), { maxDepth: 65 }))).toBe('accepted')
  })

  it('nesting of a hundred thousand levels, without exhausting the stack', () => {
    expect(codeOf(() => readBer(fromHex('3080'.repeat(100_000))))).toBe('asn1.too-deep')
  })

  it('more values than the limit', () => {
    const flat = der.sequence(...Array.from({ length: 10 }, () => der.null()))
    expect(codeOf(() => readDer(flat, { maxNodes: 10 }))).toBe('asn1.too-many-nodes')
    expect(codeOf(() => readDer(flat, { maxNodes: 11 }))).toBe('accepted')
  })

  it('more octets than the limit', () => {
    const octets = der.octets(new Uint8Array(100))
    expect(codeOf(() => readDer(octets, { maxBytes: 101 }))).toBe('asn1.too-large')
    expect(codeOf(() => readDer(octets, { maxBytes: 102 }))).toBe('accepted')
  })
})

describe('readBer', () => {
  it('reads indefinite lengths and joins strings in parts', () => {
    const node = readBer(fromHex('308024800402010204010300000000'))
    expect(node.indefinite).toBe(true)
    expect(toHex(node.content)).toBe('248004020102040103' + '0000')
    expect(toHex(octetsOf(expectSequence(node)[0]))).toBe('010203')
  })

  it('joins a string in more parts than a call takes arguments', () => {
    const parts = Uint8Array.from(
      { length: 200_000 * 3 },
      (_value, index) => [4, 1, 7][index % 3] ?? 0,
    )
    const bytes = Buffer.concat([fromHex('2480'), parts, fromHex('0000')])
    expect(octetsOf(readBer(bytes, { maxNodes: 1_000_000 }))).toHaveLength(200_000)
  })

  it('refuses an indefinite length that is never closed', () => {
    expect(codeOf(() => readBer(fromHex('3080020105')))).toBe('asn1.unterminated')
    expect(codeOf(() => readBer(fromHex('308002010500')))).toBe('asn1.truncated')
    expect(codeOf(() => readBer(fromHex('30800201050000')))).toBe('accepted')
  })

  it('refuses an indefinite length on a primitive value', () => {
    expect(codeOf(() => readBer(fromHex('04800000')))).toBe('asn1.bad-length')
  })

  it('refuses parts of a string that are of another type', () => {
    expect(codeOf(() => octetsOf(readBer(fromHex('2403020105'))))).toBe('asn1.unexpected-type')
  })
})

describe('asUniversal', () => {
  it('puts the universal tag before the octets as they were received', () => {
    const implicit = readDer(der.context(0, [der.null(), der.integer(5)]))
    expect(toHex(asUniversal(implicit, 17).bytes)).toBe('31050500020105')
    const long = readDer(fromHex('bf2103020105'))
    expect(toHex(asUniversal(long, 16).bytes)).toBe('3003020105')
  })

  it('checks the content that the reader could not', () => {
    const padded = readDer(der.context(0, fromHex('0005'), { constructed: false }))
    expect(codeOf(() => asUniversal(padded, 2))).toBe('asn1.bad-integer')
    const minimal = readDer(der.context(0, fromHex('05'), { constructed: false }))
    expect(integerOf(asUniversal(minimal, 2))).toBe(5n)
  })
})

describe('laws', () => {
  const value = fc.letrec<{ value: Uint8Array }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.bigInt().map(der.integer),
      fc.boolean().map(der.boolean),
      fc.uint8Array().map(der.octets),
      fc.uint8Array().map((bytes) => der.bits(bytes)),
      fc.string({ unit: 'grapheme' }).map(der.utf8),
      fc.array(tie('value'), { maxLength: 4 }).map((parts) => der.sequence(...parts)),
      fc.array(tie('value'), { maxLength: 4 }).map((parts) => der.setOf(...parts)),
      fc
        .tuple(fc.nat(200), fc.array(tie('value'), { maxLength: 3 }))
        .map(([tag, parts]) => der.context(tag, parts)),
    ),
  })).value

  it('whatever the writer makes, both readers read whole', () => {
    fc.assert(
      fc.property(value, (bytes) => {
        expect(toHex(readDer(bytes).bytes)).toBe(toHex(bytes))
        expect(toHex(readBer(bytes).bytes)).toBe(toHex(bytes))
      }),
    )
  })

  it('integers and object identifiers survive the round trip', () => {
    fc.assert(
      fc.property(fc.bigInt(), (number) => {
        expect(integerOf(readDer(der.integer(number)))).toBe(number)
      }),
    )
    const arcs = fc.tuple(
      fc.constantFrom('0', '1', '2'),
      fc.nat(39),
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 128n }), { maxLength: 5 }),
    )
    fc.assert(
      fc.property(arcs, ([root, second, rest]) => {
        const oid = [root, second, ...rest].join('.')
        expect(oidOf(readDer(der.oid(oid)))).toBe(oid)
      }),
    )
  })

  it('no input makes a reader throw anything but a PkiError', () => {
    const damaged = fc
      .tuple(value, fc.nat(), fc.nat(255))
      .map(([bytes, at, octet]) =>
        Uint8Array.from(bytes).fill(octet, at % bytes.length, (at % bytes.length) + 1),
      )
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        for (const read of [readDer, readBer]) {
          expect(codeOf(() => read(bytes))).not.toContain('not a PkiError')
        }
      }),
      { numRuns: 2000 },
    )
  })
})
