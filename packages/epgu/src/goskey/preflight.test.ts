import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf, type PackageDocument } from './documents.ts'
import { type Breadth, requestLimits } from './limits.ts'
import { preflight } from './preflight.ts'
import type { GoskeyRecipient, GoskeyRequest } from './request.ts'
import { goskeyRules } from './rules.ts'
import { pdf, request18, request19, testSnils, txt } from './testing/requests.ts'
import { testNow } from './testing/test-pki.ts'

/** Every broken rule with its field. */
async function rulesOf(
  change: Partial<GoskeyRequest>,
  documents: readonly PackageDocument[] = [pdf('a.pdf')],
  breadth: Breadth = 'safe',
): Promise<readonly string[]> {
  const request = { ...request19, ...change }
  const violations = await preflight({ request, documents, sealedAt: testNow, breadth })
  for (const { rule } of violations) {
    expect(goskeyRules).toHaveProperty(rule)
  }

  return violations.map(({ rule, field }) => `${rule} ${field}`)
}

const many = (count: number): readonly PackageDocument[] =>
  Array.from({ length: count }, (_, index) => pdf(`doc ${index}.pdf`))

const inMs = (ms: number) => ({ expiresAt: new Date(testNow.getTime() + ms) })

describe('a package that keeps all rules', () => {
  it.each([
    ['profile 1.9', request19],
    ['profile 1.8', request18],
  ])('passes in %s', async (_, request) => {
    expect(await rulesOf(request, many(15))).toEqual([])
  })
})

/** Both PDF and XML by its beginning, so that the name alone is at fault. */
const polyglot = (name: string): PackageDocument => documentOf(name, Buffer.from('<!-- %PDF-1.7'))

describe('documents', () => {
  it('are fifteen at most, twenty or fifty where the profile says so', async () => {
    expect(await rulesOf({}, many(16))).toEqual(['documents-count documents'])
    expect(await rulesOf({}, many(20), 'profile')).toEqual([])
    expect(await rulesOf({}, many(21), 'profile')).toEqual(['documents-count documents'])
    expect(await rulesOf(request18, many(16), 'profile')).toEqual(['documents-count documents'])
    expect(await rulesOf({ service: 'treasury-ukep' }, many(50), 'profile')).toEqual([])
    expect(await rulesOf({ service: 'treasury-ukep' }, many(51), 'profile')).toHaveLength(1)
    expect(await rulesOf({}, [])).toEqual(['documents-missing documents'])
  })

  it('have 100,000,000 bytes together, and not one more', async () => {
    const big = (size: number): PackageDocument => ({ ...pdf('a.pdf'), size })
    expect(await rulesOf({}, [big(100_000_000)])).toEqual([])
    expect(await rulesOf({}, [big(100_000_001)])).toEqual(['documents-size documents'])
    expect(await rulesOf({}, [big(60_000_000), { ...big(50_000_000), name: 'b.pdf' }])).toEqual([
      'documents-size documents',
    ])
  })

  it.each([
    ['договор.pdf', 'name-characters', true],
    ['a.b.pdf', 'name-characters', true],
    ["o'k’, a.pdf", 'name-characters', true],
    ['a/b.pdf', 'name-characters', false],
    ['a\\b.pdf', 'name-characters', false],
    ['a№1.pdf', 'name-characters', false],
    ['.pdf', 'name-characters', false],
    [`${'a'.repeat(47)}.pdf`, 'name-length', false],
    ['a.docx', 'type-extension', false],
    ['a', 'type-extension', false],
    ['req.xml', 'name-reserved', false],
    ['REQ.XML', 'name-reserved', false],
    ['sign_config.xml', 'name-reserved', false],
    ['a.pdf.sig', 'name-reserved', false],
  ])('have names that are taken: %s', async (name, rule, isWide) => {
    expect(await rulesOf({}, [pdf('Doc_1 a.pdf')])).toEqual([])
    expect(await rulesOf({}, [polyglot(name)])).toEqual([`${rule} ${name}`])
    expect((await rulesOf({}, [polyglot(name)], 'profile')).length === 0).toBe(isWide)
  })

  it('have a name of fifty characters at most', async () => {
    expect(await rulesOf({}, [pdf(`${'a'.repeat(46)}.pdf`)])).toEqual([])
  })

  it('have no names that are equal but for case', async () => {
    expect(await rulesOf({}, [pdf('a.pdf'), pdf('b.pdf')])).toEqual([])
    expect(await rulesOf({}, [pdf('a.pdf'), pdf('A.PDF')])).toEqual(['name-duplicate A.PDF'])
  })

  const tiff = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])
  const windows1251 = Buffer.from([0xc4, 0xee, 0xe3, 0xee, 0xe2, 0xee, 0xf0])
  it.each([
    ['a.pdf', Buffer.from('%PDF-1.4'), Buffer.from('MZ%PDX'), 'type-content'],
    ['a.tif', tiff, Buffer.from('%PDF-1.4'), 'type-content'],
    ['a.tiff', Buffer.from([0x4d, 0x4d, 0, 0x2a]), Buffer.from('II'), 'type-content'],
    ['a.xml', Buffer.from('\ufeff\n<?xml version="1.0"?><a/>'), Buffer.from('{}'), 'type-content'],
    ['a.txt', Buffer.from('Договор'), Buffer.from([0x41, 0, 0x42]), 'text-encoding'],
    ['a.txt', windows1251, Buffer.from([0xe0, 0x98]), 'text-encoding'],
    ['a.pdf', Buffer.from('%PDF-1.4'), Buffer.alloc(0), 'document-empty'],
  ])('are what their names say: %s', async (name, right, wrong, rule) => {
    expect(await rulesOf({}, [documentOf(name, right)])).toEqual([])
    expect(await rulesOf({}, [documentOf(name, wrong)])).toEqual([`${rule} ${name}`])
  })

  it('may have a letter of UTF-8 parted between two chunks', async () => {
    const bytes = Buffer.from('И') // Its second octet is the one that windows-1251 leaves out.
    expect(bytes[1]).toBe(0x98)
    const parted: PackageDocument = {
      name: 'a.txt',
      size: 2,
      open: () => [bytes.subarray(0, 1), bytes.subarray(1)],
    }
    expect(await rulesOf({}, [parted])).toEqual([])
    const cut: PackageDocument = {
      name: 'a.txt',
      size: 3,
      open: () => [Buffer.from([0xd0]), bytes.subarray(1), Buffer.from([0xd0])],
    }
    expect(await rulesOf({}, [cut])).toEqual(['text-encoding a.txt'])
  })
})

