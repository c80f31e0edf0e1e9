import type { EnvelopeAggregate } from '@muhr/envelope'
import { describe, expect, it } from 'vitest'
import { displayState } from './display-state.ts'

type Shown = Parameters<typeof displayState>[0]
type Request = Partial<Shown['requests'][number]>

/** Signings in these states, with requests of the first one. */
function envelope(
  state: EnvelopeAggregate['envelope']['state'],
  signings: readonly EnvelopeAggregate['signings'][number]['state'][],
  requests: readonly Request[] = [],
  seals: readonly Partial<Shown['seals'][number]>[] = [],
): Shown {
  return {
    envelope: { state },
    signings: signings.map((each, index) => ({ id: `sgn_${index}`, state: each, round: 1 })),
    requests: requests.map((each) => ({
      id: 'req_0',
      signing: 'sgn_0',
      round: 1,
      state: 'open',
      ...each,
    })),
    seals,
  } as unknown as Shown
}

const flag = (kind: string) => ({ attention: { kind, code: 'x', since: '' } }) as unknown as Request

describe('one word for a row', () => {
  it.each([
    [['waiting', 'sent'], 'sent'],
    [['sent', 'viewed'], 'viewed'],
    [['held', 'viewed'], 'held'],
    [['held', 'received'], 'received'],
    [['signed', 'sent'], 'sent'],
  ] as const)(
    'of an envelope with signings %j is that of the most advanced open one',
    (signings, word) => {
      expect(displayState(envelope('sent', signings)).state).toBe(word)
    },
  )

  it.each(['draft', 'completed', 'declined', 'expired', 'voided', 'failed'] as const)(
    'of an envelope that is %s is just that',
    (state) => {
      expect(displayState(envelope(state, ['signed']))).toEqual({ state, attention: null })
    },
  )

  it.each([
    ['a signature over other content', ['sent'], [flag('content')], 'mismatch'],
    ['a signature by another person', ['sent'], [flag('person')], 'mismatch'],
    ['a service that is silent', ['sent'], [flag('provider')], 'unknown'],
    [
      'a call without an answer',
      ['dispatching'],
      [{ state: 'unknown', ...flag('provider') }],
      'unknown',
    ],
    [
      'a mismatch beside a silent service',
      ['sent'],
      [flag('provider'), flag('format')],
      'mismatch',
    ],
    ['a key that did not sign', ['sealing'], [flag('seal')], 'seal'],
    ['a held signature', ['held'], [], 'held'],
    ['an older round', ['sent'], [{ ...flag('content'), round: 0 }], null],
    ['a signing that was settled', ['signed', 'sent'], [flag('content')], null],
  ] as const)('with %s asks for attention as it should', (_, signings, requests, attention) => {
    expect(displayState(envelope('sent', signings, requests)).attention).toBe(attention)
  })

  it.each([
    ['attended', 'wanted', 'seal'],
    ['attended', 'made', null],
    ['unattended', 'wanted', null],
  ] as const)('with a seal that is %s and %s asks the clerk: %s', (key, state, attention) => {
    const seal = { key, state, request: 'req_0' } as unknown as Shown['seals'][number]
    const shown = envelope('sent', ['sealing'], [{ state: 'planned' }], [seal])

    expect(displayState(shown).attention).toBe(attention)
  })
})
