import type { Input } from '../inputs.ts'
import type { Seal, SigningRequest } from '../model.ts'
import { isDue } from '../time.ts'
import { recordAttempt } from './attempt-rows.ts'
import { raiseAttention } from './attention.ts'
import { type Change, findRequest, patchRequest, patchSeal, record } from './change.ts'
import { closeRequest } from './end.ts'
import { advanceSigning } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>
type Found = { readonly seal: Seal; readonly request: SigningRequest }

function find(change: Change, id: Seal['id']): Found | undefined {
  const seal = change.aggregate.seals.find((each) => each.id === id)
  const request = seal && findRequest(change, seal.request)

  return seal && request && { seal, request }
}

/**
 * What a seal is over was built and stored. Of two processes that built it the first one's items stand:
 * a clerk may be looking at them already.
 */
export function sealPrepared(
  change: Change,
  input: InputOf<'seal-prepared'>,
): TransitionRefusal | undefined {
  const found = find(change, input.seal)
  if (found === undefined) {
    return refuse('seal.unknown', 'seal')
  }
  const { seal } = found
  if (seal.state !== 'planned') {
    return undefined
  }
  if (isDue(input.due, change.now)) {
    return refuse('plan.seal-due', 'due')
  }
  const names = input.items.map((item) => item.name)
  if (names.length === 0 || new Set(names).size !== names.length) {
    return refuse('seal.items', 'items')
  }
  patchSeal(change, seal.id, {
    state: 'wanted',
    key: input.key,
    signerKey: input.signerKey,
    items: input.items,
    due: input.due,
    usableFrom: input.usableFrom,
  })
  record(change, 'seal.wanted', {
    signing: seal.signing,
    request: seal.request,
    data: { seal: seal.id, purpose: seal.purpose, key: input.key, due: input.due },
  })

  return undefined
}

/** The provider cannot build what is to be sealed: nothing can leave, so the request ends here. */
export function sealRefused(
  change: Change,
  input: InputOf<'seal-refused'>,
): TransitionRefusal | undefined {
  const found = find(change, input.seal)
  if (found === undefined) {
    return refuse('seal.unknown', 'seal')
  }
  if (found.seal.state === 'planned') {
    raiseAttention(change, found.request, { kind: 'seal', code: input.code })
    closeRequest(change, found.request.id, 'refused', { code: input.code })
  }

  return undefined
}

/** A signer key failed. The seal stays wanted: the key may be mended before it falls due. */
export function sealFailed(
  change: Change,
  input: InputOf<'seal-failed'>,
): TransitionRefusal | undefined {
  const found = find(change, input.seal)
  if (found === undefined) {
    return refuse('seal.unknown', 'seal')
  }
  if (found.seal.state === 'planned' || found.seal.state === 'wanted') {
    raiseAttention(change, found.request, { kind: 'seal', code: input.code })
  }

  return undefined
}

/**
 * A seal was made. It must be over exactly the items that were asked for: a clerk's page may show an
 * older batch, and a signature over other bytes would be sent in the organisation's name. With the last
 * seal of a request its next call is recorded.
 */
export function sealMade(
  change: Change,
  input: InputOf<'seal-made'>,
): TransitionRefusal | undefined {
  const found = find(change, input.seal)
  if (found === undefined) {
    return refuse('seal.unknown', 'seal')
  }
  const { seal, request } = found
  if (seal.state === 'made') {
    return sameText(seal.artifacts, input.artifacts) ? undefined : refuse('seal.made', 'seal')
  }
  if (seal.state === 'stale' || seal.due === undefined || isDue(seal.due, change.now)) {
    return refuse('seal.stale', 'seal')
  }
  const items = seal.items.map((item) => item.sha256)
  if (!sameText(items, input.items) || input.artifacts.length !== items.length) {
    return refuse('seal.mismatch', 'items')
  }
  patchSeal(change, seal.id, { state: 'made', artifacts: input.artifacts })
  if (request.attention?.kind === 'seal') {
    patchRequest(change, request.id, { attention: undefined })
  }
  record(change, 'seal.made', {
    actor: input.actor,
    signing: seal.signing,
    request: request.id,
    data: { seal: seal.id, purpose: seal.purpose, artifacts: input.artifacts },
  })
  const own = change.aggregate.seals.filter((other) => other.request === request.id)
  if (!own.some((other) => other.state === 'wanted' || other.state === 'planned')) {
    recordAttempt(change, request, { action: 'dispatch', at: usableFrom(own, change) })
    advanceSigning(change, seal.signing, 'dispatching')
  }

  return undefined
}

/** The latest moment from which a made seal may be used, where one lies ahead. */
function usableFrom(seals: readonly Seal[], change: Change): Seal['usableFrom'] {
  return seals
    .filter((seal) => seal.state === 'made')
    .map((seal) => seal.usableFrom)
    .filter((at) => at !== undefined && !isDue(at, change.now))
    .toSorted()
    .at(-1)
}

function sameText(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index])
}
