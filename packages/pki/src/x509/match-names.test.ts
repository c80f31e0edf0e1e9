import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { buildName, type NameAttributeInput } from './build-name.ts'
import { foldText, isSelfIssued, isWithinName, matchNames, nameKey } from './match-names.ts'
import { type Name, parseName } from './name.ts'
import { attributeOid } from './oids.ts'

const name = (...attributes: readonly NameAttributeInput[]): Name =>
  parseName(buildName(attributes))

/** A name of one RDN with the parts in this order, each of a string type. */
const oneRdn = (...parts: readonly (readonly [type: string, value: Uint8Array])[]): Name =>
  parseName(
    der.sequence(
      der.setOf(
        ...parts.map(([type, value]) => der.sequence(der.oid(attributeOid(type) ?? ''), value)),
      ),
    ),
  )

describe('names are the same', () => {
  it.each([
    ['in another case', 'Test CA', 'tEST ca'],
    ['in another case of Cyrillic', 'Удостоверяющий Центр', 'УДОСТОВЕРЯЮЩИЙ ЦЕНТР'],
    ['with other white space', 'Test CA', '  Test \t  CA '],
    ['with a space that does not break', 'Test CA', 'Test\u00a0CA'],
    ['with a soft hyphen', 'Certificate', 'Certi\u00adficate'],
    ['with a zero-width space', 'Certificate', 'Certi\u200bficate'],
    ['with a variation selector', 'Certificate', 'Certificate\ufe0f'],
    ['in compatibility forms', 'fi CA 1', 'ﬁ CA １'],
    ['composed otherwise', 'Йод', 'И\u0306од'],
  ])('%s', (_name, left, right) => {
    expect(matchNames(name(['CN', left]), name(['CN', right]))).toBe(true)
    expect(foldText(left)).toBe(foldText(right))
  })

  it('in another string type', () => {
    const types = [der.utf8('Test CA'), der.printable('Test CA'), der.ia5('TEST CA')]
    const names = types.map((value) => oneRdn(['CN', value]))
    for (const left of names) {
      for (const right of names) {
        expect(matchNames(left, right)).toBe(true)
      }
    }
  })

  it('with the parts of one RDN in another order', () => {
    const left = oneRdn(['CN', der.utf8('a')], ['OU', der.utf8('Some longer part')])
    const right = oneRdn(['CN', der.utf8('A')], ['OU', der.printable('Some longer part')])
    expect(matchNames(left, right)).toBe(true)
  })
})

describe('names differ', () => {
  it.each([
    ['in a letter', name(['CN', 'a']), name(['CN', 'b'])],
    ['in a type', name(['CN', 'a']), name(['OU', 'a'])],
    ['in the order of RDNs', name(['C', 'KZ'], ['O', 'a']), name(['O', 'a'], ['C', 'KZ'])],
    ['in length', name(['C', 'KZ'], ['O', 'a']), name(['C', 'KZ'])],
    [
      'in what is one RDN',
      name(['CN', 'a'], ['OU', 'b']),
      oneRdn(['CN', der.utf8('a')], ['OU', der.utf8('b')]),
    ],
    ['in a space between words', name(['CN', 'TestCA']), name(['CN', 'Test CA'])],
    ['in a value that is no text', oneRdn(['CN', der.integer(1)]), oneRdn(['CN', der.integer(2)])],
  ])('%s', (_name, left, right) => {
    expect(matchNames(left, right)).toBe(false)
    expect(matchNames(left, left)).toBe(true)
  })

  it('and plain words fold as they do beside a character that folds to nothing', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(' ', '  '), fc.string({ maxLength: 1 })),
    })
    fc.assert(
      fc.property(text, (value) => {
        expect(foldText(value)).toBe(foldText(`${value}\u00ad`))
      }),
    )
  })

  it('whatever a value holds: no text passes for a boundary', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '=', '\u0001', '\u0002', ',', '2') })
    fc.assert(
      fc.property(part, part, (left, right) => {
        const one = name(['CN', `${left}a`], ['CN', `a${right}`])
        const other = name(['CN', `${left}a\u0002${attributeOid('CN')}=a${right}`])
        expect(nameKey(one)).not.toBe(nameKey(other))
      }),
    )
  })
})

describe('a name lies within another', () => {
  const base = name(['C', 'KZ'], ['O', 'Ромашка'])

  it('when its first RDNs are those of the other', () => {
    expect(isWithinName(name(['C', 'kz'], ['O', 'РОМАШКА'], ['CN', 'x']), base)).toBe(true)
    expect(isWithinName(base, base)).toBe(true)
    expect(isWithinName(base, name())).toBe(true)
    expect(isWithinName(name(['C', 'KZ']), base)).toBe(false)
    expect(isWithinName(name(['C', 'KZ'], ['CN', 'x'], ['O', 'Ромашка']), base)).toBe(false)
    expect(isWithinName(name(['O', 'x'], ['C', 'KZ'], ['O', 'Ромашка']), base)).toBe(false)
  })

  it('and a certificate is self-issued when both of its names are the same', () => {
    expect(isSelfIssued({ issuer: base, subject: name(['C', 'kz'], ['O', 'ромашка']) })).toBe(true)
    expect(isSelfIssued({ issuer: base, subject: name(['C', 'KZ']) })).toBe(false)
  })
})
