import type { SigningId } from '../ids.ts'
import type { ActorRef, SigningState } from '../words.ts'
import { type Change, findSigning, owe, patchSigning, record, systemActor } from './change.ts'
import { endEnvelope } from './end.ts'
import { isFinal, signingRank } from './order.ts'

type OpenState = Exclude<
  SigningState,
  'waiting' | 'signed' | 'declined' | 'expired' | 'voided' | 'failed'
>

/** Moves a signing forward, and only forward: a late answer finds it further on and does nothing. */
export function advanceSigning(
  change: Change,
  id: SigningId,
  state: OpenState,
  actor: ActorRef = systemActor,
): void {
  const signing = findSigning(change, id)
  if (signing === undefined || signingRank[state] <= signingRank[signing.state]) {
    return
  }
  patchSigning(change, id, { state, since: change.now })
  record(change, `signing.${state}`, { actor, signing: id })
}

/** Owes a plan for the next round. The round is the compare-and-set of planning. */
export function planNextRound(change: Change, id: SigningId): void {
  const signing = findSigning(change, id)
  if (signing === undefined || isFinal(signing.state) || signing.planning) {
    return
  }
  const round = signing.round + 1
  patchSigning(change, id, { round, planning: true })
  owe(change, { kind: 'plan', signing: id, round })
}

/** Starts the earliest order group that is not signed through; the groups after it go on waiting. */
export function startGroup(change: Change): void {
  const { signings, recipients } = change.aggregate
  const groupOf = new Map(recipients.map((recipient) => [recipient.id, recipient.orderGroup]))
  const open = signings.filter((signing) => signing.state !== 'signed')
  const group = Math.min(...open.map((signing) => groupOf.get(signing.recipient) ?? 1))
  for (const signing of open) {
    if (groupOf.get(signing.recipient) === group && signing.round === 0 && !signing.planning) {
      planNextRound(change, signing.id)
      record(change, 'signing.started', { signing: signing.id, data: { group } })
    }
  }
}

/**
 * After a signing was signed: completed when all are, and only then; otherwise the next group's turn.
 * Where the deadline has ended the others already, the last judgement ends the envelope as expired.
 */
export function completeOrContinue(change: Change): void {
  const { envelope, signings } = change.aggregate
  if (envelope.state !== 'sent') {
    return
  }
  if (signings.every((signing) => signing.state === 'signed')) {
    endEnvelope(change, 'completed')
  } else if (signings.every((signing) => isFinal(signing.state))) {
    endEnvelope(change, 'expired')
  } else if (signings.every((signing) => !isFinal(signing.state) || signing.state === 'signed')) {
    startGroup(change)
  }
}
