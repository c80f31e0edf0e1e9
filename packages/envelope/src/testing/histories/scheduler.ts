import { CoreCrash, type CoreStep } from '../core/core-types.ts'
import type { Random } from './random.ts'

type Paused = {
  readonly name: string
  readonly step: CoreStep
  readonly go: () => void
  readonly crash: () => void
}

/**
 * Runs several processes of the core as if each were a machine of its own: only one moves at a time,
 * and at any step it may be left standing while others overtake it, or end there.
 */
export type Scheduler = {
  readonly onStep: (step: CoreStep) => Promise<void> | void
  /** Starts a process; returns when it stands, ends or falls. */
  readonly start: (name: string, run: () => Promise<unknown>) => Promise<void>
  readonly standing: () => number
  /** Lets one that stands go on, or fall. */
  readonly resumeOne: () => Promise<void>
  /** From now on nobody stands or falls any more; lets all that stand go to their end. */
  readonly calm: () => Promise<void>
  readonly failures: () => readonly unknown[]
}

export type SchedulerOptions = {
  readonly random: Random
  readonly pauseChance: number
  readonly crashChance: number
  readonly log: (line: string) => void
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { random, log } = options
  const paused: Paused[] = []
  const failures: unknown[] = []
  let isCalm = false
  let current = ''
  let stopped: () => void = () => undefined

  const untilStop = async (move: () => void) => {
    const stop = new Promise<void>((resolve) => {
      stopped = resolve
    })
    move()
    await stop
  }
  const onStep = (step: CoreStep): Promise<void> | void => {
    if (isCalm) {
      return
    }
    const name = current
    const draw = random.next()
    if (draw < options.crashChance) {
      log(`  ${name} falls at ${step.point} of ${step.of}`)
      throw new CoreCrash()
    }
    if (draw < options.crashChance + options.pauseChance) {
      return new Promise<void>((resolve, reject) => {
        const leave = (end: () => void) => () => {
          current = name
          end()
        }
        paused.push({
          name,
          step,
          go: leave(resolve),
          crash: leave(() => reject(new CoreCrash())),
        })
        stopped()
      })
    }
  }
  const resume = async (index: number, end: 'go' | 'crash') => {
    const [found] = paused.splice(index, 1)
    if (found !== undefined) {
      log(
        `  ${found.name} ${end === 'go' ? 'goes on' : 'falls'} at ${found.step.point} of ${found.step.of}`,
      )
      await untilStop(found[end])
    }
  }

  return {
    onStep,
    start: (name, run) => {
      current = name

      return untilStop(() => {
        run()
          .catch((error: unknown) => {
            if (!(error instanceof CoreCrash)) {
              failures.push(error)
            }
          })
          .finally(() => stopped())
      })
    },
    standing: () => paused.length,
    resumeOne: () => resume(random.int(paused.length), random.chance(0.1) ? 'crash' : 'go'),
    calm: async () => {
      isCalm = true
      while (paused.length > 0) {
        await resume(0, 'go')
      }
    },
    failures: () => failures,
  }
}
