import type { ArtifactStanding } from '@muhr/envelope'
import type { ChainedEvent } from '@muhr/evidence'

/** How an artifact stood, and by which report, after some event. */
export type JudgedArtifact = { readonly standing: ArtifactStanding; readonly report: string }

const ends = ['signed', 'declined', 'expired', 'voided', 'failed'].map((end) => `signing.${end}`)

/**
 * What the events tell of each artifact that was judged. Read from the events and not from the rows, so
 * that the bundle of an earlier event is the same for ever, whatever was learned since.
 */
export function judgedArtifacts(
  events: readonly ChainedEvent[],
): ReadonlyMap<string, JudgedArtifact> {
  const judged = new Map<string, JudgedArtifact>()
  const ended = new Set<string>()
  for (const { type, signingId, artifactId, data } of events) {
    if (signingId !== undefined && ends.includes(type)) {
      ended.add(signingId)
    }
    const { report } = data as { readonly report?: unknown }
    if (artifactId === undefined || typeof report !== 'string') {
      continue
    }
    const known = judged.get(artifactId)
    const standing = standingOf(type, known?.standing, ended.has(signingId ?? ''))
    if (standing !== undefined) {
      judged.set(artifactId, { standing, report })
    }
  }

  return judged
}

/** A look again at a held one replaces its report while its signing goes on; at others it is a note. */
function standingOf(
  type: string,
  known: ArtifactStanding | undefined,
  isEnded: boolean,
): ArtifactStanding | undefined {
  switch (type) {
    case 'artifact.accepted':
      return 'accepted'
    case 'artifact.held':
      return 'held'
    case 'artifact.refused':
      return 'refused'
    case 'artifact.late':
      return 'late'
    case 'artifact.rechecked':
      return known === 'held' && !isEnded ? 'held' : undefined
    default:
      return undefined
  }
}
