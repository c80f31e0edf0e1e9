import { MuhrError } from '@muhr/identifiers'

/** What the demo reads of an envelope over REST. */
export type EnvelopeView = {
  readonly id: string
  readonly state: string
  readonly signings: readonly {
    readonly id: string
    readonly state: string
    readonly requests: readonly {
      readonly state: string
      readonly attention?: { readonly kind: string; readonly code: string } | undefined
      readonly presentation?:
        | { readonly qr?: string | undefined; readonly frame?: string | undefined }
        | undefined
    }[]
  }[]
  readonly evidence: { readonly ready: boolean; readonly timestamped: boolean }
}

export class DemoError extends MuhrError<
  'demo.http' | 'demo.no-gateway' | 'demo.timeout' | 'demo.unexpected' | 'demo.unverified'
> {
  override readonly name = 'DemoError'
}

export type Api = {
  readonly upload: (fileName: string, bytes: Uint8Array) => Promise<{ readonly id: string }>
  readonly create: (body: object) => Promise<EnvelopeView>
  readonly read: (id: string) => Promise<EnvelopeView>
  readonly evidence: (id: string) => Promise<Uint8Array>
}

/** A client of our own REST API as an integrator would write it: `fetch` and a key. */
export function createApi(baseUrl: string, apiKey: string): Api {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
    })
    if (!response.ok) {
      const problem = (await response.json().catch(() => ({}))) as {
        code?: string
        advice?: string
        fields?: readonly { readonly field: string; readonly advice: string }[]
      }
      throw new DemoError({
        code: 'demo.http',
        message: `${init.method ?? 'GET'} ${path} answered ${response.status} ${problem.code ?? ''}`,
        advice:
          problem.fields?.map(({ field, advice }) => `${field}: ${advice}`).join('\n') ??
          problem.advice ??
          'Look into the log of the server (MUHR_DATA/logs).',
      })
    }

    return response
  }
  const json = async <T>(response: Promise<Response>): Promise<T> =>
    (await (await response).json()) as T

  return {
    upload: (fileName, bytes) =>
      json(
        call(`/v1/documents?fileName=${encodeURIComponent(fileName)}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/octet-stream',
            'idempotency-key': crypto.randomUUID(),
          },
          body: Buffer.from(bytes),
        }),
      ),
    create: (body) =>
      json(
        call('/v1/envelopes', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': crypto.randomUUID(),
          },
          body: JSON.stringify(body),
        }),
      ),
    read: (id) => json(call(`/v1/envelopes/${id}`)),
    evidence: async (id) =>
      new Uint8Array(await (await call(`/v1/envelopes/${id}/evidence`)).arrayBuffer()),
  }
}

/**
 * Reads an envelope until it is as wanted, a few times a second.
 * @throws DemoError `demo.timeout`
 */
export async function waitFor(
  api: Api,
  id: string,
  isThere: (envelope: EnvelopeView) => boolean,
  limitMs = 30_000,
): Promise<EnvelopeView> {
  const end = Date.now() + limitMs
  for (;;) {
    const envelope = await api.read(id)
    if (isThere(envelope)) {
      return envelope
    }
    if (Date.now() > end) {
      throw new DemoError({
        code: 'demo.timeout',
        message: `The envelope is ${envelope.state} and does not go on.`,
        advice: 'Look into the log of the server (MUHR_DATA/logs).',
      })
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
