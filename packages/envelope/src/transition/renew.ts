import type { Input } from '../inputs.ts'
import { type Change, findSigning, record } from './change.ts'
import { endRequest } from './end.ts'
import { isFinal } from './order.ts'
import { planNextRound } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

/**
 * Somebody asked for a new request in place of an expired or open on-demand one (a fresh QR code). The
 * old one is superseded first, so that two links never stand open the same way.
 */
export function renew(
  change: Change,
  input: Extract<Input, { readonly kind: 'renew' }>,
): TransitionRefusal | undefined {
  const signing = findSigning(change, input.signing)
  if (signing === undefined) {
    return refuse('signing.unknown', 'signing')
  }
  if (change.aggregate.envelope.state === 'draft') {
    return refuse('envelope.not-sent', 'envelope')
  }
  if (isFinal(signing.state)) {
    return refuse('signing.ended', 'signing')
  }
  if (signing.round === 0) {
    return refuse('signing.waiting', 'signing')
  }
  if (signing.planning) {
    return refuse('signing.planning', 'signing')
  }
  const alive = change.aggregate.requests.filter(
    (request) => request.signing === signing.id && request.state !== 'closed',
  )
  const renewable = alive.filter((request) => request.traits.renewal === 'on-demand')
  if (renewable.some((request) => request.state !== 'open')) {
    return refuse('request.in-flight', 'signing')
  }
  const hasExpired = change.aggregate.requests.some(
    (request) =>
      request.signing === signing.id &&
      request.state === 'closed' &&
      request.traits.renewal === 'on-demand',
  )
  if (alive.length > 0 && renewable.length === 0 && !hasExpired) {
    return refuse('request.not-renewable', 'signing')
  }
  for (const request of renewable) {
    endRequest(change, request.id, 'superseded')
  }
  planNextRound(change, signing.id)
  record(change, 'signing.renewed', {
    actor: input.actor,
    signing: signing.id,
    data: { cause: 'asked' },
  })

  return undefined
}
