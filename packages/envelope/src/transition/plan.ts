import type { ContentId, RequestId, SealId } from '../ids.ts'
import type { Input, NewContent, NewRequest } from '../inputs.ts'
import type { Content, Seal, Signing, SigningRequest } from '../model.ts'
import { isDue } from '../time.ts'
import { recordAttempt } from './attempt-rows.ts'
import { addRows, type Change, findSigning, newId, owe, patchSigning, record } from './change.ts'
import { standingsByDocument } from './coverage.ts'
import { endEnvelope, endSigning } from './end.ts'
import { isFinal } from './order.ts'
import { advanceSigning } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'
import { planSeal } from './stale-seals.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>

/** The round is the compare-and-set of planning: an answer to another round is late and does nothing. */
function isAwaited(signing: Signing, round: number): boolean {
  return signing.planning && signing.round === round && !isFinal(signing.state)
}

/** A plan came: its contents are stored already, its requests are made, sealed, called or exposed. */
export function planned(change: Change, input: InputOf<'planned'>): TransitionRefusal | undefined {
  const signing = findSigning(change, input.signing)
  if (signing === undefined) {
    return refuse('signing.unknown', 'signing')
  }
  if (!isAwaited(signing, input.round)) {
    return undefined
  }
  const refusal = refusePlan(change, signing, input.requests)
  if (refusal !== undefined) {
    return refusal
  }
  const wanted = input.requests.filter((request) => isWanted(change, signing, request))
  patchSigning(change, signing.id, { planning: false })
  for (const request of wanted) {
    addRequest(change, signing, request)
  }

  return undefined
}

/** No method of the recipient can be used: the signing fails, and with it the envelope. */
export function planRefused(
  change: Change,
  input: InputOf<'plan-refused'>,
): TransitionRefusal | undefined {
  const signing = findSigning(change, input.signing)
  if (signing === undefined) {
    return refuse('signing.unknown', 'signing')
  }
  if (!isAwaited(signing, input.round)) {
    return undefined
  }
  const about = { code: input.code, reason: input.code }
  endSigning(change, signing.id, 'failed', about)
  endEnvelope(change, 'failed', about)

  return undefined
}

/**
 * Each way to sign must cover every document of the envelope exactly once: less would let the envelope
 * wait for ever, more would ask the recipient twice. Methods are those that the sender allowed.
 */
function refusePlan(
  change: Change,
  signing: Signing,
  requests: readonly NewRequest[],
): TransitionRefusal | undefined {
  const { documents, recipients } = change.aggregate
  const allowed = recipients.find((recipient) => recipient.id === signing.recipient)?.methods ?? []
  for (const [index, request] of requests.entries()) {
    if (!allowed.some((method) => wayOf(method) === wayOf(request))) {
      return refuse('plan.method-not-allowed', `requests.${index}.method`)
    }
    if (request.seals.some((seal) => seal.items !== 'built' && isDue(seal.due, change.now))) {
      return refuse('plan.seal-due', `requests.${index}.seals`)
    }
  }
  const ways = Map.groupBy(requests, wayOf)
  for (const parts of ways.values()) {
    const named = parts.flatMap((part) => part.contents.map((content) => content.document))
    const isExact =
      named.length === documents.length &&
      documents.every((document) => named.includes(document.id)) &&
      parts.every((part) => part.contents.length > 0)
    if (!isExact) {
      return refuse('plan.incomplete', 'requests')
    }
  }

  return ways.size === 0 ? refuse('plan.incomplete', 'requests') : undefined
}

type Way = Pick<NewRequest, 'provider' | 'method' | 'connection'>

/** One way to sign: a method inside a provider over one connection. */
export function wayOf(way: Way): string {
  return JSON.stringify([way.provider, way.method, way.connection])
}

/**
 * A later round tops up: what is accepted is not asked again, and a request that is alive the same way
 * over the same documents is not doubled.
 */
function isWanted(change: Change, signing: Signing, request: NewRequest): boolean {
  const standings = standingsByDocument(change.aggregate, signing.id)
  if (request.contents.every((each) => standings.get(each.document)?.has('accepted'))) {
    return false
  }
  const documentOf = new Map(change.aggregate.contents.map((each) => [each.id, each.document]))
  const documents = request.contents.map((each) => each.document).sort()

  return !change.aggregate.requests.some(
    (other) =>
      other.signing === signing.id &&
      other.state !== 'closed' &&
      other.ending === undefined &&
      wayOf(other) === wayOf(request) &&
      other.contents
        .map((content) => documentOf.get(content))
        .sort()
        .join() === documents.join(),
  )
}

function addRequest(change: Change, signing: Signing, request: NewRequest): void {
  const contents = request.contents.map((content) => contentId(change, content))
  const isExposed = request.opening.kind === 'expose' && request.seals.length === 0
  const row: SigningRequest = {
    id: newId<RequestId>(change, 'request'),
    signing: signing.id,
    provider: request.provider,
    method: request.method,
    connection: request.connection,
    round: signing.round,
    state: isExposed ? 'open' : 'planned',
    contents,
    seen: [],
    traits: request.traits,
    since: change.now,
    ...(isExposed && request.opening.kind === 'expose'
      ? { handle: request.opening.handle, window: request.opening.window }
      : {}),
  }
  addRows(change, 'requests', [row])
  record(change, 'request.planned', {
    signing: signing.id,
    request: row.id,
    data: { provider: row.provider, method: row.method, round: row.round, contents },
  })
  if (request.seals.length > 0) {
    wantSeals(change, row, request)
    advanceSigning(change, signing.id, 'sealing')
  } else if (isExposed) {
    record(change, 'request.opened', { signing: signing.id, request: row.id })
    advanceSigning(change, signing.id, 'sent')
  } else {
    recordAttempt(change, row, { action: 'dispatch' })
    advanceSigning(change, signing.id, 'dispatching')
  }
}

/** One row for the same bytes made the same way, whoever signs them. */
function contentId(change: Change, wanted: NewContent): ContentId {
  const known = change.aggregate.contents.find(
    (content) =>
      content.document === wanted.document &&
      content.derivation === wanted.derivation &&
      content.sha256 === wanted.sha256,
  )
  if (known !== undefined) {
    return known.id
  }
  const content: Content = { id: newId<ContentId>(change, 'content'), ...wanted }
  addRows(change, 'contents', [content])

  return content.id
}

function wantSeals(change: Change, request: SigningRequest, wanted: NewRequest): void {
  for (const each of wanted.seals) {
    if (each.items === 'built') {
      planSeal(change, { request, purpose: each.purpose })
      continue
    }
    const seal: Seal = {
      id: newId<SealId>(change, 'seal'),
      signing: request.signing,
      request: request.id,
      built: false,
      state: 'wanted',
      artifacts: [],
      purpose: each.purpose,
      key: each.key,
      signerKey: each.signerKey,
      items: each.items,
      due: each.due,
    }
    addRows(change, 'seals', [seal])
    record(change, 'seal.wanted', {
      signing: request.signing,
      request: request.id,
      data: { seal: seal.id, purpose: each.purpose, key: each.key, due: each.due },
    })
    // An attended key waits for its clerk, who learns of it from the event.
    if (seal.key === 'unattended') {
      owe(change, { kind: 'seal', seal: seal.id })
    }
  }
}
