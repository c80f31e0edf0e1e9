import { randomUUID } from 'node:crypto'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import { grantAll } from '../pacing/grant-slots.ts'
import { watchDue } from '../watching/watch-due.ts'
import type { Answer, ProblemBody } from './rest-client.ts'
import { samplePdf } from './sample-pdf.ts'
import {
  createSimGoskey,
  goskeyRecipient,
  type SimCall,
  type SimGoskey,
  type SimOrder,
} from './sim-goskey.ts'
import type { TestInstallation } from './start-test-installation.ts'

export type GoskeyWish = {
  /** Of the sandbox, by its id there. */
  readonly recipient?: string
  readonly method?: 'UNEP' | 'UKEP' | 'UKEP_LEGAL' | 'UKEP_TREASURY'
  /** File names. */
  readonly names?: readonly string[]
  /** In place of those of the recipient. */
  readonly identifiers?: Readonly<Record<string, string>>
  readonly connection?: string
}

/** Sendings to the simulated Goskey over REST, and what of them its journal tells. */
export type GoskeyWorld = {
  readonly sim: SimGoskey
  readonly send: (wish?: GoskeyWish) => Promise<Answer<EnvelopeBody & ProblemBody>>
  /** The same; the id of the envelope. @throws when it is refused */
  readonly sent: (wish?: GoskeyWish) => Promise<string>
  /** Lets what was put off, or waits for its next look, happen now. */
  readonly hurry: (ms: number) => Promise<void>
  /** Until nothing is done and nothing is due. `since`: what was begun before was begun by the dead. */
  readonly untilQuiet: (since?: Date) => Promise<void>
  /** Reads until it is so, and lets `stepMs` pass whenever nothing happens by itself. */
  readonly hurryUntil: (
    id: string,
    isThere: (envelope: EnvelopeBody) => boolean,
    stepMs?: number,
  ) => Promise<EnvelopeBody>
  readonly ended: (id: string) => Promise<EnvelopeBody>
  /** Begins to count orders and calls, and takes back what a test set in the simulator. */
  readonly begin: () => Promise<void>
  /** Orders since `begin`. */
  readonly newOrders: () => Promise<readonly SimOrder[]>
  /** Calls to ESIA and EPGU since `begin`. */
  readonly newCalls: () => Promise<readonly SimCall[]>
  /** Numbers under which a package reached the portal, whatever was answered. */
  readonly pushed: () => Promise<readonly number[]>
  /** Lets the next calls of a kind fail. */
  readonly fault: (on: string, kind: string, times?: number) => Promise<unknown>
}

export const hasEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'
export const requestOf = ({ signings }: EnvelopeBody) => signings[0]?.requests[0]
export const attentionOf = (envelope: EnvelopeBody) => requestOf(envelope)?.attention?.code
/** As many names of documents as a package takes. */
export const fifteen = Array.from({ length: 15 }, (_, index) => `document_${index + 1}.pdf`)

const turns = 60

/** Bytes that are what the name says, distinct by every call. */
function sampleFor(fileName: string): Buffer<ArrayBuffer> {
  const text = randomUUID()
  switch (/[^.]+$/.exec(fileName)?.[0]?.toLowerCase()) {
    case 'xml':
      return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<act id="${text}"/>\n`)
    case 'txt':
      return Buffer.from(`Акт ${text}\n`)
    case 'tif':
    case 'tiff':
      return Buffer.concat([Buffer.from('II*\0', 'latin1'), Buffer.from(text)])
    default:
      return samplePdf({ text })
  }
}

export function createGoskeyWorld(world: TestInstallation): GoskeyWorld {
  const { api } = world
  const sim = createSimGoskey(world.ready)
  let ordersBefore = 0
  let callsBefore = 0

  const send: GoskeyWorld['send'] = async (wish = {}) => {
    const { recipient = 'boris', method, names = ['contract.pdf'], identifiers, connection } = wish
    const documents = []
    for (const fileName of names) {
      documents.push({ id: (await api.upload(sampleFor(fileName), { fileName })).body.id })
    }
    const person = goskeyRecipient(world.ready, recipient, method)

    return api.create({
      title: 'Договор 17',
      documents,
      recipients: [
        {
          ...person,
          ...(identifiers === undefined ? {} : { identifiers }),
          methods: person.methods.map((way) =>
            connection === undefined ? way : { ...way, connection },
          ),
        },
      ],
      send: true,
    })
  }
  // A call that is in the air must not be delivered again: that would rightly make it unknown.
  const isQuiet = async (since: Date): Promise<boolean> => {
    const rows = await world.sql(
      `select 1 from pgboss.job where (state = 'active' and started_on >= $1)
         or (state in ('created', 'retry') and start_after <= now())
       union all select 1 from attempts where state = 'claimed'
       limit 1`,
      [since],
    )

    return rows.length === 0
  }
  const untilQuiet = async (since = new Date(0)): Promise<void> => {
    const end = Date.now() + 20_000
    for (let still = 0; still < 3; still = (await isQuiet(since)) ? still + 1 : 0) {
      if (Date.now() > end) {
        throw new Error('it does not come to rest')
      }
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  const hurry = async (ms: number): Promise<void> => {
    await world.passTime(ms)
    await sweepOwed(world.server.app, { patienceMs: 0 })
    await grantAll(world.server.app)
    await watchDue(world.server.app)
  }
  const hurryUntil: GoskeyWorld['hurryUntil'] = async (id, isThere, stepMs = 61_000) => {
    for (let turn = 0; turn < turns; turn += 1) {
      await untilQuiet()
      const envelope = await api.read(id)
      if (isThere(envelope)) {
        return envelope
      }
      await hurry(stepMs)
    }

    return api.until(id, isThere, 1_000)
  }
  const newOrders = async () => (await sim.orders()).slice(ordersBefore)

  return {
    sim,
    send,
    sent: async (wish) => {
      const { status, body } = await send(wish)
      if (status !== 201) {
        throw new Error(`refused: ${JSON.stringify(body)}`)
      }

      return body.id
    },
    hurry,
    untilQuiet,
    hurryUntil,
    ended: (id) => hurryUntil(id, hasEnded, 6_000),
    begin: async () => {
      await sim.call('DELETE', 'faults')
      await sim.call('DELETE', 'quotas')
      await sim.call('PUT', 'settings', { signFault: null })
      await sim.call('PUT', 'switches', {
        orderAs: 'string',
        bulkNotFound: false,
        redirectDownloads: 'none',
      })
      ordersBefore = (await sim.orders()).length
      callsBefore = (await sim.journal()).at(-1)?.number ?? 0
    },
    newOrders,
    newCalls: async () => (await sim.journal()).filter(({ number }) => number > callsBefore),
    pushed: async () =>
      (await newOrders()).filter(({ stage }) => stage !== 'reserved').map(({ id }) => id),
    fault: (on, kind, times = 1) =>
      sim.call('PUT', 'faults', { faults: [{ on, fault: kind, times }] }),
  }
}
