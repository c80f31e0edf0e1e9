import { parentPort } from 'node:worker_threads'
import type { FromThread, ToThread } from './messages.ts'

/** A verifier that misbehaves as the policy field of its job says: what a hostile file would have it do. */
const deeds: { readonly [name: string]: () => void } = {
  spin: () => {
    for (;;) {
      Math.sqrt(Date.now())
    }
  },
  eat: () => {
    const kept: object[] = []
    for (;;) {
      kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })))
    }
  },
  ask: () => {
    for (let id = 0; id < 1000; id += 1) {
      parentPort?.postMessage({
        kind: 'question',
        id,
        bytes: new Uint8Array(1),
        policy: 'etsi-basic',
      } satisfies FromThread)
    }
  },
  leave: () => process.exit(0),
  throw: () => {
    throw new TypeError('hostile')
  },
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'job') {
    deeds[new TextDecoder().decode(message.job.container)]?.()
  }
})
