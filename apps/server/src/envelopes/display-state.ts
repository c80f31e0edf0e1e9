import type { EnvelopeAggregate, Seal, SigningRequest } from '@muhr/envelope'

/** What a list shows before the state itself, worst first (ui §8). */
export type DisplayAttention = 'mismatch' | 'unknown' | 'seal' | 'held' | null

/**
 * What one request asks of a person: a signature that does not fit, a service that is silent, or a seal
 * that a key did not make or a clerk is to confirm.
 */
export function attentionOf(
  request: Pick<SigningRequest, 'id' | 'state' | 'attention'>,
  seals: readonly Pick<Seal, 'request' | 'state' | 'key'>[],
): 'mismatch' | 'unknown' | 'seal' | undefined {
  const kind = request.attention?.kind
  if (request.state === 'unknown' || kind === 'provider') {
    return 'unknown'
  }
  const asksClerk = seals.some(
    (seal) => seal.request === request.id && seal.state === 'wanted' && seal.key === 'attended',
  )
  if (kind === 'seal' || (kind === undefined && asksClerk)) {
    return 'seal'
  }

  return kind === undefined ? undefined : 'mismatch'
}

/** The forward order in which open signings are compared: the most advanced one gives the seal. */
const advance = ['waiting', 'sealing', 'dispatching', 'sent', 'viewed', 'held', 'received']

/**
 * One word for a row: the envelope's state, or while it is `sent` that of its most advanced open
 * signing (`received` wins, since something is being checked), and what a person must look at.
 */
export function displayState(
  aggregate: Pick<EnvelopeAggregate, 'envelope' | 'signings' | 'requests' | 'seals'>,
): {
  readonly state: string
  readonly attention: DisplayAttention
} {
  const { envelope, signings, requests, seals } = aggregate
  const open = signings.filter((signing) => advance.includes(signing.state))
  const live = requests.filter((request) =>
    open.some((signing) => signing.id === request.signing && signing.round === request.round),
  )
  const flags = live.map((request) => attentionOf(request, seals))
  const attention: DisplayAttention = flags.includes('mismatch')
    ? 'mismatch'
    : flags.includes('unknown') || requests.some((request) => request.state === 'unknown')
      ? 'unknown'
      : flags.includes('seal')
        ? 'seal'
        : open.some((signing) => signing.state === 'held')
          ? 'held'
          : null
  const best = [...open].sort((a, b) => advance.indexOf(b.state) - advance.indexOf(a.state))[0]

  return {
    state: envelope.state === 'sent' && best !== undefined ? best.state : envelope.state,
    attention: envelope.state === 'sent' || attention === 'unknown' ? attention : null,
  }
}
