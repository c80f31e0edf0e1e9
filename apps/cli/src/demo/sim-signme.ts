import { createHash } from 'node:crypto'
import type { SandboxReady } from '@muhr/sandbox'
import { DemoError } from './api.ts'

type User = SandboxReady['accounts']['signme']['users'][number]
type Listed = { readonly page: string; readonly files: readonly { readonly md5: string }[] }

/** The simulated Sign.Me as its users and its own network have it. */
export function simSignmeOf(ready: SandboxReady) {
  const { users, companies, control } = ready.accounts.signme
  const call = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await answered(`${control}/${path}`, {
      ...init,
      headers: { 'x-muhr-sim-secret': ready.control.secret, 'content-type': 'application/json' },
    })

    return response.json()
  }

  return {
    userOf: (id: string): User =>
      found(
        users.find((user) => user.id === id),
        id,
      ),
    companyOf: ({ id }: User) =>
      found(
        companies.find(({ staff }) => staff.includes(id)),
        `company of ${id}`,
      ),
    /** The next request over such a file is made, and its answer never arrives. */
    loseAnswer: async (bytes: Uint8Array): Promise<void> => {
      // The control writes both as it reads them.
      const others = (await call('faults')) as { readonly faults: readonly object[] }
      const fault = { on: 'sign', fault: 'drop-after-body', isDone: true, match: md5Of(bytes) }
      await call('faults', {
        method: 'PUT',
        body: JSON.stringify({ ...others, faults: [...others.faults, fault] }),
      })
    },
    /** The page of which Sign.Me tells the signer by itself, whatever its sender knows. */
    pageOver: async (bytes: Uint8Array): Promise<string> => {
      const md5 = md5Of(bytes)
      for (let after = 0; ; ) {
        const { requests } = (await call(`requests?state=open&after=${after}`)) as {
          readonly requests: readonly (Listed & { readonly id: number })[]
        }
        const mine = requests.find(({ files }) => files.some((file) => file.md5 === md5))
        if (mine !== undefined || requests.length === 0) return found(mine, 'such request').page
        after = requests.at(-1)?.id ?? after
      }
    },
    /** Signs on the page. */
    sign: async (page: string, { phone, password }: User): Promise<void> => {
      await answered(page)
      await post(page, { action: 'sign', login: phone, password })
    },
    /** @throws DemoError `demo.unexpected` when a wrong password signs, or ends the request */
    signWrongly: async (page: string, { phone, password }: User): Promise<void> => {
      await post(page, { action: 'sign', login: phone, password: `${password}-mistyped` })
      // 1.4 of the API, of which the page's address holds the suffix.
      const answer = await answered(page.replace('/signapi/sjson/', '/signapi/check/'))
      const { status } = (await answer.json()) as { readonly status: unknown }
      if (String(status) !== '0') {
        throw new DemoError({
          code: 'demo.unexpected',
          message: 'A wrong password changed the request.',
          advice: 'Start the sandbox again with npm start.',
        })
      }
    },
    refuse: (page: string): Promise<void> =>
      post(page, { action: 'reject', reason: 'Не согласен с суммой' }),
  }
}

export type SimSignme = ReturnType<typeof simSignmeOf>

async function post(page: string, form: Readonly<Record<string, string>>): Promise<void> {
  await answered(page, { method: 'POST', body: new URLSearchParams(form) })
}

async function answered(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init)
  if (response.ok) return response

  throw new DemoError({
    code: 'demo.http',
    message: `The sandbox answered ${response.status}.`,
    advice: 'Start it again with npm start.',
  })
}

function found<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value

  throw new DemoError({
    code: 'demo.no-gateway',
    message: `The sandbox has no ${name}.`,
    advice: 'Start it again with npm start.',
  })
}

const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')
