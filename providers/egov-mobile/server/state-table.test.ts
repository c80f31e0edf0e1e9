import { createHash } from 'node:crypto'
import {
  type ConnectionId,
  createEnvelope,
  type EnvelopeAggregate,
  type IdSource,
  type Input,
  idPrefix,
  instantOf,
  type OrganisationId,
  type Sha256Hex,
  transition,
} from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import { capabilities } from './capabilities.ts'
import { rejectionOf, type ServiceEvent, stateTable } from './state-table.ts'

const now = instantOf(new Date('2026-11-22T08:00:00.000Z'))
const digest = createHash('sha256').update('document').digest('hex') as Sha256Hex
const actor = { kind: 'user', id: 'usr_1' } as const

function counting(): IdSource {
  let count = 0

  return { next: (kind) => `${idPrefix[kind]}_${++count}` }
}

/** One signing, opened at eGov Mobile by the real state machine. */
function opened(ids: IdSource): EnvelopeAggregate {
  const created = createEnvelope(
    {
      organisation: 'org_1' as OrganisationId,
      actor,
      title: 'Договор',
      documents: [
        {
          sha256: digest,
          size: 8,
          mediaType: 'application/pdf',
          fileName: 'a.pdf',
          title: { ru: 'Договор' },
          meta: [],
        },
      ],
      recipients: [
        {
          name: 'Үлгіұлы Сынақ',
          locale: 'kk',
          orderGroup: 1,
          identifiers: { iin: '000140000017' },
          methods: [
            {
              provider: 'egov-mobile',
              method: 'CMS_SIGN_ONLY',
              connection: 'con_1' as ConnectionId,
            },
          ],
        },
      ],
    },
    { now, ids },
  )
  if (!created.ok) throw new Error(JSON.stringify(created.refusals))
  const sent = run(created.next, { kind: 'send', actor }, ids)
  const [signing] = sent.signings
  const [document] = sent.documents
  if (signing === undefined || document === undefined) throw new Error('there is one of each')

  return run(
    sent,
    {
      kind: 'planned',
      signing: signing.id,
      round: signing.round,
      requests: [
        {
          provider: 'egov-mobile',
          method: 'CMS_SIGN_ONLY',
          connection: 'con_1' as ConnectionId,
          traits: capabilities.traits,
          contents: [{ document: document.id, derivation: 'identity', sha256: digest, size: 8 }],
          seals: [],
          opening: {
            kind: 'expose',
            handle: { auth: 'Token', pdfMime: 'application/pdf' },
            window: { opensAt: now, expiresAt: instantOf(new Date('2026-11-22T08:05:00Z')) },
          },
        },
      ],
    },
    ids,
  )
}

function run(aggregate: EnvelopeAggregate, input: Input, ids: IdSource): EnvelopeAggregate {
  const result = transition(aggregate, input, { now, ids })
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)

  return result.next
}

describe('the state table, by the real state machine', () => {
  test.each(Object.keys(stateTable) as ServiceEvent[])('%s', (event) => {
    const ids = counting()
    let aggregate = opened(ids)
    const [request] = aggregate.requests
    if (request === undefined) throw new Error('there is a request')

    const { observation, signing } = stateTable[event]
    if (observation !== undefined) {
      aggregate = run(aggregate, { kind: 'observed', request: request.id, observation }, ids)
    }
    if (event === 'signed') {
      const artifacts = request.contents.map((content) => ({
        content,
        sha256: digest,
        size: 8,
        format: 'CMS' as const,
        detached: true,
      }))
      const input = {
        kind: 'received',
        request: request.id,
        submission: digest,
        artifacts,
      } as const
      aggregate = run(aggregate, input, ids)
    }

    expect(aggregate.signings[0]?.state).toBe(signing)
    expect(aggregate.envelope.state).not.toBe('completed')
  })

  test('a refused call leaves the signing where it is and the link open', () => {
    const ids = counting()
    const before = opened(ids)
    const [request] = before.requests
    if (request === undefined) throw new Error('there is a request')

    for (const [refusal, attention] of [
      ['unauthenticated', undefined],
      ['documents-changed', 'format'],
    ] as const) {
      const observation = rejectionOf(refusal)
      const after = run(before, { kind: 'observed', request: request.id, observation }, ids)

      expect(after.signings).toEqual(before.signings)
      expect(after.requests[0]).toMatchObject({ state: 'open' })
      expect(after.requests[0]?.attention?.kind).toBe(attention)
    }
  })
})
