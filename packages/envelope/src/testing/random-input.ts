import type { Instant } from '../ids.ts'
import type { Input, NewRequest, Observation } from '../inputs.ts'
import type { EnvelopeAggregate, RequestTraits } from '../model.ts'
import { instantAfter } from '../time.ts'
import type { Verdict } from '../words.ts'
import { clerk, digestOf, sampleRequest } from './samples.ts'

/** One move of a random play: which kind of input, about which rows, with which variant. */
export type Move = {
  readonly kind: Input['kind'] | 'wait'
  readonly row: number
  readonly variant: number
}

export const moveKinds: readonly Move['kind'][] = [
  'send',
  'void',
  'planned',
  'planned',
  'planned',
  'plan-refused',
  'renew',
  'seal-prepared',
  'seal-prepared',
  'seal-refused',
  'seal-failed',
  'seal-made',
  'seal-made',
  'seal-made',
  'claim',
  'claim',
  'claim',
  'attempt-opened',
  'attempt-opened',
  'attempt-reserved',
  'attempt-refused',
  'attempt-unknown',
  'attempt-deferred',
  'attempt-woken',
  'cancel-done',
  'observed',
  'observed',
  'observed',
  'received',
  'received',
  'received',
  'received',
  'verified',
  'verified',
  'verified',
  'verified',
  'verified',
  'accept-held',
  'decline',
  'resolve-unknown',
  'tick',
  'wait',
  'wait',
]

const variantsOfTraits: readonly RequestTraits[] = [
  { cancel: 'local', idempotency: 'reserved', renewal: 'on-demand' },
  { cancel: 'call', idempotency: 'none', renewal: 'none' },
  { cancel: 'none', idempotency: 'reserved', renewal: 'none', graceMs: 60_000 },
  { cancel: 'none', idempotency: 'reserved', renewal: 'none', paced: true },
]

const observations: readonly Observation[] = [
  { kind: 'flagged', code: 'signature-missing', attention: 'provider' },
  { kind: 'opened' },
  { kind: 'fetched' },
  { kind: 'said-signed' },
  { kind: 'declined' },
  { kind: 'expired' },
  { kind: 'exists', handle: 'found' },
  { kind: 'absent' },
  { kind: 'refused', code: 'E1' },
  { kind: 'rejected', code: 'changed-id', attention: 'format' },
]

const verdicts: readonly Verdict[] = (
  [
    ['TOTAL-PASSED', 'match', 'match'],
    ['TOTAL-PASSED', 'match', 'match'],
    ['TOTAL-PASSED', 'match', 'match'],
    ['INDETERMINATE', 'match', 'match'],
    ['TOTAL-FAILED', 'match', 'match'],
    ['TOTAL-PASSED', 'mismatch', 'match'],
    ['TOTAL-PASSED', 'match', 'mismatch'],
    ['INDETERMINATE', 'match', 'unknown'],
  ] as const
).map(([indication, content, identity], index) => ({
  indication,
  content,
  identity,
  report: digestOf(`report ${index}`),
}))

/** A row by number, wrapped around; undefined where there is none. */
function pick<T>(rows: readonly T[], number: number): T | undefined {
  return rows.length === 0 ? undefined : rows[number % rows.length]
}

/** A plan in one of the ways that providers plan: exposed, called, sealed, split in two. */
function requestsOf(aggregate: EnvelopeAggregate, variant: number, now: Instant): NewRequest[] {
  const traits = pick(variantsOfTraits, variant) ?? variantsOfTraits[0]
  const request = sampleRequest(aggregate, { now, ...(traits === undefined ? {} : { traits }) })
  const way = Math.floor(variant / 4) % 4
  const sealed: NewRequest = {
    ...request,
    opening: { kind: 'call' },
    seals: [
      {
        purpose: 'package',
        key: variant % 2 === 0 ? 'attended' : 'unattended',
        items: [{ name: 'req.xml', sha256: digestOf('req.xml'), size: 7, format: 'CMS' }],
        due: instantAfter(now, 120_000),
      },
    ],
  }
  if (way === 2 && variant % 2 === 1) {
    return [{ ...sealed, seals: [...sealed.seals, { purpose: 'file', items: 'built' }] }]
  }
  if (way === 1) {
    return [{ ...request, opening: { kind: 'call' } }]
  }
  if (way === 2) {
    return [sealed]
  }
  if (way === 3 && request.contents.length > 1) {
    return [
      { ...request, contents: request.contents.slice(0, 1) },
      { ...request, contents: request.contents.slice(1), opening: { kind: 'call' } },
    ]
  }

  return [request]
}

