import type { Json, Provider, RequestView } from '@muhr/envelope'
import {
  type ContractSubject,
  type ContractWorld,
  createToyVerifier,
  providerContract,
  type SignerAct,
  type SignerAnswer,
  toySign,
} from '@muhr/envelope/testing'
import { readZip } from '@muhr/zip'
import { createTypedProvider } from './provider.ts'
import { settings } from './testing.ts'

/** SNILS below 001-001-998 belong to nobody. */
const snilsOf = (person: number): string => `000-000-00${person + 1} 0${person + 1}`
const dayMs = 86_400_000

const isCreating = (path: string): boolean => /\/(?:order|push\/chunked)$/.test(path)

type Change = { readonly statusId: number; readonly code: string; readonly at: number }
type Order = {
  readonly number: number
  readonly snils: string
  readonly expiresAt: number
  readonly documents: ReadonlyMap<string, Uint8Array>
  change: Change
  signatures: ReadonlyMap<string, Uint8Array>
}

/** ESIA and EPGU as ru-epgu-goskey §3 and §4 tell, in memory and by the clock of the contract. */
class Portal {
  readonly #clock: ContractWorld['clock']
  readonly #drafts = new Set<number>()
  readonly orders: Order[] = []
  #next = 764_000_000
  #last = 0
  lost = 0

  constructor(clock: ContractWorld['clock']) {
    this.#clock = clock
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request =
      input instanceof Request && init === undefined ? input : new Request(input, init)
    this.expire()
    const { pathname, searchParams } = new URL(request.url)
    const answer = await this.#answer(request, pathname, searchParams)
    if (isCreating(pathname) && this.lost > 0) {
      this.lost -= 1
      throw new TypeError('the answer was lost')
    }

    return answer
  }

  async #answer(request: Request, path: string, query: URLSearchParams): Promise<Response> {
    if (path.startsWith('/esia-rs/')) return Response.json({ accessTkn: 'token' })
    if (path.endsWith('/gusmev/order')) {
      this.#next += 1
      this.#drafts.add(this.#next)

      return Response.json({ orderId: this.#next })
    }
    if (path.endsWith('/push/chunked')) return this.#push(await request.formData())
    if (path.endsWith('/getUpdatedAfter')) {
      const after = Date.parse(`${query.get('updatedAfter')}+03:00`)

      return this.#list(this.orders.filter(({ change }) => change.at >= after))
    }
    if (path.endsWith('/getOrdersStatus')) {
      const wanted = (query.get('orderIds') ?? '').split(',').map(Number)

      return this.#list(this.orders.filter(({ number }) => wanted.includes(number)))
    }
    const file = /\/files\/download\/(\d+)\/3$/.exec(path)
    if (file !== null) {
      const order = this.orders.find(({ number }) => number * 10 === Number(file[1]))
      const bytes = order?.signatures.get(query.get('mnemonic') ?? '')

      return new Response(bytes === undefined ? null : Buffer.from(bytes), {
        status: bytes === undefined ? 404 : 200,
      })
    }

    return this.#details(Number(path.split('/').at(-1)))
  }

  async #push(form: FormData): Promise<Response> {
    const number = Number(form.get('orderId'))
    if (!this.#drafts.delete(number)) {
      return Response.json({ code: 'bad_request', message: 'orderId' }, { status: 400 })
    }
    const file = form.get('file') as Blob
    const files = readZip(new Uint8Array(await file.arrayBuffer()), {
      limits: { entries: 64, totalBytes: 1_000_000, ratio: 100 },
    })
    const text = Buffer.from(files.get('req.xml') ?? []).toString('utf8')
    this.orders.push({
      number,
      snils: /<Snils>([^<]+)</.exec(text)?.[1] ?? '',
      expiresAt: Date.parse(this.#clock.now()) + dayMs,
      documents: new Map(
        [...files].filter(([name]) => name !== 'req.xml' && !name.endsWith('.sig')),
      ),
      change: this.#changed(17, ''),
      signatures: new Map(),
    })

    return Response.json({ orderId: number })
  }

  /** No two changes at one moment: a list tells them apart by it. */
  #changed(statusId: number, code: string): Change {
    this.#last = Math.max(this.#last + 1, Date.parse(this.#clock.now()))

    return { statusId, code, at: this.#last }
  }

  #list(orders: readonly Order[]): Response {
    const content = orders.map(({ number, change }) => ({
      orderId: number,
      orderSearchStatus: 'FOUND',
      status: {
        statusId: change.statusId,
        statusName: '',
        updated: new Date(change.at + 3 * 3_600_000).toISOString().slice(0, -1),
      },
    }))

    return Response.json({ count: content.length, totalCount: content.length, content })
  }

