import {
  type ArtifactId,
  type ContentId,
  type DocumentId,
  idPrefix,
  type RequestId,
  type Sha256Hex,
  type SigningId,
} from './ids.ts'
import type {
  Artifact,
  ArtifactStanding,
  EnvelopeAggregate,
  EnvelopeDocument,
  Recipient,
  SigningRequest,
} from './model.ts'
import type { RequestView, SubmissionOutcome, SubmissionView } from './provider.ts'
import { isCovered, isRequestCovered } from './transition/coverage.ts'
import { isFinal, isWatched } from './transition/order.ts'
import { isOfWrongPerson } from './transition/verify.ts'
import type { Json, MethodName, SigningState } from './words.ts'

/** A request as its provider sees it, or undefined when the envelope has no such request. */
export function requestView(
  aggregate: EnvelopeAggregate,
  id: RequestId,
): RequestView<Json> | undefined {
  const request = aggregate.requests.find((each) => each.id === id)
  const signing = aggregate.signings.find((each) => each.id === request?.signing)
  const recipient = aggregate.recipients.find((each) => each.id === signing?.recipient)
  if (request === undefined || recipient === undefined) {
    return undefined
  }

  return {
    id,
    method: request.method,
    round: request.round,
    handle: request.handle,
    window: request.window,
    closed: request.state === 'closed',
    outcome: request.outcome,
    accepted: isRequestCovered(aggregate, request, ['accepted']),
    title: aggregate.envelope.title,
    recipient,
    contents: request.contents.flatMap((contentId, position) => {
      const content = aggregate.contents.find((each) => each.id === contentId)
      const document = aggregate.documents.find((each) => each.id === content?.document)

      return content === undefined || document === undefined
        ? []
        : [{ id: content.id, position, document, sha256: content.sha256, size: content.size }]
    }),
    submissions: submissionsOf(aggregate, id),
    seals: aggregate.seals
      .filter((seal) => seal.request === id && seal.state !== 'stale')
      .map((seal) => ({ purpose: seal.purpose, items: seal.items, artifacts: seal.artifacts })),
    ...(aggregate.envelope.sentAt === undefined
      ? {}
      : { envelopeSentAt: aggregate.envelope.sentAt }),
    ...(request.bucket === undefined ? {} : { bucket: request.bucket }),
  }
}

/**
 * The view of a request that is only planned, for the pure question what its first step is: nothing of
 * it is stored, its ids are placeholders.
 */
export function plannedView(input: {
  readonly title: string
  readonly method: MethodName
  readonly recipient: Recipient
  readonly contents: readonly {
    readonly document: EnvelopeDocument
    readonly sha256: Sha256Hex
    readonly size: number
  }[]
}): RequestView<never> {
  return {
    id: `${idPrefix.request}_planned` as RequestId,
    method: input.method,
    round: 1,
    handle: undefined,
    window: undefined,
    closed: false,
    accepted: false,
    title: input.title,
    recipient: input.recipient,
    contents: input.contents.map((content, position) => ({
      id: `${idPrefix.content}_planned${position}` as ContentId,
      position,
      ...content,
    })),
    submissions: [],
    seals: [],
  }
}

/** The worst standing tells what became of a submission: it is as good as its worst signature. */
const standingOrder: readonly ArtifactStanding[] = [
  'refused',
  'late',
  'pending',
  'held',
  'accepted',
]

function worst(artifacts: readonly Artifact[]): ArtifactStanding {
  const found = standingOrder.find((standing) =>
    artifacts.some((artifact) => artifact.standing === standing),
  )

  return found ?? 'pending'
}

function submissionsOf(aggregate: EnvelopeAggregate, id: RequestId): readonly SubmissionView[] {
  const mine = aggregate.artifacts.filter((artifact) => artifact.request === id)

  return [...Map.groupBy(mine, (artifact) => artifact.submission)].map(([digest, artifacts]) => ({
    digest,
    outcome: worst(artifacts),
  }))
}

/** Signatures that one submission brought to one request, in the order in which they came. */
export function submissionArtifacts(
  aggregate: EnvelopeAggregate,
  request: RequestId,
  submission: Sha256Hex,
): readonly Artifact[] {
  return aggregate.artifacts.filter(
    (artifact) => artifact.request === request && artifact.submission === submission,
  )
}

