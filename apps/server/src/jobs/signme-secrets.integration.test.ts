import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkConnection } from '../connections/check-connection.ts'
import { findConnection } from '../connections/find-connections.ts'
import { createLog } from '../create-log.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { logIn, startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { createSignmeWorld, type SignmeWorld } from '../testing/signme-world.ts'

const requestOf = ({ signings }: EnvelopeBody) => signings[0]?.requests.at(-1)
const isOpen = (envelope: EnvelopeBody) => requestOf(envelope)?.state === 'open'
const isUnknown = (envelope: EnvelopeBody) => requestOf(envelope)?.state === 'unknown'
const isEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'

describe('the secrets of Sign.Me', () => {
  let muhr: TestInstallation
  let signme: SignmeWorld
  let folder: string
  const secrets = new Map<string, string>()
  const seen = new Map<string, string>()
  const key = `CANARY-KEY-${randomUUID()}`

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-log-'))
    muhr = await startTestInstallation({ log: createLog({ dataDir: folder, logLevel: 'trace' }) })
    signme = createSignmeWorld(muhr)
    const { api, server } = muhr
    await signme.control('accounts', 'PUT', { sites: [{ key, name: 'TEST' }] })
    const connection = await signme.connect({ key, notifies: true })
    const { organisation_id } = (
      await muhr.sql<{ organisation_id: string }>(
        'select organisation_id from connections where id = $1',
        [connection],
      )
    )[0] ?? { organisation_id: '' }
    const { notificationAddress } = (
      await api.call<{ readonly notificationAddress: string }>(`/v1/connections/${connection}`)
    ).body
    await signme.control('accounts', 'PUT', {
      sites: [{ key, notificationUrl: notificationAddress }],
    })
    const { phone, email, snils } = signme.userOf('anna') as never as Record<string, string>
    const wish = { user: 'anna', connection, identifiers: {}, contact: { phone, email } } as never

    // A file that is signed, by page, notification and push.
    const { body: file } = await signme.send(wish)
    await signme.until(file.id, isOpen)
    const first = await signme.lastRequest()
    const reads = await viewsOf(muhr, organisation_id, file.id)
    await signme.act(first.id, 'sign', { user: 'anna' })
    await signme.until(file.id, isEnded)
    // A group whose answer is lost, by somebody who is known by numbers.
    await signme.fault({ on: 'multi', fault: 'truncated', isDone: true })
    const { body: group } = await signme.send({ user: 'anna', connection, files: 2 })
    await signme.until(group.id, isUnknown)
    const second = await signme.lastRequest()
    await signme.act(second.id, 'sign', { user: 'anna' })
    await signme.until(group.id, isEnded)
    // What is refused, fails, or comes from strangers.
    await signme.fault(
      { on: 'status', fault: 'html', times: 3 },
      { on: 'container', fault: 'truncated', times: 3 },
      { on: 'check', fault: 'text', text: `error 4: ${phone} ${key}`, times: 3 },
    )
    const { body: third } = await signme.send(wish)
    await signme.until(third.id, isOpen)
    const failing = await signme.lastRequest()
    await signme.act(failing.id, 'sign', { user: 'anna' })
    await signme.turn(4, 31_000)
    await signme.control('accounts', 'PUT', { users: [{ id: 'anna', isActivated: false }] })
    const { body: refused } = await signme.send(wish)
    await signme.until(refused.id, isEnded)
    const md5 = first.files[0]?.md5 ?? ''
    const query = `?apikey=${key}&md5hash=${md5}&gosthash=${'0'.repeat(64)}`
    const bodies = []
    for (const address of [
      `${notificationAddress}${query}`,
      `${notificationAddress}x${query}`,
      `${server.url}/cb/signme/${'u'.repeat(32)}${query}`,
      `${server.url}/cb/signme/c/con_none.x${query}`,
      `${server.url}/nothing/${first.handle}${query}`,
    ]) {
      bodies.push(await (await fetch(address, { method: 'POST', body: query })).text())
      bodies.push(await (await fetch(address)).text())
    }
    const row = await findConnection(server.app.db, organisation_id, connection)
    seen
      .set('log', await readFile(join(folder, 'logs', 'muhr.log'), 'utf8'))
      .set('events', JSON.stringify(await muhr.sql('select data, actor from events')))
      .set('connection events', JSON.stringify(await muhr.sql('select * from connection_events')))
      .set(
        'webhooks',
        JSON.stringify(await muhr.sql('select * from webhook_deliveries').catch(() => [])),
      )
      .set('metrics', await (await fetch(`${server.url}/metrics`, { headers: api.headers })).text())
      .set('answers to strangers', bodies.join('\n'))
      .set(
        'doctor',
        JSON.stringify(row && (await checkConnection(server.app, row, { locale: 'ru' }))),
      )
      .set('what a reader is shown', reads)
      .set('connection', JSON.stringify((await api.call(`/v1/connections/${connection}`)).body))
    const [suffix, hex] = [first.handle, first.handle.split('/')[1] ?? '']
    secrets
      .set('key', key)
      .set('suffix', suffix)
      .set('half of a suffix', hex)
      .set('suffix of what failed', failing.handle.split('/')[1] ?? '')
      .set('UUID', second.handle)
      .set('phone', phone ?? '')
      .set('e-mail', email ?? '')
      .set('SNILS', snils ?? '')
      .set('MD5', md5)
  })
  afterAll(async () => {
    await muhr?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    'log',
    'events',
    'connection events',
    'webhooks',
    'metrics',
    'answers to strangers',
    'doctor',
    'what a reader is shown',
    'connection',
  ])('stand nowhere in the %s', (place) => {
    const text = seen.get(place) ?? ''
    expect(text.length).toBeGreaterThan(1)
    for (const [name, secret] of secrets) {
      expect(secret.length, name).toBeGreaterThan(8)
      for (const spelling of [
        secret,
        encodeURIComponent(secret),
        secret.replaceAll(/[-+\s]/g, ''),
        secret.toUpperCase(),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ]) {
        expect(text.includes(spelling), `${name} in the ${place}`).toBe(false)
      }
    }
  })
})

/** The open envelope as a viewer and a key that only reads are shown it, at once and by the stream. */
async function viewsOf(
  muhr: TestInstallation,
  organisation: string,
  envelope: string,
): Promise<string> {
  const viewer = await logIn(muhr, { organisation, role: 'viewer' })
  const auditor = await logIn(muhr, { organisation, role: 'auditor' })
  const texts = []
  for (const reader of [viewer, auditor]) {
    const read = await reader.call<EnvelopeBody>(`/v1/envelopes/${envelope}`)
    expect(read.status).toBe(200)
    expect(requestOf(read.body)).toMatchObject({ state: 'open' })
    expect(read.body.signings[0]?.signerUrl).toBeUndefined()
    const stream = await fetch(`${muhr.server.url}/v1/envelopes/${envelope}/stream`, {
      headers: reader.headers,
    })
    const body = stream.body?.getReader()
    const chunk = await body?.read()
    await body?.cancel()
    texts.push(JSON.stringify(read.body), Buffer.from(chunk?.value ?? []).toString())
  }
  const sender = await muhr.api.read(envelope)
  expect(requestOf(sender)?.presentation).toBeDefined()
  expect(sender.signings[0]?.signerUrl).toBeDefined()

  return texts.join('\n')
}
