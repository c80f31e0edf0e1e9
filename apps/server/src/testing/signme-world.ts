import { randomUUID } from 'node:crypto'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import { watchDue } from '../watching/watch-due.ts'
import { samplePdf } from './sample-pdf.ts'
import type { TestInstallation } from './start-test-installation.ts'

export type SignmeWish = {
  /** A user of the sandbox by id; the first of the recipients. */
  readonly user?: string
  readonly files?: number
  readonly method?: 'PERSON' | 'COMPANY'
  readonly identifiers?: Readonly<Record<string, string>>
  readonly contact?: Readonly<Record<string, string>>
  readonly connection?: string
  readonly orderGroup?: number
}

/** What is sent; a fresh file when absent. */
export type SignmeDocuments = {
  /** Bytes of the files; the names are made. */
  readonly contents?: readonly Uint8Array[]
  /** Ids of documents that were uploaded before. */
  readonly documents?: readonly string[]
  readonly deadline?: string
}

/** A request as the control of the simulator shows it; `id` names it there. */
export type SimSignmeRequest = {
  readonly id: string | number
  readonly handle: string
  readonly status: string | number
  readonly files: readonly { readonly rid: number; readonly md5: string }[]
}

/** Sendings to the simulated Sign.Me over REST, and what happens there. */
export function createSignmeWorld(world: TestInstallation) {
  const { api, ready } = world
  const userOf = (id: string) => {
    const user = ready.accounts.signme.users.find((each) => each.id === id)
    if (user === undefined) throw new Error(`Sign.Me knows no ${id}`)

    return user
  }
  const control = async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(`${ready.signme}/_sim/signme/${path}`, {
      method,
      headers: { 'x-muhr-sim-secret': ready.control.secret },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)

    return answer
  }
  const recipient = (wish: SignmeWish, orderGroup = 1) => {
    const { user = 'anna', method = 'PERSON', identifiers, contact, connection } = wish
    const { phone, snils } = userOf(user)

    return {
      name: user,
      orderGroup,
      identifiers: identifiers ?? { snils },
      contact: contact ?? { phone },
      methods: [
        {
          provider: 'signme',
          method,
          ...(connection === undefined ? {} : { connection }),
        },
      ],
    }
  }
  const upload = async (contents: readonly Uint8Array[]): Promise<readonly string[]> => {
    const ids = []
    for (const [index, bytes] of contents.entries()) {
      const isPdf = Buffer.from(bytes).subarray(0, 5).equals(Buffer.from('%PDF-'))
      const { body } = await api.upload(bytes, {
        fileName: `act-${index + 1}.${isPdf ? 'pdf' : 'bin'}`,
      })
      ids.push(body.id)
    }

    return ids
  }
  const sendThese = async (
    { contents, documents, deadline }: SignmeDocuments,
    ...wishes: readonly SignmeWish[]
  ) => {
    const fresh = Array.from({ length: wishes[0]?.files ?? 1 }, () =>
      samplePdf({ text: randomUUID() }),
    )
    const ids = documents ?? (await upload(contents ?? fresh))

    return api.create({
      title: 'Договор 17',
      documents: ids.map((id) => ({ id })),
      recipients: (wishes.length === 0 ? [{}] : wishes).map((wish, index) =>
        recipient(wish, wish.orderGroup ?? index + 1),
      ),
      ...(deadline === undefined ? {} : { deadline }),
      send: true,
    })
  }
  const send = (...wishes: readonly SignmeWish[]) => sendThese({}, ...wishes)
  /** Lets what is due happen, until it is so. */
  const until = async (
    id: string,
    isThere: (envelope: EnvelopeBody) => boolean,
    stepMs = 0,
  ): Promise<EnvelopeBody> => {
    const end = Date.now() + 20_000
    for (;;) {
      const envelope = await api.read(id)
      if (isThere(envelope)) return envelope
      if (Date.now() > end) {
        throw new Error(`it never comes: ${JSON.stringify(envelope.signings)}`)
      }
      if (stepMs > 0) await world.passTime(stepMs)
      await sweepOwed(world.server.app, { patienceMs: 0 })
      await watchDue(world.server.app)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  return {
    userOf,
    control,
    send,
    sendThese,
    until,
    /** Does what is due, so often, so that what must not happen had its chance. */
    turn: async (times = 3, stepMs = 0): Promise<void> => {
      for (let turn = 0; turn < times; turn += 1) {
        if (stepMs > 0) await world.passTime(stepMs)
        await sweepOwed(world.server.app, { patienceMs: 0 })
        await watchDue(world.server.app)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    /** A connection with other settings than that of the sandbox; its id. */
    connect: async (settings: object): Promise<string> => {
      const { key } = ready.accounts.signme.sites[0] ?? { key: '' }
      const { status, body } = await api.call<{ readonly id: string }>('/v1/connections', {
        method: 'POST',
        json: {
          provider: 'signme',
          name: 'Sign.Me',
          settings: { baseUrl: ready.signme, key, ...settings },
        },
      })
      if (status !== 201) throw new Error(`no connection: ${JSON.stringify(body)}`)

      return body.id
    },
    /** Calls of a file to Sign.Me since it started, by its name in the journal of the simulator. */
    count: async (): Promise<number> => (await control('requests')).count,
    /** The last request of the simulator. */
    lastRequest: async (): Promise<SimSignmeRequest> => {
      const { requests } = await control('requests')

      return requests.at(-1)
    },
    requests: async (): Promise<readonly SimSignmeRequest[]> =>
      (await control('requests')).requests,
    /** A user signs, rejects … a request by its id, as on the page. */
    act: (id: string | number, action: string, body: object = {}) =>
      control(`requests/${id}/${action}`, 'POST', body),
    fault: (...faults: readonly object[]) => control('faults', 'PUT', { faults }),
    outcome: (...outcomes: readonly object[]) => control('faults', 'PUT', { outcomes }),
    forget: () => control('faults', 'DELETE'),
  }
}

export type SignmeWorld = ReturnType<typeof createSignmeWorld>