  #details(number: number): Response {
    const order = this.orders.find((each) => each.number === number)
    if (order === undefined && !this.#drafts.has(number)) return new Response(null, { status: 204 })
    const { statusId, code } = order?.change ?? { statusId: 0, code: '' }
    const current = {
      id: number * 10,
      statusId,
      title: '',
      orderId: number,
      stateOrgStatusCode: code,
      finalStatus: statusId !== 0 && statusId !== 17,
    }
    const files = [...(order?.signatures.keys() ?? [])].map((name) => ({
      fileName: `${name}.sig`,
      fileSize: 100,
      mimeType: 'application/octet-stream',
      link: `terrabyte://00/${number * 10}/${name}/3`,
    }))

    return Response.json({
      code: 'OK',
      message: null,
      order: JSON.stringify({
        id: number,
        orderStatusId: statusId,
        stateOrgStatusCode: code,
        currentStatusHistoryId: number * 10,
        currentStatusHistory: current,
        statuses: [current],
        closed: current.finalStatus,
        orderResponseFiles: files,
        orderAttachmentFiles: [],
      }),
    })
  }

  expire(): void {
    for (const order of this.orders) {
      if (order.change.statusId === 17 && order.expiresAt <= Date.parse(this.#clock.now())) {
        order.change = this.#changed(4, 'expired')
      }
    }
  }

  /** Orders that ask the recipient of a request for a signature. */
  askedOf({ recipient }: RequestView<Json>): readonly Order[] {
    return this.orders.filter(({ snils }) => snils === recipient.identifiers.snils)
  }

  /** The recipient's app, which knows an order by whom it is for. */
  act(request: RequestView<Json>, act: SignerAct): SignerAnswer {
    this.expire()
    const order = this.askedOf(request).at(-1)
    if (order === undefined || order.change.statusId !== 17) return 'gone'
    switch (act.kind) {
      case 'look':
        return 'later'
      case 'decline':
        order.change = this.#changed(4, 'sign_reject')
        return 'later'
      case 'sign': {
        const snils = snilsOf(act.person)
        order.signatures = new Map(
          [...order.documents].map(([name, bytes]) => [
            name,
            toySign({ snils }, act.over === 'other' ? Buffer.from('other') : bytes),
          ]),
        )
        order.change = this.#changed(3, 'done')
        return 'later'
      }
      default:
        return 'gone'
    }
  }
}

function createSubject({ clock }: ContractWorld): ContractSubject {
  const portal = new Portal(clock)

  return {
    ...createToyVerifier(),
    provider: goskeyProviderOfItsOwn(),
    settings: { ...settings, esiaUrl: 'https://esia.test', epguUrl: 'https://epgu.test' },
    badSettings: { settings: { ...settings, region: 'x' }, field: 'region' },
    method: 'UKEP',
    person: (index) => ({
      name: `ТЕСТОВ ТЕСТ ${index}`,
      locale: 'ru',
      identifiers: { snils: snilsOf(index) },
    }),
    document: (index) => ({
      bytes: Buffer.from(`%PDF-1.7 document ${index}`),
      document: {
        mediaType: 'application/pdf',
        fileName: `document_${index}.pdf`,
        title: { ru: `Документ ${index}` },
        meta: [],
      },
    }),
    network: portal.fetch,
    hasEffect: ({ url }) => isCreating(new URL(url).pathname),
    // A toy container in the outer form of a CMS: whether seals hold, the simulator of EPGU looks.
    sealItem: (bytes) => {
      const container = toySign({ inn: '9999000013' }, bytes)
      const length = [container.byteLength >> 8, container.byteLength & 0xff]

      return new Uint8Array([0x30, 0x82, ...length, ...container])
    },
    counterpart: {
      act: async ({ request }, act) => portal.act(request, act),
      asked: (request) => portal.askedOf(request).length,
      lookUp: (request) => {
        const order = portal.askedOf(request).at(-1)

        return order === undefined
          ? undefined
          : { key: String(order.number), documents: [...order.documents.keys()] }
      },
      isSigned: (request) => portal.askedOf(request).some(({ change }) => change.statusId === 3),
      loseReplies: (count) => {
        portal.lost += count
      },
    },
  }
}

/** Tokens live in a process; each test is one. */
function goskeyProviderOfItsOwn(): Provider {
  return createTypedProvider() as unknown as Provider
}

providerContract({ name: 'goskey, an unattended key', create: createSubject })

providerContract({
  name: 'goskey, a key that waits for its clerk',
  create: (world) => ({ ...createSubject(world), sealKey: 'attended' }),
})
