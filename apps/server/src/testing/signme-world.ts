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
  const send = async (...wishes: readonly SignmeWish[]) => {
    const documents = []
    for (let index = 0; index < (wishes[0]?.files ?? 1); index += 1) {
      const { body } = await api.upload(samplePdf({ text: randomUUID() }), {
        fileName: `act-${index + 1}.pdf`,
      })
      documents.push({ id: body.id })
    }

    return api.create({
      title: 'Договор 17',
      documents,
      recipients: (wishes.length === 0 ? [{}] : wishes).map((wish, index) =>
        recipient(wish, index + 1),
      ),
      send: true,
    })
  }
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
    until,
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
    fault: (fault: object) => control('faults', 'POST', { faults: [fault] }),
    outcome: (outcome: object) => control('faults', 'POST', { outcomes: [outcome] }),
    forget: () => control('faults', 'DELETE'),
  }
}

export type SignmeWorld = ReturnType<typeof createSignmeWorld>
