import type { SandboxReady } from '@muhr/sandbox'
import { startSandboxProcess } from '../start-sandbox-process.ts'

/** One call that the simulated gateway took; `call` is its name (`updated`, `status`, `details`, `order`). */
export type SimCall = {
  readonly call: string
  readonly path: string
  readonly status: number | 'none'
}

/** The simulators of ESIA and EPGU in another process, and their control. */
export type Simulator = {
  readonly ready: SandboxReady
  readonly control: (path: string, body: object, method?: 'POST' | 'PUT') => Promise<unknown>
  readonly setClock: (offsetMs: number) => Promise<void>
  /** Calls since the last time that this was asked. */
  readonly newCalls: () => Promise<readonly SimCall[]>
  readonly stop: () => void
}

export async function startSimulator(folder: string): Promise<Simulator> {
  const { ready, stop } = await startSandboxProcess(folder)

  return { ready, ...controlOf(ready), stop }
}

/** The control of a running simulator. */
export function controlOf(ready: SandboxReady): Omit<Simulator, 'ready' | 'stop'> {
  const send = async (method: string, url: string, body?: object): Promise<unknown> => {
    const response = await fetch(url, {
      method,
      headers: {
        'x-muhr-sim-secret': ready.control.secret,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      throw new Error(`the simulator answered ${response.status}: ${await response.text()}`)
    }

    return response.json()
  }

  return {
    control: (path, body, method = 'POST') => send(method, `${ready.goskey.control}/${path}`, body),
    setClock: async (offsetMs) => {
      await send('PUT', `${ready.epgu}/_sim/clock`, { offsetMs })
    },
    newCalls: journalReader(ready, send),
  }
}

type Entry = {
  readonly number: number
  readonly simulator: string
  readonly path: string
  readonly status: number | 'none'
  readonly note?: string
}

/** The journal keeps a thousand calls and numbers them without a gap: none is missed unnoticed. */
function journalReader(
  ready: SandboxReady,
  send: (method: string, url: string) => Promise<unknown>,
): Simulator['newCalls'] {
  let last = 0

  return async () => {
    // As the simulator writes it.
    const { calls } = (await send('GET', `${ready.epgu}/_sim/journal?after=${last}`)) as {
      readonly calls: readonly Entry[]
    }
    const [first] = calls
    if (first !== undefined && first.number !== last + 1) {
      throw new Error('calls were lost from the journal: nothing was measured')
    }
    last = calls.at(-1)?.number ?? last

    return calls
      .filter(({ simulator }) => simulator === 'epgu')
      .map(({ path, status, note = '' }) => ({ call: note.split(':')[0] ?? '', path, status }))
  }
}
