import { createHash } from 'node:crypto'
import type { Json, RequestView } from '@muhr/envelope'
import { digestOf, type SignerAct, type SignerAnswer, type Verifier } from '@muhr/envelope/testing'
import {
  buildCertificate,
  buildName,
  type Certificate,
  createSignedData,
  createSigningKey,
  extension,
  generateKey,
  joinSignedData,
  nationalIdentity,
  parseCertificate,
  type SigningKey,
  splitSignedData,
} from '@muhr/pki'

/** SNILS below 001-001-998 belong to nobody. */
export const snilsOf = (person: number): string => `000-000-00${person + 1} 0${person + 1}`

const digits = (text = ''): string => text.replaceAll(/\D/g, '')
const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

type Identity = { readonly certificate: Certificate; readonly key: SigningKey }
const people = new Map<number, Promise<Identity>>()

/** The key of a person with a certificate that it signed itself: who trusts it is not asked here. */
function identityOf(person: number): Promise<Identity> {
  const known = people.get(person) ?? makeIdentity(person)
  people.set(person, known)

  return known
}

async function makeIdentity(person: number): Promise<Identity> {
  const key = createSigningKey(generateKey('rsa-2048'))
  const subject = buildName([
    ['CN', `ТЕСТОВ ТЕСТ ${person}`],
    ['SNILS', digits(snilsOf(person))],
    ['C', 'RU'],
  ])
  const bytes = await buildCertificate(
    {
      serialNumber: BigInt(person + 1),
      issuer: subject,
      subject,
      notBefore: new Date('2025-01-01T00:00:00Z'),
      notAfter: new Date('2035-01-01T00:00:00Z'),
      spki: key.spki,
      extensions: [extension.keyUsage(['digitalSignature', 'nonRepudiation'])],
    },
    key,
  )

  return { certificate: parseCertificate(bytes), key }
}

type File = { readonly bytes: Uint8Array; readonly md5: string; status: 0 | 1 | 2 }
export type ToyRequest = {
  readonly handle: string
  readonly kind: 'file' | 'files'
  readonly url: string
  readonly snils: string
  readonly files: readonly File[]
}
/** How the next request is answered. */
export type AnswerFault = 'none' | 'lost' | 'html' | 'refused' | 'unreachable'

/** Sign.Me as ru-signme §4 tells, in memory, with real containers. */
export class ToySignme {
  readonly #now: () => number
  readonly requests: ToyRequest[] = []
  readonly #containers = new Map<string, { person: number; container: Uint8Array }[]>()
  /** Containers that are there and not shown yet. */
  isHiding = false
  faults: AnswerFault[] = []
  lost = 0

  constructor(now: () => number) {
    this.#now = now
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request =
      input instanceof Request && init === undefined ? input : new Request(input, init)
    const { pathname } = new URL(request.url)
    if (!/^\/signapi\/(?:sjson|multijson\/)$/.test(pathname)) return this.#ask(request, pathname)
    const fault = this.lost > 0 ? 'lost' : (this.faults.shift() ?? 'none')
    this.lost = Math.max(0, this.lost - 1)
    if (fault === 'unreachable') {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
    }
    const form = new URLSearchParams(await request.text())
    if (fault === 'refused') return new Response('error 6: wrong user phone')
    const handle = this.#add(JSON.parse(form.get('rfile') ?? form.get('mfile') ?? '{}'))
    if (fault === 'lost') throw new TypeError('the answer was lost')

    return fault === 'html'
      ? new Response('<html>502</html>', { status: 502 })
      : new Response(handle)
  }

