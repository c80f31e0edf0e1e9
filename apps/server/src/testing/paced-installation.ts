import { type ConnectionId, instantOf, type Json } from '@muhr/envelope'
import { type ContractSubject, createSealedAndPaced } from '@muhr/envelope/testing'
import type { SignerKeys } from '../seals/signer-keys.ts'
import { samplePdf } from './sample-pdf.ts'
import { startTestInstallation, type TestInstallation } from './start-test-installation.ts'

/** A server with a service that wants seals, counts its calls and is watched, in this process. */
export type PacedInstallation = {
  readonly muhr: TestInstallation
  readonly service: ContractSubject
  readonly connection: ConnectionId
  /** Calls that arrived at the service, oldest first: method and path. */
  readonly calls: readonly string[]
  /** `true`: the service answers 503 until told otherwise. */
  readonly breakDown: (broken: boolean) => void
  /** A document and a recipient for each envelope; sent. */
  readonly send: (
    count: number,
    options?: { readonly documents?: number; readonly api?: TestInstallation['api'] },
  ) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

const host = 'fake-paced.test'

/** Signs as the toy organisation of the fakes, without anybody. */
export function toySignerKeys({ sealItem }: Pick<ContractSubject, 'sealItem'>): SignerKeys {
  return {
    find: async () => ({ id: 'sky_toy', attendance: 'unattended' }),
    sign: async ({ items }) =>
      Promise.all(
        items.map(async (item) => {
          const pieces: Uint8Array[] = []
          for await (const piece of item.open()) {
            pieces.push(piece)
          }

          return sealItem?.(Buffer.concat(pieces), 'CMS') ?? new Uint8Array()
        }),
      ),
    openAttended: async () => {
      throw new Error('the toy key needs nobody')
    },
  }
}

/**
 * Starts a server whose outgoing calls to the fake stay in this process. `wrapFetch` puts itself in the
 * way of `fetch` (`vi.stubGlobal`).
 */
export async function startPacedInstallation(options: {
  readonly stubFetch: (fetch: typeof globalThis.fetch) => void
  readonly isSealed?: ((bytes: Uint8Array, seal: Uint8Array) => boolean) | undefined
  /** `stored`: those that are kept in the database. A toy key when absent. */
  readonly signerKeys?: 'stored' | undefined
  readonly env?: Readonly<Record<string, string>>
}): Promise<PacedInstallation> {
  let now = () => new Date()
  const service = createSealedAndPaced({
    clock: { now: () => instantOf(now()), pass: () => undefined },
    ...(options.isSealed === undefined ? {} : { isSealed: options.isSealed }),
  })
  const calls: string[] = []
  let isBroken = false
  const real = globalThis.fetch
  options.stubFetch(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    if (url.hostname !== host || service.network === undefined) {
      return real(input, init)
    }
    calls.push(`${init?.method ?? 'GET'} ${url.pathname}`)

    return isBroken ? new Response(null, { status: 503 }) : service.network(input, init)
  })
  const muhr = await startTestInstallation({
    providers: [service.provider],
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.signerKeys === 'stored' ? {} : { signerKeys: toySignerKeys(service) }),
  })
  now = muhr.server.app.now

  return {
    muhr,
    service,
    calls,
    connection: await connectPaced(muhr, service.settings),
    breakDown: (broken) => {
      isBroken = broken
    },
    send: (count, { documents = 1, api = muhr.api } = {}) =>
      sendMany(api, { count, documents, service }),
    stop: () => muhr.stop(),
  }
}

/** Gives an organisation (the demo one by default) an account at the fake. */
export async function connectPaced(
  muhr: TestInstallation,
  settings: Json,
  organisation?: string,
): Promise<ConnectionId> {
  const id = muhr.server.app.ids.next('connection')
  await muhr.sql(
    `insert into connections (id, organisation_id, provider, name, settings, policy)
      select $1, o.id, 'fake-paced', 'fake', $2, 'sandbox' from organisations o
      where $3::text is null or o.id = $3 order by o.id limit 1`,
    [id, JSON.stringify(settings), organisation ?? null],
  )

  return id as ConnectionId
}

async function sendMany(
  api: TestInstallation['api'],
  about: { readonly count: number; readonly documents: number; readonly service: ContractSubject },
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < about.count; index += 1) {
    const documents = []
    for (let each = 0; each < about.documents; each += 1) {
      const { body } = await api.upload(samplePdf(), { fileName: `act-${each}.pdf` })
      documents.push({ id: body.id })
    }
    const { body } = await api.create({
      title: 'Үлгі шарт',
      documents,
      recipients: [
        {
          name: 'Үлгіұлы Сынақ',
          identifiers: { pinfl: '12345678900017' },
          methods: [{ provider: 'fake-paced', method: about.service.method }],
        },
      ],
      send: true,
    })
    ids.push(body.id)
  }

  return ids
}
