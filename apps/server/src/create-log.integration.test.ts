import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from './create-log.ts'
import {
  api1Of,
  codeOf,
  logIn,
  recipientOf,
  samplePdf,
  sendPut,
  signWithoutSending,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from './testing/index.ts'

const canary = 'КанарейкаСодержания'

describe('the log of a full flow, at its finest', () => {
  let muhr: TestInstallation
  let folder: string
  let text: string
  const secrets = new Map<string, string>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-log-'))
    muhr = await startTestInstallation({ log: createLog({ dataDir: folder, logLevel: 'trace' }) })
    const { api, ready, phone, access } = muhr
    const { body: session } = await api.call<{ organisation: { id: string } }>('/v1/session')
    const owner = await logIn(muhr, { organisation: session.organisation.id, role: 'owner' })
    const uploaded = await api.upload(samplePdf({ text: canary }))
    const wish = wishFor(ready, [uploaded.body.id])
    const { body: envelope } = await api.create({
      ...wish,
      recipients: [recipientOf(ready), recipientOf(ready, { account: 'second', orderGroup: 2 })],
    })
    const code = codeOf(envelope)
    const api1 = (await (await fetch(api1Of(code))).json()) as { document: { auth_token: string } }
    secrets
      .set('API key', access.apiKey)
      .set('login link', access.loginUrl.split('/').at(-1) ?? '')
      .set('session', (owner.headers['cookie'] ?? '').split('=')[1] ?? '')
      .set('callback token', api1Of(code).split('/').at(-2) ?? '')
      .set('bearer', api1.document.auth_token)
      .set('signer token', envelope.signings[0]?.signerUrl?.split('/').at(-1) ?? '')
      .set('IIN', recipientOf(ready).identifiers.iin)
      .set('name', recipientOf(ready).name)
      .set('title', wish.title)
      .set('content', canary)

    // Everything that is refused, fails or falls on the way.
    await phone.act(code, { fault: 'other-bytes', algorithm: 'rsa-2048' })
    await phone.act(code, { fault: 'wrong-token', algorithm: 'rsa-2048' })
    await phone.act(code, { fault: 'dropped-connection', algorithm: 'rsa-2048' })
    const put = await signWithoutSending(ready, code, { algorithm: 'rsa-2048' })
    await sendPut(put, { body: Buffer.from('{"documentsToSign":') })
    await goAway(muhr)
    await fetch(`${muhr.server.url}/cb/egov-mobile/${'u'.repeat(24)}/mgovSign`)
    await api.create({
      ...wish,
      recipients: [{ ...recipientOf(ready), identifiers: { snils: '1' } }],
    })
    await api.call('/v1/session', { headers: { authorization: `Bearer ${access.apiKey}x` } })
    await phone.faults({ ocsp: 'down', tsa: 'down' })
    await sendPut(put)
    await phone.faults({ ocsp: 'none', tsa: 'none' })
    await owner.call(`/v1/signings/${envelope.signings[0]?.id}/accept`, {
      method: 'POST',
      json: { reason: 'checked' },
    })
    const next = await api.until(envelope.id, ({ signings }) => signings[1]?.state === 'sent')
    await phone.act(codeOf(next, 1), { account: 'second', algorithm: 'rsa-2048' })
    await api.until(envelope.id, ({ evidence }) => evidence.timestamped)
    await api.call(`/v1/envelopes/${envelope.id}/evidence`)
    // Something fails inside: its stack is written, not what it was about.
    await rm(join(muhr.config.storeDir, 'objects'), { recursive: true })
    await api.call(`/v1/documents/${uploaded.body.id}/content`)
    const failed = await api.call(`/v1/artifacts/${next.signings[0]?.artifacts[0]?.sha256}`)
    expect(failed).toMatchObject({ status: 500, body: { code: 'server.failed' } })
    text = await readFile(join(folder, 'logs', 'muhr.log'), 'utf8')
  })
  afterAll(async () => {
    await muhr?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('tells what went wrong', () => {
    for (const line of [
      'callback rejected',
      'trust service refused',
      'a request failed',
      'a client went away',
    ]) {
      expect(text).toContain(line)
    }
  })

  it.each([
    'API key',
    'login link',
    'session',
    'callback token',
    'bearer',
    'signer token',
    'IIN',
    'name',
    'title',
    'content',
  ])('never holds the %s', (name) => {
    const secret = secrets.get(name) ?? ''
    expect(secret.length).toBeGreaterThan(8)
    expect(text).not.toContain(secret)
    expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''))
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1))
  })
})

/** An upload whose sender breaks off in the middle. */
async function goAway({ config, access }: TestInstallation): Promise<void> {
  const socket = connect(config.port, '127.0.0.1')
  const head = [
    'POST /v1/documents?fileName=gone.pdf HTTP/1.1',
    `host: 127.0.0.1:${config.port}`,
    `authorization: Bearer ${access.apiKey}`,
    'content-length: 100000',
    '',
    '',
  ]
  socket.write(head.join('\r\n'))
  socket.end(samplePdf({ text: canary }))
  socket.resume()
  await once(socket, 'close')
}