  #add(asked: {
    readonly filet?: string
    readonly files?: readonly { readonly filet: string }[]
    readonly url: string
    readonly user_snils: string
  }): string {
    const number = this.requests.length + 1
    const isFile = asked.filet !== undefined
    const handle = isFile
      ? `${320_000 + number}/${createHash('md5').update(`handle ${number}`).digest('hex')}`
      : `f7dd68da-4f2d-11e6-bda2-${String(number).padStart(12, '0')}`
    const files = asked.files ?? [{ filet: asked.filet ?? '' }]
    this.requests.push({
      handle,
      kind: isFile ? 'file' : 'files',
      url: asked.url.replace(/^GET:/, ''),
      snils: digits(asked.user_snils),
      files: files.map(({ filet }) => {
        const bytes = Buffer.from(filet, 'base64')

        return { bytes, md5: md5Of(bytes), status: 0 }
      }),
    })

    return handle
  }

  async #ask(request: Request, path: string): Promise<Response> {
    const container = /\/hash\/([0-9a-f]{32})$/i.exec(path)?.[1]?.toLowerCase()
    if (container !== undefined) return this.#container(container)
    const found = this.requests.find(
      ({ handle }) => path.endsWith(`/${handle}`) || path.endsWith(`/${handle.split('/')[0]}`),
    )
    if (path.startsWith('/signapi/reject') || path.startsWith('/signapi/multireject')) {
      const form = new URLSearchParams(await request.text())
      const rejected =
        found ?? this.requests.find(({ handle }) => handle.split('/')[0] === form.get('rid'))
      const open = rejected?.files.filter(({ status }) => status === 0) ?? []
      for (const file of open) file.status = 2

      return Response.json({ result: open.length > 0 ? '0' : 'wrong_source_or_id' })
    }
    if (found === undefined) return new Response(null, { status: 404 })
    const [first, ...others] = new Set(found.files.map(({ status }) => status))

    return Response.json({ status: others.length > 0 ? 4 : String(first), comment: '' })
  }

  async #container(md5: string): Promise<Response> {
    const kept = this.isHiding ? [] : (this.#containers.get(md5) ?? [])
    const [only, ...others] = kept
    if (only === undefined) return new Response(null, { status: 404 })
    const content = this.requests
      .flatMap(({ files }) => files)
      .find((file) => file.md5 === md5)?.bytes
    const containers = kept.map(({ container }) => container)
    const joined =
      others.length === 0 || content === undefined
        ? only.container
        : // One over other bytes cannot be joined with its neighbours: the last one is shown alone.
          await joinSignedData(containers, { content }).catch(
            () => containers.at(-1) ?? only.container,
          )

    return new Response(Buffer.from(joined))
  }

  /** Requests that ask the recipient of a request for a signature. */
  askedOf({ recipient }: Pick<RequestView<Json>, 'recipient'>): readonly ToyRequest[] {
    return this.requests.filter(({ snils }) => snils === digits(recipient.identifiers.snils))
  }

  /** The recipient, whom the service finds by whom it was told; `push` tells our side. */
  async act(
    request: ToyRequest | undefined,
    act: SignerAct,
    push: (url: string) => Promise<unknown> = async () => undefined,
  ): Promise<SignerAnswer> {
    const open = request?.files.filter(({ status }) => status === 0) ?? []
    if (request === undefined || open.length === 0) return 'gone'
    const tell = (query: string) => push(`${request.url}?${query}`).catch(() => undefined)
    switch (act.kind) {
      case 'look':
        return 'later'
      case 'decline':
        for (const file of open) file.status = 2
        await tell('signed=false&error=5')
        return 'later'
      case 'sign':
        for (const file of open) {
          await this.sign(file, act.person, act.over === 'other')
          file.status = 1
        }
        await tell('signed=true')
        return 'later'
      default:
        return 'gone'
    }
  }

  async sign({ bytes, md5 }: File, person: number, isOther = false): Promise<void> {
    const { certificate, key } = await identityOf(person)
    const container = await createSignedData({
      content: isOther ? Buffer.from('other') : bytes,
      form: 'detached',
      signers: [{ certificate, key, signingTime: new Date(this.#now()) }],
    })
    this.#containers.set(md5, [
      ...(this.#containers.get(md5) ?? []).filter((each) => each.person !== person),
      { person, container },
    ])
  }

  hasSigned(md5: string, person: number): boolean {
    return this.#containers.get(md5)?.some((each) => each.person === person) === true
  }
}

/** Judges by what stands in the container: the digest over which it is, and whose certificate it names. */
export function toyVerifier(): {
  readonly verifier: Verifier
  readonly withholdTrust: (withheld: boolean) => void
} {
  let isWithheld = false
  const verifier: Verifier = async ({ artifact, content, recipient }) => {
    const [signer] = splitSignedData(artifact)
    const isOver = Buffer.from(artifact).includes(createHash('sha256').update(content).digest())
    const snils = signer?.certificate && nationalIdentity(signer.certificate).snils
    const isThem = snils === digits(recipient.identifiers.snils)
    const judgement = !isOver
      ? ({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' } as const)
      : isWithheld
        ? ({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' } as const)
        : ({ indication: 'TOTAL-PASSED' } as const)
    const facts = {
      content: isOver ? 'match' : 'mismatch',
      identity: isThem ? 'match' : 'mismatch',
    } as const

    return {
      ...judgement,
      ...facts,
      report: digestOf(JSON.stringify([judgement, facts, md5Of(artifact)])),
    }
  }

  return {
    verifier,
    withholdTrust: (withheld) => {
      isWithheld = withheld
    },
  }
}
