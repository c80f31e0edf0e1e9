import type { Attention, SigningRequest } from '../model.ts'
import { type Change, patchRequest, record } from './change.ts'

/** Flags a request for a person; the same flag again is the same flag. */
export function raiseAttention(
  change: Change,
  request: SigningRequest,
  attention: Omit<Attention, 'since'>,
): void {
  const known = request.attention
  if (
    known?.kind === attention.kind &&
    known.code === attention.code &&
    known.artifact === attention.artifact
  ) {
    return
  }
  patchRequest(change, request.id, { attention: { ...attention, since: change.now } })
  record(change, 'request.attention', {
    signing: request.signing,
    request: request.id,
    artifact: attention.artifact,
    data: { kind: attention.kind, code: attention.code },
  })
}
