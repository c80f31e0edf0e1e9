import type { Input } from '../inputs.ts'
import { isDue } from '../time.ts'
import { recordAttempt } from './attempt-rows.ts'
import { type Change, findRequest, patchSeal, record } from './change.ts'
import { advanceSigning } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

/**
 * A seal was made. It must be over exactly the items that were asked for: a clerk's page may show an
 * older batch, and a signature over other bytes would be sent in the organisation's name. With the last
 * seal of a request its first call is recorded.
 */
export function sealMade(
  change: Change,
  input: Extract<Input, { readonly kind: 'seal-made' }>,
): TransitionRefusal | undefined {
  const seal = change.aggregate.seals.find((each) => each.id === input.seal)
  const request = seal && findRequest(change, seal.request)
  if (seal === undefined || request === undefined) {
    return refuse('seal.unknown', 'seal')
  }
  if (seal.state === 'made') {
    return sameText(seal.artifacts, input.artifacts) ? undefined : refuse('seal.made', 'seal')
  }
  if (seal.state === 'stale' || isDue(seal.due, change.now)) {
    return refuse('seal.stale', 'seal')
  }
  const items = seal.items.map((item) => item.sha256)
  if (!sameText(items, input.items) || input.artifacts.length !== items.length) {
    return refuse('seal.mismatch', 'items')
  }
  patchSeal(change, seal.id, { state: 'made', artifacts: input.artifacts })
  record(change, 'seal.made', {
    actor: input.actor,
    signing: seal.signing,
    request: request.id,
    data: { seal: seal.id, purpose: seal.purpose, artifacts: input.artifacts },
  })
  const isWaiting = change.aggregate.seals.some(
    (other) => other.request === request.id && other.state === 'wanted',
  )
  if (!isWaiting) {
    recordAttempt(change, request, { action: 'dispatch' })
    advanceSigning(change, seal.signing, 'dispatching')
  }

  return undefined
}

function sameText(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index])
}
