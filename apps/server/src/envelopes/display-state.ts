import type { EnvelopeAggregate, SigningRequest } from '@muhr/envelope'

/** What a list shows before the state itself, worst first (ui §8). */
export type DisplayAttention = 'mismatch' | 'unknown' | 'held' | null

/** What one request asks of a person: a signature that does not fit, or a service that is silent. */
export function attentionOf(
  request: Pick<SigningRequest, 'state' | 'attention'>,
): 'mismatch' | 'unknown' | undefined {
  if (request.state === 'unknown' || request.attention?.kind === 'provider') {
    return 'unknown'
  }

  return request.attention === undefined ? undefined : 'mismatch'
}

/** The forward order in which open signings are compared: the most advanced one gives the seal. */
const advance = ['waiting', 'sealing', 'dispatching', 'sent', 'viewed', 'held', 'received']

/**
 * One word for a row: the envelope's state, or while it is `sent` that of its most advanced open
 * signing (`received` wins, since something is being checked), and what a person must look at.
 */
export function displayState(
  aggregate: Pick<EnvelopeAggregate, 'envelope' | 'signings' | 'requests'>,
): {
  readonly state: string
  readonly attention: DisplayAttention
} {
  const { envelope, signings, requests } = aggregate
  const open = signings.filter((signing) => advance.includes(signing.state))
  const live = requests.filter((request) =>
    open.some((signing) => signing.id === request.signing && signing.round === request.round),
  )
  const flags = live.map(attentionOf)
  const attention: DisplayAttention = flags.includes('mismatch')
    ? 'mismatch'
    : flags.includes('unknown') || requests.some((request) => request.state === 'unknown')
      ? 'unknown'
      : open.some((signing) => signing.state === 'held')
        ? 'held'
        : null
  const best = [...open].sort((a, b) => advance.indexOf(b.state) - advance.indexOf(a.state))[0]

  return {
    state: envelope.state === 'sent' && best !== undefined ? best.state : envelope.state,
    attention: envelope.state === 'sent' || attention === 'unknown' ? attention : null,
  }
}
