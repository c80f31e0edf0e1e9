import type { DocumentId, SigningId } from '../ids.ts'
import type { ArtifactStanding, EnvelopeAggregate, SigningRequest } from '../model.ts'

/**
 * What came for each document in one signing, over all its requests: a package may be split, and
 * several methods may be open side by side.
 */
export function standingsByDocument(
  aggregate: EnvelopeAggregate,
  signing: SigningId,
): ReadonlyMap<DocumentId, ReadonlySet<ArtifactStanding>> {
  const documentOf = new Map(aggregate.contents.map((content) => [content.id, content.document]))
  const found = new Map(aggregate.documents.map((each) => [each.id, new Set<ArtifactStanding>()]))
  for (const artifact of aggregate.artifacts) {
    const document = documentOf.get(artifact.content)
    if (artifact.signing === signing && document !== undefined) {
      found.get(document)?.add(artifact.standing)
    }
  }

  return found
}

/**
 * True when every document of the envelope has, in this signing, an artifact of one of the standings.
 * Every document counts, not only those of the requests made so far: a plan that forgot one must never
 * complete an envelope.
 */
export function isCovered(
  aggregate: EnvelopeAggregate,
  signing: SigningId,
  standings: readonly ArtifactStanding[],
): boolean {
  return [...standingsByDocument(aggregate, signing).values()].every((found) =>
    standings.some((standing) => found.has(standing)),
  )
}

/** True when every content of one request has an artifact of one of the standings. */
export function isRequestCovered(
  aggregate: EnvelopeAggregate,
  request: SigningRequest,
  standings: readonly ArtifactStanding[],
): boolean {
  return request.contents.every((content) =>
    aggregate.artifacts.some(
      (artifact) =>
        artifact.request === request.id &&
        artifact.content === content &&
        standings.includes(artifact.standing),
    ),
  )
}

/**
 * True when the service delivered what it has, over every content: it said that it is signed and the
 * signatures were fetched, whatever they are worth, or they came after the end of the signing. Once the
 * signing or the window has ended, watching such a request further would be for nothing.
 */
export function isDelivered(aggregate: EnvelopeAggregate, request: SigningRequest): boolean {
  const isSaid = request.seen.includes('said-signed')

  return isRequestCovered(
    aggregate,
    request,
    isSaid ? ['late', 'accepted', 'held', 'refused', 'pending'] : ['late'],
  )
}

/** True while a signature that came in time waits for its first judgement. */
export function hasPending(aggregate: EnvelopeAggregate, request: SigningRequest): boolean {
  return aggregate.artifacts.some(
    (artifact) => artifact.request === request.id && artifact.standing === 'pending',
  )
}
