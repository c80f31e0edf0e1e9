/** A server-sent event as a browser's EventSource would give it. */
export type ServerEvent = {
  readonly event: string
  readonly id: string | undefined
  readonly data: unknown
}

export type EventReader = {
  /** The next event, or undefined when the stream ended. Fails after `limitMs`. */
  readonly next: (limitMs?: number) => Promise<ServerEvent | undefined>
  readonly close: () => void
}

/** Opens a stream of server-sent events and takes its events apart. */
export async function openEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const abort = new AbortController()
  const response = await fetch(url, { headers, signal: abort.signal })
  if (response.status !== 200 || response.body === null) {
    throw new Error(`${url} answered ${response.status}`)
  }
  // Locked at once: a body that nobody reads yet is cancelled when its response is collected as garbage.
  const events = parse(response.body.getReader())

  return {
    next: async (limitMs = 10_000) => {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error('no event came')), limitMs)
      try {
        const step = await Promise.race([events.next(), late.promise])

        return step.done === true ? undefined : step.value
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => abort.abort(),
  }
}

async function* parse(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      text += decoder.decode(chunk.value, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = read(text.slice(0, end))
        text = text.slice(end + 2)
        if (event !== undefined) {
          yield event
        }
      }
    }
  } catch {
    // The reader closed it, or the server went away: both are the end.
  }
}

function read(block: string): ServerEvent | undefined {
  const fields = new Map(
    block.split('\n').flatMap((line): [string, string][] => {
      const at = line.indexOf(': ')

      return at <= 0 ? [] : [[line.slice(0, at), line.slice(at + 2)]]
    }),
  )
  const data = fields.get('data')

  return data === undefined
    ? undefined
    : { event: fields.get('event') ?? 'message', id: fields.get('id'), data: JSON.parse(data) }
}
