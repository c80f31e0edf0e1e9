/** A service of the seed's shape, strict and tiny, in the place of `fetch`: no port, no code of the gateway. */

/** A PUT as it came over the wire. */
export type ReceivedPut = {
  readonly headers: Readonly<Record<string, string>>
  /** The body as far as it came. */
  readonly text: string
  readonly isBroken: boolean
  readonly chunks: number
}

export type StrictService = {
  readonly fetch: typeof fetch
  readonly qr: string
  readonly calls: string[]
  readonly puts: ReceivedPut[]
}

export type StrictServiceOptions = {
  readonly api1: (uri: string) => unknown
  /** API #2 as text: the phone must keep every character of it. */
  readonly api2: string
  /** Absent: the service takes no Authorization at all. */
  readonly token?: string | undefined
  readonly expectLanguage?: string
  readonly answer?: (put: ReceivedPut, count: number) => Response
}

const API1 = 'https://gate.kz/sessions/abc/mgovSign'
const API2 = 'https://gate.kz/sessions/abc/documents?part=1'

/** Host that the phone's allow-list needs. */
export const SERVICE_HOST = 'gate.kz'

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

export function strictService(options: StrictServiceOptions): StrictService {
  const calls: string[] = []
  const puts: ReceivedPut[] = []
  const isAllowed = (request: Request): boolean =>
    options.token === undefined
      ? !request.headers.has('authorization')
      : request.headers.get('authorization') === `Bearer ${options.token}`

  const receive = async (request: Request): Promise<ReceivedPut> => {
    const parts: Uint8Array[] = []
    let isBroken = false
    const reader = request.body?.getReader()
    try {
      for (
        let part = await reader?.read();
        part?.value !== undefined;
        part = await reader?.read()
      ) {
        parts.push(part.value)
      }
    } catch {
      isBroken = true
    }

    return {
      headers: Object.fromEntries(request.headers),
      text: Buffer.concat(parts).toString('utf8'),
      isBroken,
      chunks: parts.length,
    }
  }

  const handle = async (request: Request): Promise<Response> => {
    calls.push(`${request.method} ${new URL(request.url).pathname}`)
    const language = request.headers.get('accept-language')
    if (options.expectLanguage !== undefined && language !== options.expectLanguage) {
      return json(400, { message: `Accept-Language is ${language}` })
    }
    if (request.method === 'GET' && request.url === API1) return json(200, options.api1(API2))
    if (request.url !== API2) return json(404, { message: 'нет такого' })
    if (request.method === 'GET') {
      return isAllowed(request)
        ? new Response(options.api2, { headers: { 'content-type': 'application/json' } })
        : json(401, { message: 'чужой токен' })
    }
    if (request.method !== 'PUT') return json(405, { message: request.method })
    const put = await receive(request)
    puts.push(put)
    if (put.isBroken) throw new TypeError('fetch failed')
    if (!isAllowed(request)) return json(401, { message: 'чужой токен' })

    return options.answer?.(put, puts.length) ?? json(200, { message: 'success' })
  }

  return {
    qr: `mobileSign:${API1}`,
    calls,
    puts,
    fetch: async (input, init) => handle(new Request(input as string, init)),
  }
}
