import { describe, expect, it } from 'vitest'
import { createEnvelope, type NewEnvelope, type NewRecipient } from './create-envelope.ts'
import type { ConnectionId, Instant, OrganisationId } from './ids.ts'
import { checkInvariants } from './invariants/check-invariants.ts'
import { clerk, countingIds, digestOf, epoch, sampleRecipient } from './testing/samples.ts'

function sample(overrides: Partial<NewEnvelope> = {}): NewEnvelope {
  return {
    organisation: 'org_1' as OrganisationId,
    actor: clerk,
    title: 'Договор',
    documents: [document('a')],
    recipients: [sampleRecipient(1)],
    ...overrides,
  }
}

function document(text: string): NewEnvelope['documents'][number] {
  return {
    sha256: digestOf(text),
    size: 1,
    mediaType: 'application/pdf',
    fileName: `${text}.pdf`,
    title: { ru: text },
    meta: [],
  }
}

const create = (overrides: Partial<NewEnvelope> = {}) =>
  createEnvelope(sample(overrides), { now: epoch, ids: countingIds() })

function recipient(overrides: Partial<NewRecipient>): Partial<NewEnvelope> {
  return { recipients: [sampleRecipient(1, overrides)] }
}

describe('a new envelope', () => {
  it('is a sound draft with one waiting signing for each recipient', () => {
    const result = create({ recipients: [sampleRecipient(1), sampleRecipient(2)] })
    expect(result).toMatchObject({ ok: true, jobs: [] })
    if (!result.ok) {
      return
    }
    expect(checkInvariants(result.next)).toEqual([])
    expect(result.next.envelope).toMatchObject({ state: 'draft', version: 1, createdAt: epoch })
    expect(result.next.signings.map((signing) => signing.state)).toEqual(['waiting', 'waiting'])
    expect(result.events.map((event) => event.type)).toEqual(['envelope.created'])
  })

  it('keeps identifiers and names of people out of its event', () => {
    const result = create()
    const text = JSON.stringify(result.ok && result.events)
    expect(text).not.toContain('30000000000001')
    expect(text).not.toContain('Сынақ')
  })

  it('closes holes between order groups and keeps their order', () => {
    const result = create({
      recipients: [
        sampleRecipient(1, { orderGroup: 7 }),
        sampleRecipient(2, { orderGroup: 1 }),
        sampleRecipient(3, { orderGroup: 7 }),
      ],
    })
    expect(result.ok && result.next.recipients.map((each) => each.orderGroup)).toEqual([2, 1, 2])
  })

  it.each<[string, string, Partial<NewEnvelope>]>([
    ['title.missing', 'title', { title: ' ' }],
    ['deadline.past', 'deadline', { deadline: epoch }],
    ['documents.missing', 'documents', { documents: [] }],
    ['document.empty', 'documents.0', { documents: [{ ...document('a'), size: 0 }] }],
    ['document.duplicate', 'documents.1', { documents: [document('a'), document('a')] }],
    [
      'document.name',
      'documents.0.fileName',
      { documents: [{ ...document('a'), fileName: '../etc/passwd' }] },
    ],
    [
      'document.name',
      'documents.0.fileName',
      { documents: [{ ...document('a'), fileName: 'fdp.\u202Etxt' }] },
    ],
    ['document.title', 'documents.0.title', { documents: [{ ...document('a'), title: {} }] }],
    ['recipients.missing', 'recipients', { recipients: [] }],
    ['recipient.name', 'recipients.0.name', recipient({ name: '' })],
    [
      'recipient.identifier-missing',
      'recipients.0.identifiers',
      recipient({ identifiers: { iin: undefined } }),
    ],
    [
      'recipient.duplicate',
      'recipients.1.identifiers',
      { recipients: [sampleRecipient(1), sampleRecipient(1, { name: 'ТЕСТОВ ТЕСТ' })] },
    ],
    ['recipient.method-missing', 'recipients.0.methods', recipient({ methods: [] })],
    [
      'recipient.method-duplicate',
      'recipients.0.methods',
      recipient({
        methods: [
          { provider: 'p', method: 'm', connection: 'con_1' as ConnectionId },
          { provider: 'p', method: 'm', connection: 'con_1' as ConnectionId },
        ],
      }),
    ],
    ['recipient.order-group', 'recipients.0.orderGroup', recipient({ orderGroup: 0 })],
    ['recipient.order-group', 'recipients.0.orderGroup', recipient({ orderGroup: 1.5 })],
  ])('refuses %s at %s', (code, field, overrides) => {
    const result = create(overrides)
    expect(result).toMatchObject({ ok: false, refusals: [{ code, field }] })
  })

  it('names everything that is wrong at once', () => {
    const result = create({ title: '', documents: [], ...recipient({ methods: [] }) })
    expect(!result.ok && result.refusals.map((refusal) => refusal.code)).toEqual([
      'title.missing',
      'documents.missing',
      'recipient.method-missing',
    ])
  })

  it('takes a deadline that is a moment ahead', () => {
    const deadline = '2026-03-02T06:00:00.001Z' as Instant
    expect(create({ deadline })).toMatchObject({ ok: true, next: { envelope: { deadline } } })
  })
})