/** The input that a move means in a state; undefined where there is no row for it. */
export function inputOf(aggregate: EnvelopeAggregate, move: Move, now: Instant): Input | undefined {
  const { row, variant } = move
  const signing = pick(aggregate.signings, row)
  const request = pick(aggregate.requests, row)
  const attempt = pick(aggregate.attempts, row)
  const window = { opensAt: now, expiresAt: instantAfter(now, 200_000) }
  switch (move.kind) {
    case 'wait':
      return undefined
    case 'send':
    case 'tick':
      return { kind: move.kind, actor: clerk }
    case 'void':
      return { kind: 'void', actor: clerk, reason: variant === 0 ? '' : 'wrong price' }
    case 'planned':
      return (
        signing && {
          kind: 'planned',
          signing: signing.id,
          round: variant === 31 ? 0 : signing.round,
          requests: requestsOf(aggregate, variant, now),
        }
      )
    case 'plan-refused':
      return (
        signing && { kind: 'plan-refused', signing: signing.id, round: variant % 3, code: 'no' }
      )
    case 'renew':
      return signing && { kind: 'renew', signing: signing.id, actor: clerk }
    case 'decline':
      return signing && { kind: 'decline', signing: signing.id, actor: clerk }
    case 'accept-held':
      return signing && { kind: 'accept-held', signing: signing.id, actor: clerk, reason: 'seen' }
    case 'seal-prepared': {
      const seal = pick(aggregate.seals, row)

      return (
        seal && {
          kind: 'seal-prepared',
          seal: seal.id,
          key: variant % 2 === 0 ? 'attended' : 'unattended',
          signerKey: 'key_sample',
          items: [
            { name: 'file.xml', sha256: digestOf(`file ${variant}`), size: 9, format: 'CMS' },
          ],
          due: instantAfter(now, 90_000),
          ...(variant % 5 === 0 ? { usableFrom: instantAfter(now, 20_000) } : {}),
        }
      )
    }
    case 'seal-refused':
    case 'seal-failed': {
      const seal = pick(aggregate.seals, row)

      return seal && { kind: move.kind, seal: seal.id, code: 'E3' }
    }
    case 'seal-made': {
      const seal = pick(aggregate.seals, row)

      return (
        seal && {
          kind: 'seal-made',
          seal: seal.id,
          items: variant === 0 ? [] : seal.items.map((item) => item.sha256),
          artifacts: seal.items.map((item) => digestOf(`seal of ${item.sha256}`)),
          actor: clerk,
        }
      )
    }
    case 'claim':
      return (
        attempt && {
          kind: 'claim',
          attempt: attempt.id,
          ...(variant % 4 === 0 ? {} : { bucket: `key ${variant % 3}` }),
        }
      )
    case 'attempt-opened':
      return attempt && { kind: 'attempt-opened', attempt: attempt.id, handle: 'made', window }
    case 'attempt-reserved':
      return attempt && { kind: 'attempt-reserved', attempt: attempt.id, handle: 'number' }
    case 'attempt-refused':
    case 'attempt-unknown':
      return attempt && { kind: move.kind, attempt: attempt.id, code: 'E2' }
    case 'attempt-deferred':
      return (
        attempt && {
          kind: 'attempt-deferred',
          attempt: attempt.id,
          code: 'E4',
          at: instantAfter(now, variant * 1_000),
        }
      )
    case 'attempt-woken':
      return attempt && { kind: 'attempt-woken', attempt: attempt.id }
    case 'cancel-done':
      return (
        attempt && {
          kind: 'cancel-done',
          attempt: attempt.id,
          result:
            pick(['cancelled', 'too-late', 'unsupported', 'unknown'] as const, variant) ??
            'unknown',
        }
      )
    case 'observed': {
      const observation = pick(observations, variant)

      return request && observation && { kind: 'observed', request: request.id, observation }
    }
    case 'resolve-unknown':
      return (
        request && {
          kind: 'resolve-unknown',
          request: request.id,
          actor: clerk,
          to: variant % 2 === 0 ? 'absent' : 'exists',
          handle: 'seen',
        }
      )
    case 'received':
      return (
        request && {
          kind: 'received',
          request: request.id,
          submission: digestOf(`submission ${variant % 4}`),
          artifacts: request.contents.map((content) => ({
            content,
            sha256: digestOf(`artifact ${variant % 4} ${content}`),
            size: 9,
            format: 'CMS',
            detached: false,
          })),
        }
      )
    case 'verified': {
      const artifact = pick(aggregate.artifacts, row)
      const verdict = pick(verdicts, variant)

      return artifact && verdict && { kind: 'verified', artifact: artifact.id, verdict }
    }
  }
}

/** How long a `wait` of a variant is, ms: seconds mostly, sometimes past every window. */
export function waitMs(variant: number): number {
  return variant > 28 ? 7_200_000 : variant * 5_000
}
