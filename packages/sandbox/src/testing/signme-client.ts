import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Sandbox } from '../start-sandbox.ts'

export const md5Of = (bytes: Uint8Array | string): string =>
  createHash('md5').update(bytes).digest('hex')

/** A package for one file, by TESTKEY for Anna unless told otherwise. */
export function packageFor(
  bytes: Uint8Array | string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    filet: Buffer.from(bytes).toString('base64'),
    fname: 'договор.pdf',
    md5: md5Of(bytes),
    key: 'TESTKEY',
    user_ph: '+79990000001',
    ...more,
  }
}

/** Calls of Sign.Me as the seed writes them, and of its control. */
export function signmeClient(sandbox: Sandbox) {
  const { signme: base } = sandbox.ready
  const post = (path: string, field: string, value: unknown): Promise<Response> =>
    fetch(`${base}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        [field]: typeof value === 'string' ? value : JSON.stringify(value),
      }).toString(),
    })
  const form = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`${base}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  const text = async (response: Promise<Response>): Promise<string> => (await response).text()
  const get = (path: string): Promise<Response> => fetch(`${base}${path}`, { redirect: 'manual' })
  const control = async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(`${base}/_sim/signme/${path}`, {
      method,
      headers: { 'x-muhr-sim-secret': sandbox.ready.control.secret },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

    return { status: response.status, body: await response.json() }
  }

  return {
    base,
    post,
    form,
    get,
    control,
    sign: (found: unknown) => text(post('/signapi/sjson', 'rfile', found)),
    multi: (found: unknown) => text(post('/signapi/multijson/', 'mfile', found)),
    check: async (found: unknown) => (await post('/signaturecheck/json', 'rfile', found)).json(),
    checkText: (found: unknown) => text(post('/signaturecheck/json', 'rfile', found)),
    status: async (suffix: string) => (await get(`/signapi/check/${suffix}`)).json(),
    multiStatus: async (uuid: string) => (await get(`/signapi/multicheck/${uuid}`)).json(),
    reject: async (fields: Record<string, string>) =>
      (await form('/signapi/reject/', fields)).json(),
    container: async (md5: string): Promise<Buffer> =>
      Buffer.from(await (await get(`/signaturecheck/get_grp_pkcs/hash/${md5}`)).arrayBuffer()),
    act: async (id: string | number, action: string, body: object = {}) =>
      (await control(`requests/${String(id).split('/')[0]}/${action}`, 'POST', body)).body,
  }
}

/** A site that takes pushes and notifications; `urls` are those that came, in their order. */
export async function startReceiver(status = 200): Promise<{
  readonly url: string
  readonly urls: string[]
  readonly stop: () => Promise<void>
}> {
  const urls: string[] = []
  const server = createServer((request, response) => {
    urls.push(request.url ?? '')
    response.writeHead(status).end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()

  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    urls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