describe('a recipient', () => {
  const person = (snils: string) => rulesOf({ recipient: { kind: 'person', snils } })

  it.each([
    ['11223344595', 'snils-form'],
    ['112-233-44595', 'snils-form'],
    ['112-233-445 96', 'snils-check-digit'],
    ['000-000-000 00', 'snils-form'],
  ])('has a SNILS in its form, with its check digits: %s', async (snils, rule) => {
    expect(await person(testSnils)).toEqual([])
    expect(await person(snils)).toEqual([`${rule} Snils`])
  })

  it('of the official sample is older than the check digits', async () => {
    expect(await person('000-729-729 38')).toEqual([])
  })

  it('is named by SNILS or OID; profile 1.8 takes both', async () => {
    const both: GoskeyRecipient = { kind: 'person', snils: testSnils, oid: '1000550738' }
    expect(await rulesOf({ recipient: { kind: 'person', oid: '1000550738' } })).toEqual([])
    expect(await rulesOf({ recipient: { kind: 'person' } })).toEqual([
      'recipient-identifier-missing Snils',
    ])
    expect(await rulesOf({ recipient: both })).toEqual(['recipient-identifier-ambiguous Snils'])
    expect(await rulesOf({ ...request18, recipient: both })).toEqual([])
    expect(await rulesOf({ recipient: { kind: 'person', oid: '1'.repeat(21) } })).toEqual([
      'oid-form OID',
    ])
  })

  const organisation = (ogrn: string) =>
    rulesOf({
      service: 'organisation-ukep',
      recipient: { kind: 'russian-organisation', snils: testSnils, ogrn },
    })

  it.each([
    ['1027700132196', 'ogrn-check-digit'],
    ['304500116000158', 'ogrn-check-digit'],
    ['102770013219', 'ogrn-form'],
  ])('has an OGRN with its check digit: %s', async (ogrn, rule) => {
    expect(await organisation('1027700132195')).toEqual([])
    expect(await organisation('304500116000157')).toEqual([])
    expect(await organisation('12345678901')).toEqual([])
    expect(await organisation(ogrn)).toEqual([`${rule} OGRN`])
  })

  it('of abroad has RAFP and INN', async () => {
    const foreign = (rafp: string, inn: string) =>
      rulesOf({
        service: 'organisation-ukep',
        recipient: { kind: 'foreign-organisation', rafp, inn },
      })
    expect(await foreign('12345678901', '500100732259')).toEqual([])
    expect(await foreign('1234', '500100732258')).toEqual([
      'rafp-form RAFP',
      'inn-check-digit INN_user',
    ])
    expect(await foreign('12345678901', '7707083893')).toEqual(['inn-form INN_user'])
  })

  it('fits the service, and the profile is one that the service has', async () => {
    expect(await rulesOf({ service: 'organisation-ukep' })).toEqual(['recipient-kind recipient'])
    expect(await rulesOf({ ...request18, service: 'treasury-ukep' })).toEqual([
      'profile-not-offered profile',
    ])
  })
})

