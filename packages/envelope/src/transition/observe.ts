import type { Input, Observation } from '../inputs.ts'
import type { SeenMark, SigningRequest } from '../model.ts'
import type { ActorRef } from '../words.ts'
import { raiseAttention } from './attention.ts'
import {
  type Change,
  findRequest,
  findSigning,
  owe,
  patchRequest,
  providerActor,
  record,
} from './change.ts'
import { declineSigning } from './decline.ts'
import { closeRequest } from './end.ts'
import { openRequest } from './open-request.ts'
import { advanceSigning } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>

/** A provider said something: data that may close or open a request, never an outcome of a signing. */
export function observed(
  change: Change,
  input: InputOf<'observed'>,
): TransitionRefusal | undefined {
  const request = findRequest(change, input.request)
  if (request === undefined) {
    return refuse('request.unknown', 'request')
  }
  hear(change, request, input.observation)

  return undefined
}

function hear(change: Change, request: SigningRequest, observation: Observation): void {
  const isAlive = request.state !== 'closed' && request.state !== 'planned'
  const actor = providerActor(request)
  if (observation.kind === 'rejected') {
    hearRejection(change, request, observation)
    return
  }
  if (!isAlive) {
    return
  }
  switch (observation.kind) {
    case 'opened':
    case 'fetched':
    case 'said-signed':
      hearOnce(change, request, observation.kind)
      break
    case 'declined':
      closeRequest(change, request.id, 'declined', { actor })
      declineByRequest(change, request, observation.reason, actor)
      break
    case 'expired':
      closeRequest(change, request.id, 'expired', { actor })
      break
    case 'refused':
      // Kept on the request: it is why the signing fails where nothing else is left.
      raiseAttention(change, request, { kind: 'provider', code: observation.code })
      closeRequest(change, request.id, 'refused', { actor, code: observation.code })
      break
    case 'exists':
      openRequest(change, request, { handle: observation.handle, window: observation.window })
      break
    case 'flagged':
      raiseAttention(change, request, { kind: observation.attention, code: observation.code })
      break
    case 'absent':
      // Only for an unknown one: while a call is in the air, absence may end a moment later.
      if (request.state === 'unknown') {
        closeRequest(change, request.id, 'absent', { actor })
      }
      break
  }
}

/** Polls repeat themselves; what was heard already changes nothing. */
function hearOnce(change: Change, request: SigningRequest, mark: SeenMark): void {
  if (request.seen.includes(mark)) {
    return
  }
  patchRequest(change, request.id, { seen: [...request.seen, mark] })
  record(change, 'request.observed', {
    actor: providerActor(request),
    signing: request.signing,
    request: request.id,
    data: { observation: mark },
  })
  if (mark === 'said-signed') {
    owe(change, { kind: 'collect', request: request.id })
  } else {
    advanceSigning(change, request.signing, 'viewed', providerActor(request))
  }
}

/**
 * The signer said no in their service. A request that was superseded already speaks for nobody: the
 * same person may be signing its successor.
 */
function declineByRequest(
  change: Change,
  request: SigningRequest,
  reason: string | undefined,
  actor: ActorRef,
): void {
  const signing = findSigning(change, request.signing)
  if (signing !== undefined && request.ending === undefined) {
    declineSigning(change, signing, { actor, reason })
  }
}

function hearRejection(
  change: Change,
  request: SigningRequest,
  rejection: Extract<Observation, { readonly kind: 'rejected' }>,
): void {
  record(change, 'request.rejected', {
    actor: providerActor(request),
    signing: request.signing,
    request: request.id,
    data: { code: rejection.code },
  })
  if (rejection.attention !== undefined && request.state !== 'closed') {
    raiseAttention(change, request, { kind: rejection.attention, code: rejection.code })
  }
}

/** A person looked at the provider and says what became of the call whose answer was lost. */
export function resolveUnknown(
  change: Change,
  input: InputOf<'resolve-unknown'>,
): TransitionRefusal | undefined {
  const request = findRequest(change, input.request)
  if (request === undefined) {
    return refuse('request.unknown', 'request')
  }
  if (request.state !== 'unknown') {
    return refuse('request.not-unknown', 'request')
  }
  if (input.to === 'absent') {
    closeRequest(change, request.id, 'absent', { actor: input.actor })
    return undefined
  }
  const handle = input.handle ?? request.handle
  if (handle === undefined) {
    return refuse('handle.missing', 'handle')
  }
  openRequest(change, request, { handle, actor: input.actor })

  return undefined
}
