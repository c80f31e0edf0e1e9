import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkForward } from '../invariants/check-forward.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import type { EnvelopeAggregate } from '../model.ts'
import { inputOf, type Move, moveKinds, waitMs } from '../testing/random-input.ts'
import { countingIds, epoch, sampleDraft, sampleRecipient } from '../testing/samples.ts'
import { instantAfter } from '../time.ts'
import { isEnvelopeFinal } from './order.ts'
import { transition } from './transition.ts'

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom(...moveKinds),
  row: fc.nat(5),
  variant: fc.nat(31),
})

const play = fc.record({
  documents: fc.integer({ min: 1, max: 3 }),
  groups: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  deadlineMs: fc.option(fc.integer({ min: 60_000, max: 3_600_000 }), { nil: undefined }),
  moves: fc.array(move, { minLength: 20, maxLength: 90 }),
})

type Play = typeof play extends fc.Arbitrary<infer P> ? P : never

function draftOf({ documents, groups, deadlineMs }: Play): EnvelopeAggregate {
  return sampleDraft({
    documents,
    recipients: groups.map((orderGroup, index) => sampleRecipient(index, { orderGroup })),
    deadline: deadlineMs === undefined ? undefined : instantAfter(epoch, deadlineMs),
  })
}

type Watcher = (
  before: EnvelopeAggregate,
  done: Extract<ReturnType<typeof transition>, { readonly ok: true }>,
) => void

/** Plays the moves; every one that is taken is shown to the watcher. */
function run(input: Play, watch: Watcher): EnvelopeAggregate {
  const ids = countingIds()
  let aggregate = draftOf(input)
  let now = epoch
  const moves: readonly Move[] = [{ kind: 'send', row: 0, variant: 1 }, ...input.moves]
  for (const each of moves) {
    if (each.kind === 'wait') {
      now = instantAfter(now, waitMs(each.variant))
    }
    const input = inputOf(aggregate, each, now)
    if (input === undefined) {
      continue
    }
    const result = transition(aggregate, input, { now, ids })
    if (result.ok) {
      watch(aggregate, result)
      aggregate = result.next
    }
  }

  return aggregate
}

describe('any sequence of inputs', () => {
  it('keeps every invariant and never goes back', () => {
    fc.assert(
      fc.property(play, (input) => {
        run(input, (before, { next }) => {
          expect(checkInvariants(next)).toEqual([])
          expect(checkForward(before, next)).toEqual([])
        })
      }),
      { numRuns: 3000, seed: 7 },
    )
  })

  it('reaches every end, so that the play proves something', () => {
    const ends = new Map<string, number>()
    fc.assert(
      fc.property(play, (input) => {
        const { state } = run(input, () => undefined).envelope
        ends.set(state, (ends.get(state) ?? 0) + 1)
      }),
      { numRuns: 3000, seed: 11 },
    )
    const found = [...ends.keys()].filter((state) => state !== 'sent').toSorted()
    expect(found).toEqual(['completed', 'declined', 'expired', 'failed', 'voided'])
  })

  it('owes work for everything that must go on', () => {
    fc.assert(
      fc.property(play, (input) => {
        run(input, (before, { next, jobs }) => {
          const owed = jobs.map((job) => ('at' in job ? `${job.kind}` : JSON.stringify(job)))
          for (const signing of next.signings) {
            const was = before.signings.find((each) => each.id === signing.id)
            if (signing.planning && was?.round !== signing.round) {
              expect(jobs).toContainEqual({
                kind: 'plan',
                signing: signing.id,
                round: signing.round,
              })
            }
          }
          for (const artifact of next.artifacts) {
            if (!before.artifacts.some((each) => each.id === artifact.id)) {
              expect(jobs).toContainEqual({ kind: 'verify', artifact: artifact.id })
            }
            const was = before.artifacts.find((each) => each.id === artifact.id)
            if (artifact.standing === 'held' && was?.standing === 'pending') {
              const isOpen = next.signings.some(
                (each) => each.id === artifact.signing && each.state === 'held',
              )
              expect(!isOpen || owed.includes('recheck')).toBe(true)
            }
          }
          const isEnd =
            isEnvelopeFinal(next.envelope.state) && !isEnvelopeFinal(before.envelope.state)
          if (isEnd && before.artifacts.length > 0) {
            expect(jobs).toContainEqual({ kind: 'conclude' })
          }
        })
      }),
      { numRuns: 1500, seed: 13 },
    )
  })

  it('says the same of the same, twice, without writing into what came in', () => {
    fc.assert(
      fc.property(play, (input) => {
        const first: string[] = []
        const second: string[] = []
        run(input, (before, done) => {
          Object.freeze(before)
          Object.freeze(before.signings)
          Object.freeze(before.requests)
          first.push(JSON.stringify(done))
        })
        run(input, (_, done) => {
          second.push(JSON.stringify(done))
        })
        expect(second).toEqual(first)
      }),
      { numRuns: 200, seed: 17 },
    )
  })

  it('does nothing when the same input comes again at the same moment', () => {
    fc.assert(
      fc.property(play, (input) => {
        const ids = countingIds()
        let aggregate = draftOf(input)
        let now = epoch
        for (const each of [{ kind: 'send', row: 0, variant: 1 } as Move, ...input.moves]) {
          now = instantAfter(now, each.kind === 'wait' ? waitMs(each.variant) : 0)
          const next = inputOf(aggregate, each, now)
          const first = next && transition(aggregate, next, { now, ids })
          if (next === undefined || first === undefined || !first.ok) {
            continue
          }
          const again = transition(first.next, next, { now, ids })
          // A claim that comes again is the one that must not be taken for a duplicate: it says `unknown`.
          const isSpecial = next.kind === 'claim' || next.kind === 'renew'
          expect(isSpecial || !again.ok || again.next === first.next).toBe(true)
          aggregate = first.next
        }
      }),
      { numRuns: 500, seed: 19 },
    )
  })
})
