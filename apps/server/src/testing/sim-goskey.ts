import type { SandboxReady } from '@muhr/sandbox'

/** The simulators of ESIA and EPGU behind their control, as a person would reach them. */
export type SimGoskey = {
  readonly call: (method: string, path: string, body?: object) => Promise<unknown>
  readonly orders: () => Promise<readonly SimOrder[]>
  /** Calls that the simulators of ESIA and EPGU took, oldest first. */
  readonly journal: () => Promise<readonly SimCall[]>
}

export type SimOrder = {
  readonly id: number
  readonly stage: 'reserved' | 'processing' | 'portal' | 'failed'
  readonly statusId: number | null
  readonly isPending: boolean
  readonly recipient: string | null
  readonly serviceCode: string
  readonly gateway: { readonly code: string; readonly message: string | null }
  readonly documents: readonly { readonly fileName: string }[]
}

export type SimCall = {
  readonly number: number
  readonly simulator: string
  readonly method: string
  readonly path: string
  readonly status: number | 'none'
  readonly note?: string
}

export function createSimGoskey(ready: SandboxReady): SimGoskey {
  const headers = { 'x-muhr-sim-secret': ready.control.secret }
  const call: SimGoskey['call'] = async (method, path, body) => {
    const response = await fetch(`${ready.goskey.control}/${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      throw new Error(`the simulator answered ${response.status}: ${await response.text()}`)
    }

    return response.json()
  }

  return {
    call,
    orders: async () => ((await call('GET', 'orders')) as { orders: readonly SimOrder[] }).orders,
    journal: async () => {
      const response = await fetch(`${ready.epgu}/_sim/journal`, { headers })
      const { calls } = (await response.json()) as { calls: readonly SimCall[] }

      return calls.filter(({ simulator }) => simulator === 'esia' || simulator === 'epgu')
    },
  }
}

/** A recipient of the sandbox, by its id there. */
export function goskeyRecipient(
  ready: SandboxReady,
  id: string,
  method: 'UNEP' | 'UKEP' | 'UKEP_LEGAL' | 'UKEP_TREASURY' = 'UKEP',
) {
  const found = ready.accounts.epgu.recipients.find((each) => each.id === id)
  if (found === undefined) {
    throw new Error('the sandbox has no such recipient')
  }
  const { surname, givenName, snils, organisation } = found

  return {
    name: `${surname} ${givenName}`,
    locale: 'ru',
    orderGroup: 1,
    identifiers:
      method === 'UKEP_LEGAL' && organisation !== undefined
        ? { snils, ogrn: organisation.ogrn }
        : { snils },
    methods: [{ provider: 'goskey', method }],
  }
}
