/**
 * A worker that ends its process when one step of a trial takes too much of the processor: a loop without end. Time by
 * the clock would blame a busy machine on the trial.
 * @module
 */
import { workerData } from 'node:worker_threads'

/** The number of the step, another for each, and how many milliseconds it may take. */
const step: Int32Array = workerData
let seen = 0
let startMs = 0

const usedMs = (): number => {
  const { user, system } = process.cpuUsage()

  return (user + system) / 1000
}

setInterval(() => {
  const now = Atomics.load(step, 0)
  if (now !== seen) {
    seen = now
    startMs = usedMs()
  } else if (usedMs() - startMs > Atomics.load(step, 1)) process.kill(process.pid, 'SIGKILL')
}, 250)
