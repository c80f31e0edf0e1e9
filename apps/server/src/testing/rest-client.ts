import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'

export type ProblemBody = {
  readonly type: string
  readonly status: number
  readonly code: string
  readonly advice: string
  readonly field?: string
  readonly fields?: readonly {
    readonly field: string
    readonly code: string
    readonly advice: string
    readonly detail?: string
  }[]
}

export type Answer<Body = unknown> = {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

/** A caller of the REST API as an integrator would write one: `fetch` and a key. */
export type RestClient = {
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>
  readonly call: <Body = ProblemBody>(
    path: string,
    init?: RequestInit & { readonly json?: unknown },
  ) => Promise<Answer<Body>>
  readonly upload: (
    bytes: Uint8Array,
    options?: { readonly fileName?: string; readonly headers?: Record<string, string> },
  ) => Promise<Answer<{ readonly id: string; readonly sha256: string } & ProblemBody>>
  readonly create: (
    wish: object,
    headers?: Record<string, string>,
  ) => Promise<Answer<EnvelopeBody & ProblemBody>>
  readonly read: (id: string) => Promise<EnvelopeBody>
  /** Reads until it is as wanted; fails with the last state after `limitMs`. */
  readonly until: (
    id: string,
    isThere: (envelope: EnvelopeBody) => boolean,
    limitMs?: number,
  ) => Promise<EnvelopeBody>
}

export function createRestClient(
  url: string,
  headers: Readonly<Record<string, string>>,
): RestClient {
  const call: RestClient['call'] = async (path, init = {}) => {
    const { json, ...rest } = init
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      ...rest,
      headers: {
        ...headers,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...rest.headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    // A HEAD has the type of an answer and no body.
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const bytes = Buffer.from(await response.arrayBuffer())

    return {
      status: response.status,
      headers: response.headers,
      body: isJson && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : (bytes as never),
    }
  }
  const read: RestClient['read'] = async (id) =>
    (await call<EnvelopeBody>(`/v1/envelopes/${id}`)).body

  return {
    headers,
    call,
    upload: (bytes, options = {}) =>
      call(`/v1/documents?fileName=${encodeURIComponent(options.fileName ?? 'act.pdf')}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', ...options.headers },
        body: Buffer.from(bytes),
      }),
    create: (wish, more) =>
      call('/v1/envelopes', {
        method: 'POST',
        json: wish,
        ...(more === undefined ? {} : { headers: more }),
      }),
    read,
    until: async (id, isThere, limitMs = 20_000) => {
      const end = Date.now() + limitMs
      for (;;) {
        const envelope = await read(id)
        if (isThere(envelope)) {
          return envelope
        }
        if (Date.now() > end) {
          throw new Error(`it stays so: ${JSON.stringify(envelope, undefined, 1)}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
  }
}
