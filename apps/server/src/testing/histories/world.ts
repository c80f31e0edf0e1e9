import { createHash } from 'node:crypto'
import type { EnvelopeAggregate } from '@muhr/envelope'
import { loadAggregate } from '../../envelopes/load-aggregate.ts'
import { type HeldPut, signWithoutSending } from '../own-phone.ts'
import type { RestClient } from '../rest-client.ts'
import { samplePdf } from '../sample-pdf.ts'
import { logIn } from '../second-organisation.ts'
import { codeOf, recipientOf } from '../sim-phone.ts'
import type { TestInstallation } from '../start-test-installation.ts'
import { createRandom, type Random } from './random.ts'

export const accounts = ['person', 'second'] as const
export type Account = (typeof accounts)[number]

/** What the phone knows of a signature that it made: the journal that the product never sees. */
export type Made = {
  readonly envelope: string
  readonly account: Account
  readonly over: 'shown' | 'other'
  /** SHA-256 of the document that it was made for. */
  readonly document: string
}

/** A PUT that was sent, to be sent again later. */
export type SentPut = {
  readonly put: HeldPut
  readonly envelope: string
  readonly containers: readonly string[]
  readonly isGood: boolean
}

export type Tracked = {
  readonly id: string
  /** SHA-256 of the documents, in their order. */
  readonly documents: readonly string[]
  /** Who is expected, in the order of the signings. */
  readonly persons: readonly Account[]
  last: EnvelopeAggregate | undefined
}

/** Several envelopes, two people, two server processes, one phone. */
export type HistoryWorld = {
  readonly muhr: TestInstallation
  readonly random: Random
  readonly owner: RestClient
  /** Addresses of the servers: calls go to any of them. */
  readonly servers: readonly string[]
  readonly envelopes: Tracked[]
  /** By the SHA-256 of the container. */
  readonly made: Map<string, Made>
  readonly puts: SentPut[]
  /** Containers for which a phone was told that all is well. */
  readonly thanked: Set<string>
  readonly problems: string[]
  readonly log: (line: string) => void
  readonly trace: readonly string[]
}

export async function createWorld(muhr: TestInstallation, seed: number): Promise<HistoryWorld> {
  const session = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
  const trace: string[] = []

  return {
    muhr,
    random: createRandom(seed),
    owner: await logIn(muhr, { organisation: session.body.organisation.id, role: 'owner' }),
    servers: [muhr.server.url, (await muhr.startSecond()).url],
    envelopes: [],
    made: new Map(),
    puts: [],
    thanked: new Set(),
    problems: [],
    log: (line) => trace.push(line),
    trace,
  }
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** The envelope as it stands in the database. */
export async function look(world: HistoryWorld, id: string): Promise<EnvelopeAggregate> {
  const found = await loadAggregate(world.muhr.server.app.db, { envelope: id })
  if (found === undefined) {
    throw new Error(`${id} is gone`)
  }

  return found
}

export async function createEnvelope(world: HistoryWorld): Promise<void> {
  const { muhr, random } = world
  const documents: string[] = []
  const files: string[] = []
  for (let index = 0; index <= random.int(2); index += 1) {
    const { body } = await muhr.api.upload(samplePdf())
    documents.push(body.id)
    files.push(body.sha256)
  }
  const persons = accounts.slice(0, 1 + random.int(2))
  const sameGroup = random.chance(0.5)
  const { body, status } = await muhr.api.create({
    title: 'Үлгі шарт',
    documents: documents.map((id) => ({ id })),
    recipients: persons.map((account, index) =>
      recipientOf(muhr.ready, {
        account,
        method: random.chance(0.5) ? 'CMS_SIGN_ONLY' : 'CMS_WITH_DATA',
        orderGroup: sameGroup ? 1 : index + 1,
      }),
    ),
    ...(random.chance(0.3)
      ? {
          deadline: new Date(
            muhr.server.app.now().getTime() + 200_000 + random.int(4_000_000),
          ).toISOString(),
        }
      : {}),
    send: true,
  })
  if (status !== 201) {
    throw new Error(`an envelope was refused: ${JSON.stringify(body)}`)
  }
  world.envelopes.push({ id: body.id, documents: files, persons, last: undefined })
  world.log(`${body.id} is made for ${persons.join(' and ')}`)
}

/**
 * Scans the open code of a signing and signs. `undefined` where there is no code, or the service no
 * longer lets it be read.
 */
export async function signCode(
  world: HistoryWorld,
  envelope: Tracked,
  about: { readonly signing: number; readonly fault?: 'other-person' | 'other-bytes' },
): Promise<SentPut | undefined> {
  const { muhr, made } = world
  const expected = envelope.persons[about.signing]
  const shown = await muhr.api.read(envelope.id)
  const isOpen = shown.signings[about.signing]?.requests.some(({ presentation }) => presentation)
  if (expected === undefined || isOpen !== true) {
    return undefined
  }
  const other: Account = expected === 'person' ? 'second' : 'person'
  const account = about.fault === 'other-person' ? other : expected
  const put = await signWithoutSending(muhr.ready, codeOf(shown, about.signing), {
    account,
    algorithm: 'rsa-2048',
    ...(about.fault === 'other-bytes' ? { fault: about.fault } : {}),
  }).catch(() => undefined)
  if (put === undefined) {
    return undefined
  }
  const body = JSON.parse(put.body.toString('utf8')) as {
    documentsToSign: readonly { id: number; document: { file: { data: string } } }[]
  }
  const containers = body.documentsToSign.map(({ id, document }) => {
    const container = sha256(Buffer.from(document.file.data, 'base64'))
    made.set(container, {
      envelope: envelope.id,
      account,
      over: about.fault === 'other-bytes' ? 'other' : 'shown',
      document: envelope.documents[id - 1] ?? '',
    })

    return container
  })

  return { put, envelope: envelope.id, containers, isGood: about.fault === undefined }
}