describe('the end of the signing time', () => {
  it.each([
    [0, ['expiration-past SignExpiration']],
    [-1, ['expiration-past SignExpiration']],
    [1000, []],
    [requestLimits.expirationMs, []],
    [requestLimits.expirationMs + 1, ['expiration-too-far SignExpiration']],
    [Number.NaN, ['expiration-form SignExpiration']],
  ])('%d ms after the seal', async (ms, rules) => {
    expect(await rulesOf(inMs(ms))).toEqual(rules)
  })
})

describe('texts', () => {
  const attributes = (...more: readonly (readonly [string, string])[]) => ({
    attributes: [...request19.attributes, ...more.map(([name, value]) => ({ name, value }))],
  })

  it.each<[string, Partial<GoskeyRequest>, string]>([
    ['a long description', { description: 'Ж'.repeat(251) }, 'description-length Description'],
    ['no description', { description: ' ' }, 'description-missing Description'],
    ['a control character', { description: 'a\u0000' }, 'forbidden-character Description'],
    ['half a character', { description: '\ud83d' }, 'forbidden-character Description'],
    ['a long backlink', { backlink: `https://a/${'b'.repeat(241)}` }, 'backlink-length Backlink'],
    [
      'no INN of the sender',
      { attributes: request19.attributes.slice(0, 1) },
      'attribute-missing orgINN',
    ],
    [
      'an empty name of the sender',
      { attributes: [{ name: 'orgName', value: ' ' }, ...request19.attributes.slice(1)] },
      'attribute-missing orgName',
    ],
    ['an attribute twice', attributes(['orgINN', '1']), 'attribute-duplicate orgINN'],
    ['a value of two lines', attributes(['x', 'a\nb']), 'attribute-value-form x'],
    ['a long name', attributes(['x'.repeat(51), '']), `attribute-name-length ${'x'.repeat(50)}`],
    [
      'eleven attributes',
      attributes(...Array.from({ length: 9 }, (_, n) => [`a${n}`, ''] as const)),
      'attribute-count Attribute',
    ],
  ])('are refused: %s', async (_, change, expected) => {
    expect(await rulesOf(change)).toEqual([expected])
  })

  it('count characters, not units', async () => {
    expect(await rulesOf({ description: '😀'.repeat(250) })).toEqual([])
  })
})

describe('violations', () => {
  it('are listed all, in order, and hold no value that was typed', async () => {
    const violations = await preflight({
      request: {
        ...request19,
        recipient: { kind: 'person', snils: '11223344595' },
        description: '',
        ...inMs(-5),
        attributes: [],
      },
      documents: [...many(16), pdf('ж.pdf'), txt('b.pdf', 'x')],
      sealedAt: testNow,
    })
    expect(violations.map(({ rule }) => rule)).toEqual([
      'snils-form',
      'description-missing',
      'expiration-past',
      'attribute-missing',
      'attribute-missing',
      'documents-count',
      'name-characters',
      'type-content',
    ])
    expect(JSON.stringify(violations)).not.toContain('11223344595')
  })

  it('are none for any text that XML can hold and fits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        async (text) => {
          fc.pre(text.trim() !== '' && [...text].length <= 250)
          const rules = await rulesOf({ description: text })
          expect(rules.filter((rule) => !rule.startsWith('forbidden-character'))).toEqual([])
        },
      ),
    )
  })
})
