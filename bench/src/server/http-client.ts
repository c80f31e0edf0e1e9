import { Agent, request } from 'node:http'

export type Answer = { readonly status: number; readonly body: Buffer }

/** A keep-alive client of one server: as thin as Node allows, since it shares the machine with it. */
export function createHttpClient(baseUrl: string, headers: Readonly<Record<string, string>>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })

  return {
    send: (
      method: string,
      path: string,
      body?: {
        readonly bytes: Buffer | AsyncIterable<Buffer>
        readonly type: string
        readonly length: number
      },
    ): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const outgoing = request(
          `${baseUrl}${path}`,
          {
            method,
            agent,
            headers: {
              ...headers,
              ...(body === undefined
                ? {}
                : { 'content-type': body.type, 'content-length': body.length }),
            },
          },
          (incoming) => {
            const chunks: Buffer[] = []
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
            incoming.on('end', () =>
              resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }),
            )
            incoming.on('error', reject)
          },
        )
        outgoing.on('error', reject)
        if (body === undefined) {
          outgoing.end()
        } else if (Buffer.isBuffer(body.bytes)) {
          outgoing.end(body.bytes)
        } else {
          void pour(body.bytes, outgoing).catch(reject)
        }
      }),
    close: () => agent.destroy(),
  }
}

export type HttpClient = ReturnType<typeof createHttpClient>

async function pour(
  source: AsyncIterable<Buffer>,
  target: ReturnType<typeof request>,
): Promise<void> {
  for await (const chunk of source) {
    if (!target.write(chunk)) {
      await new Promise((resolve) => target.once('drain', resolve))
    }
  }
  target.end()
}
