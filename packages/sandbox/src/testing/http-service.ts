import { createServer } from 'node:http'
import { type ReceivedPut, type StrictServiceOptions, strictService } from './strict-service.ts'

/** The strict service of the seed on a port of its own, for the phone inside a running sandbox. */
export async function startHttpService(
  options: StrictServiceOptions,
): Promise<{ qr: string; puts: readonly ReceivedPut[]; stop: () => Promise<void> }> {
  let base = ''
  const service = strictService({
    ...options,
    // The inner service knows itself as https://gate.kz: only the address differs on the wire.
    api1: (uri) => options.api1(uri.replace('https://gate.kz', base)),
  })
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    const answer = await service.fetch(`https://gate.kz${message.url}`, {
      method: message.method ?? 'GET',
      headers: message.headers as Record<string, string>,
      ...(message.method === 'PUT' ? { body: Buffer.concat(chunks) } : {}),
    })
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  return {
    qr: service.qr.replace('https://gate.kz', base),
    puts: service.puts,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
