import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** One side of a comparison: a process that is kept alive and answers line by line. */
export type Side = {
  /** Sends a command and gives the lines of its answer. */
  readonly ask: (command: string, answerLines?: number) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** Starts a side on one core, alone of the two at work at any time. */
export function startSide(core: number, command: readonly string[]): Side {
  const child = spawn('taskset', ['-c', String(core), ...command], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  return {
    ask: async (text, answerLines = 1) => {
      child.stdin.write(`${text}\n`)
      const answer: string[] = []
      while (answer.length < answerLines) {
        const { value, done } = await lines.next()
        if (done === true) throw new Error(`${command[0]} ended at "${text}"`)
        answer.push(value)
      }

      return answer
    },
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}
