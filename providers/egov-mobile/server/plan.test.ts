import { assertSession, supportedSignMethods } from '@muhr/egov-mobile'
import type { Instant, PlanInput } from '@muhr/envelope'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultConnection, type EgovConnection } from './connection.ts'
import { typedProvider } from './provider.ts'
import { sessionOf } from './session-of.ts'
import {
  addresses,
  documents,
  ioAt,
  planInput,
  recipient,
  requestView,
  sender,
  testRecipient,
} from './testing.ts'

const [pdf] = documents
if (pdf === undefined) throw new Error('there is a document')

describe('a plan', () => {
  test.each(supportedSignMethods)('of %s is one request over all documents, in order', (method) => {
    expect(typedProvider.plan(planInput({ method }))).toEqual({
      kind: 'planned',
      requests: [
        {
          method,
          contents: [
            { document: 'doc_0', derivation: 'identity' },
            { document: 'doc_1', derivation: 'identity' },
          ],
          seals: [],
        },
      ],
    })
  })

  test.each<[string, Partial<PlanInput<EgovConnection>>, string, string]>([
    ['a method of a later version', { method: 'XML' }, 'method.not-supported', 'method'],
    ['trap 1: another case', { method: 'cms_sign_only' }, 'method.not-supported', 'method'],
    ['no BIN of the sender', { sender: { name: sender.name } }, 'sender.bin', 'sender.bin'],
    ['a short BIN', { sender: { ...sender, bin: '12345' } }, 'sender.bin', 'sender.bin'],
    ['no name of the sender', { sender: { ...sender, name: {} } }, 'sender.name', 'sender.name'],
    ['a blank name', { sender: { ...sender, name: { ru: '  ' } } }, 'sender.name', 'sender.name'],
    [
      'no IIN and no BIN of the recipient',
      { recipient: testRecipient({ snils: '00072972938' }) },
      'recipient.identifier',
      'recipient.identifiers.iin',
    ],
    [
      'an IIN that is none',
      { recipient: testRecipient({ iin: '123' }) },
      'recipient.identifier',
      'recipient.identifiers.iin',
    ],
    [
      'a BIN that is none',
      { recipient: testRecipient({ iin: '000140000017', bin: '00014000001x' }) },
      'recipient.identifier',
      'recipient.identifiers.bin',
    ],
    ['no documents', { documents: [] }, 'document.none', 'documents'],
    [
      'more documents than we send',
      { documents: Array.from({ length: 101 }, () => pdf) },
      'document.too-many',
      'documents',
    ],
    [
      'more bytes than a phone loads',
      { documents: [{ ...pdf, size: 104_857_601 }] },
      'document.too-large',
      'documents',
    ],
    ['an empty document', { documents: [{ ...pdf, size: 0 }] }, 'document.empty', 'documents[0]'],
    [
      'a type that the app does not show',
      { documents: [pdf, { ...pdf, mediaType: 'application/zip' }] },
      'document.type',
      'documents[1].mediaType',
    ],
    [
      'XML, which the app shows only for another method',
      { documents: [{ ...pdf, mediaType: 'application/xml' }] },
      'document.type',
      'documents[0].mediaType',
    ],
    [
      'a deadline that has passed',
      { deadline: '2026-11-22T08:00:00.000Z' as Instant },
      'deadline.past',
      'deadline',
    ],
  ])('refuses %s', (_name, changes, code, field) => {
    expect(typedProvider.plan(planInput(changes))).toMatchObject({
      kind: 'refused',
      refusals: [{ code, field, advice: expect.stringMatching(/.{10}/) }],
    })
  })

  test.each<[string, Partial<PlanInput<EgovConnection>>]>([
    ['a recipient known by the BIN alone', { recipient: testRecipient({ bin: '000140000018' }) }],
    [
      'a media type with parameters, in capitals',
      { documents: [{ ...pdf, mediaType: 'Application/PDF; x=1' }] },
    ],
    ['a name in one language', { sender: { ...sender, name: { uz: 'Misol' } } }],
    [
      'any type where the connection allows it',
      {
        documents: [{ ...pdf, mediaType: 'application/zip' }],
        connection: { ...defaultConnection, otherTypes: 'send' },
      },
    ],
    ['exactly the limit', { documents: [{ ...pdf, size: 104_857_600 }] }],
    ['a deadline a moment away', { deadline: '2026-11-22T08:00:00.001Z' as Instant }],
  ])('passes %s', (_name, changes) => {
    expect(typedProvider.plan(planInput(changes))).toMatchObject({ kind: 'planned' })
  })

  test('tells every fault at once and no personal number', () => {
    const plan = typedProvider.plan(
      planInput({ method: 'XML', sender: { name: {} }, recipient: testRecipient({ iin: '99' }) }),
    )

    if (plan.kind !== 'refused') throw new Error('a refusal')
    expect(plan.refusals).toHaveLength(4)
    expect(JSON.stringify(plan)).not.toContain('99')
  })

  test('whatever is planned makes a session that the app can work with', () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 6 }), { nil: undefined })
    const texts = fc.record({ ru: text, kk: text, uz: text, en: text })

    fc.assert(
      fc.property(
        fc.record({ name: texts, bin: fc.constantFrom('000140000018', '1', undefined) }),
        texts,
        fc.constantFrom('application/pdf', 'text/plain', 'image/png'),
        fc.constantFrom('CMS_SIGN_ONLY', 'CMS_WITH_DATA', 'MIX_SIGN'),
        (from, title, mediaType, method) => {
          const document = { ...pdf, title, mediaType }
          const plan = typedProvider.plan(
            planInput({ sender: from, documents: [document], method }),
          )
          if (plan.kind === 'refused') return

          const [content] = requestView().contents
          if (content === undefined) throw new Error('there is a content')
          const session = sessionOf({
            request: requestView({ method, contents: [{ ...content, document }], recipient }),
            sender: from,
            addresses,
            io: ioAt(),
          })

          if (session === undefined) throw new Error('there is a session')
          assertSession(session)
        },
      ),
    )
  })
})
