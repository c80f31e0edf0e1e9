import { lostConnection, readProblem } from './problem.ts'

export type RequestOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** Same key, same effect: a repeated click or a retry after a lost answer does nothing twice. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal | undefined
}

/** A key for one intended effect. */
export function newIdempotencyKey(): string {
  // randomUUID is missing on plain http beyond loopback; getRandomValues is not.
  const bytes = crypto.getRandomValues(new Uint8Array(16))

  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''

  if (!type.includes('json')) return undefined

  return response.json()
}

/**
 * Calls our own API with the session cookie. Throws ProblemError: the server's code, or
 * `network.lost`. The answer is trusted to have the shape `T`: both ends are one release.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, signal } = options
  const headers: Record<string, string> = { accept: 'application/json' }

  if (body !== undefined) headers['content-type'] = 'application/json'
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? newIdempotencyKey()

  let response: Response

  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    if (signal?.aborted === true) throw error

    throw lostConnection(error)
  }

  const answer = await readBody(response).catch((error: unknown) => {
    // Of a refusal the status is enough; half of a success is a lost answer, not an empty one.
    if (!response.ok) return undefined

    throw signal?.aborted === true ? error : lostConnection(error)
  })

  if (!response.ok) throw readProblem(response.status, answer)

  return answer as T
}
