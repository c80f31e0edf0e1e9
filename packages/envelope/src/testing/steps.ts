import type { ContentId, IdSource, Instant, RequestId, SigningId } from '../ids.ts'
import type { DomainEvent, Input, Job } from '../inputs.ts'
import type { EnvelopeAggregate, Signing, SigningRequest } from '../model.ts'
import { instantAfter } from '../time.ts'
import type { TransitionRefusalCode } from '../transition/refusal.ts'
import { transition } from '../transition/transition.ts'
import { countingIds, digestOf, epoch } from './samples.ts'

/**
 * Runs inputs one after another on one envelope, for tests that read as a story. Collects events and
 * jobs; a refusal that was not asked for is an error of the test.
 */
export type Steps = {
  readonly aggregate: EnvelopeAggregate
  readonly events: readonly DomainEvent[]
  readonly jobs: readonly Job[]
  readonly now: Instant
  /** Runs an input; returns what this one caused. */
  readonly run: (input: Input) => {
    readonly moved: boolean
    readonly events: readonly DomainEvent[]
    readonly jobs: readonly Job[]
  }
  /** Runs an input that must be refused; returns the code. */
  readonly refused: (input: Input) => TransitionRefusalCode
  readonly pass: (ms: number) => void
  readonly signing: (index?: number) => Signing
  readonly request: (index?: number) => SigningRequest
}

/** Starts a story from an aggregate. */
export function beginSteps(start: EnvelopeAggregate, ids: IdSource = countingIds()): Steps {
  let aggregate = start
  let now = epoch
  const events: DomainEvent[] = []
  const jobs: Job[] = []
  const at = <T>(rows: readonly T[], index: number): T => {
    const row = rows.at(index)
    if (row === undefined) {
      throw new Error(`the story has no row ${index}`)
    }

    return row
  }

  return {
    get aggregate() {
      return aggregate
    },
    get now() {
      return now
    },
    events,
    jobs,
    run: (input) => {
      const result = transition(aggregate, input, { now, ids })
      if (!result.ok) {
        throw new Error(`refused: ${result.refusal.code} (${input.kind})`)
      }
      const moved = result.next !== aggregate
      aggregate = result.next
      events.push(...result.events)
      jobs.push(...result.jobs)

      return { moved, events: result.events, jobs: result.jobs }
    },
    refused: (input) => {
      const result = transition(aggregate, input, { now, ids })
      if (result.ok) {
        throw new Error(`not refused: ${input.kind}`)
      }

      return result.refusal.code
    },
    pass: (ms) => {
      now = instantAfter(now, ms)
    },
    signing: (index = 0) => at(aggregate.signings, index),
    request: (index = -1) => at(aggregate.requests, index),
  }
}

/** A submission with one signature for each content given. */
export function submissionOf(
  request: RequestId,
  contents: readonly ContentId[],
  text: string,
): Extract<Input, { readonly kind: 'received' }> {
  return {
    kind: 'received',
    request,
    submission: digestOf(`submission ${text}`),
    artifacts: contents.map((content) => ({
      content,
      sha256: digestOf(`artifact ${text} ${content}`),
      size: 100,
      format: 'CMS',
      detached: true,
    })),
  }
}

/** The plan that is owed to a signing, answered. */
export function planOf(
  steps: Steps,
  requests: Extract<Input, { readonly kind: 'planned' }>['requests'],
  signing: SigningId = steps.signing().id,
): Input {
  const found = steps.aggregate.signings.find((each) => each.id === signing)

  return { kind: 'planned', signing, round: found?.round ?? 0, requests }
}