/**
 * What a provider may tell its service about a submission; `pending` while a signature of it waits for
 * the verifier, undefined when there was no such submission. A refused one names the first content at
 * fault; its code is that of the sub-indication or of the mismatch.
 */
export function submissionOutcome(
  aggregate: EnvelopeAggregate,
  request: RequestId,
  submission: Sha256Hex,
): SubmissionOutcome | { readonly kind: 'pending' } | undefined {
  const artifacts = submissionArtifacts(aggregate, request, submission)
  if (artifacts.length === 0) {
    return undefined
  }
  const standing = worst(artifacts)
  const signing = aggregate.signings.find((each) => each.id === artifacts[0]?.signing)
  // It came in time, but the signing ended while it was judged: nobody may be told that all is well.
  const isMoot = signing !== undefined && isFinal(signing.state) && signing.state !== 'signed'
  if (isMoot && (standing === 'accepted' || standing === 'held')) {
    return { kind: 'late' }
  }
  const artifact = artifacts.find((each) => each.standing === standing)
  switch (standing) {
    case 'refused':
      return { kind: 'refused', code: refusalCode(artifact), content: artifact?.content }
    case 'held':
      return { kind: 'held', code: artifact?.verdict?.subIndication ?? 'INDETERMINATE' }
    default:
      return { kind: standing }
  }
}

function refusalCode(artifact: Artifact | undefined): string {
  const verdict = artifact?.verdict
  if (verdict?.content === 'mismatch') {
    return 'content-mismatch'
  }
  if (verdict !== undefined && isOfWrongPerson(verdict)) {
    return `identity-${verdict.identity}`
  }

  return verdict?.subIndication ?? verdict?.indication ?? 'unknown'
}

/** Requests whose provider may still say something: to be watched, also after their signing ended. */
export function openRequests(aggregate: EnvelopeAggregate): readonly SigningRequest[] {
  return aggregate.requests.filter((request) => isWatched(request.state))
}

/** What stands for a document in one signing: its best artifact, or none. */
export type DocumentProgress = {
  readonly document: DocumentId
  readonly standing: ArtifactStanding | 'none'
  readonly artifact?: ArtifactId | undefined
}

export type SigningProgress = {
  readonly signing: SigningId
  readonly state: SigningState
  readonly final: boolean
  readonly documents: readonly DocumentProgress[]
  /** True when a person with the right to do so may accept what is held. */
  readonly canAcceptHeld: boolean
  /** True when a new request may be asked for. */
  readonly canRenew: boolean
}

const bestFirst: readonly ArtifactStanding[] = ['accepted', 'held', 'pending', 'refused', 'late']

/** How far one signing is, for pages; undefined when the envelope has no such signing. */
export function signingProgress(
  aggregate: EnvelopeAggregate,
  id: SigningId,
): SigningProgress | undefined {
  const signing = aggregate.signings.find((each) => each.id === id)
  if (signing === undefined) {
    return undefined
  }
  const documents = aggregate.documents.map((document): DocumentProgress => {
    const contents = aggregate.contents
      .filter((content) => content.document === document.id)
      .map((content) => content.id)
    const best = aggregate.artifacts
      .filter((artifact) => artifact.signing === id && contents.includes(artifact.content))
      .toSorted((a, b) => bestFirst.indexOf(a.standing) - bestFirst.indexOf(b.standing))
      .at(0)

    return best === undefined
      ? { document: document.id, standing: 'none' }
      : { document: document.id, standing: best.standing, artifact: best.id }
  })
  const final = isFinal(signing.state)

  return {
    signing: id,
    state: signing.state,
    final,
    documents,
    canAcceptHeld: signing.state === 'held' && isCovered(aggregate, id, ['accepted', 'held']),
    canRenew: !final && isRenewable(aggregate, id) && !signing.planning && signing.round > 0,
  }
}

/** The same rule by which `renew` refuses. */
function isRenewable(aggregate: EnvelopeAggregate, id: SigningId): boolean {
  const mine = aggregate.requests.filter((request) => request.signing === id)
  const onDemand = mine.filter((request) => request.traits.renewal === 'on-demand')
  const isAlive = mine.some((request) => request.state !== 'closed')

  return (
    onDemand.every((request) => request.state === 'open' || request.state === 'closed') &&
    (onDemand.length > 0 || !isAlive)
  )
}
