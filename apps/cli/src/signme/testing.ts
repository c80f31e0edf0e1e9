import { join } from 'node:path'
import { type Sandbox, SECRET_HEADER, startSandbox } from '@muhr/sandbox'

/** A sandbox of its own in that folder, with the control of its Sign.Me. */
export async function startSignme(folder: string) {
  const sandbox: Sandbox = await startSandbox({
    dir: join(folder, 'sandbox'),
    ports: { console: 0, esia: 0, epgu: 0, signme: 0, trust: 0, tls: 0 },
  })
  const { signme: url, control } = sandbox.ready

  return {
    sandbox,
    url,
    /** A call of `/_sim/signme/`, answered with its JSON. */
    control: async (path: string, method: 'POST' | 'PUT' | 'DELETE', body: object = {}) => {
      const answer = await fetch(`${url}/_sim/signme/${path}`, {
        method,
        headers: { [SECRET_HEADER]: control.secret, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`)

      return JSON.parse(text) as Record<string, unknown>
    },
  }
}

export type TestSignme = Awaited<ReturnType<typeof startSignme>>

/** The name of a request in the control: a colon stands for the slash of a suffix. */
export const controlNameOf = (handle: string): string => handle.replace('/', ':')
