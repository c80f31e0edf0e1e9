import type { RequestWindow, SigningRequest } from '../model.ts'
import type { ActorRef, Json } from '../words.ts'
import {
  type Change,
  findRequest,
  findSigning,
  patchAttempt,
  patchRequest,
  providerActor,
  record,
} from './change.ts'
import { endRequest } from './end.ts'
import { isFinal } from './order.ts'
import { advanceSigning } from './progress.ts'

/**
 * The request is certainly at the provider. If its signing ended while the call was in the air, it is
 * ended from here as far as it can be. If it was called absent before, its handle is kept and a person
 * must look: it may stand beside the request that replaced it.
 */
export function openRequest(
  change: Change,
  request: SigningRequest,
  found: {
    readonly handle: Json | undefined
    readonly window?: RequestWindow | undefined
    readonly actor?: ActorRef | undefined
    /** The service's answer to our own call: it knows the handle better than whoever found the request. */
    readonly isAnswer?: true | undefined
  },
): void {
  if (request.state === 'open') {
    // The watch may have found it before our own call was answered; the answer knows the window.
    const handles = [request.handle, found.handle]
    const [first, second] = found.isAnswer === true ? handles.toReversed() : handles
    patchRequest(change, request.id, {
      handle: first ?? second,
      window: request.window ?? found.window,
    })
    return
  }
  if (request.state === 'closed') {
    patchRequest(change, request.id, {
      handle: request.handle ?? found.handle,
      attention: { kind: 'provider', since: change.now, code: 'opened-after-close' },
    })
    record(change, 'request.attention', {
      signing: request.signing,
      request: request.id,
      data: { kind: 'provider', code: 'opened-after-close' },
    })
    return
  }
  patchRequest(change, request.id, {
    state: 'open',
    since: change.now,
    handle: found.handle ?? request.handle,
    window: found.window ?? request.window,
    ...(request.attention?.kind === 'provider' ? { attention: undefined } : {}),
  })
  for (const attempt of change.aggregate.attempts) {
    if (
      attempt.request === request.id &&
      attempt.action === 'dispatch' &&
      attempt.state === 'recorded'
    ) {
      patchAttempt(change, attempt.id, {
        state: 'refused',
        code: 'opened-already',
        since: change.now,
      })
    }
  }
  record(change, 'request.opened', {
    actor: found.actor ?? providerActor(request),
    signing: request.signing,
    request: request.id,
  })
  advanceSigning(change, request.signing, 'sent')
  const signing = findSigning(change, request.signing)
  const isEnded = signing === undefined || isFinal(signing.state)
  const ending = findRequest(change, request.id)?.ending ?? (isEnded ? 'cancelled' : undefined)
  if (ending !== undefined) {
    endRequest(change, request.id, ending)
  }
}
