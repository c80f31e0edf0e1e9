import type { Json, Provider } from '@muhr/envelope'
import { egovMobileProvider } from '@muhr/provider-egov-mobile/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionBody, ConnectionCheckBody } from '../http/schemas/connection-schemas.ts'
import { openSecretBox } from '../instance/secret-box.ts'
import {
  addBrowserKey,
  createOtherOrganisation,
  type ProblemBody,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import { loadConnection } from './load-connection.ts'
import { resealConnections } from './reseal-connections.ts'

const apiKey = '0b6ad1d0-7a3e-4c1e-9b5e-1f2a3b4c5d6e'
const other = 'c3d4e5f6-0718-4a9b-8c7d-6e5f40312211'

/** eGov Mobile with the API-Keys of several employees among its settings. */
const keyed: Provider = {
  ...egovMobileProvider,
  describe: () => ({ ...egovMobileProvider.describe(), id: 'keyed' }),
  secretSettings: ['apiKeys[].apiKey'],
  parseConnection: (settings) => {
    const { apiKeys, ...rest } = settings as { readonly [name: string]: Json }
    const parsed = egovMobileProvider.parseConnection(rest)
    const isWhole =
      Array.isArray(apiKeys) &&
      apiKeys.every((each) => typeof (each as { apiKey?: unknown }).apiKey === 'string')
    const refusal = { code: 'connection.api-keys', field: 'apiKeys', advice: 'Give API-Keys.' }
    if (parsed.ok && isWhole) return { ok: true, connection: { apiKeys } }

    return {
      ok: false,
      refusals: [...(parsed.ok ? [] : parsed.refusals), ...(isWhole ? [] : [refusal])],
    }
  },
}

type Events = { readonly events: readonly { readonly type: string; readonly data: object }[] }

describe('connections over REST', () => {
  let muhr: TestInstallation
  let organisation: string
  beforeAll(async () => {
    muhr = await startTestInstallation({
      env: { MUHR_SECRET_KEY: '11'.repeat(32) },
      providers: [keyed],
    })
    const { body } = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
    organisation = body.organisation.id
  })
  afterAll(async () => {
    await muhr?.stop()
  })

  type Body = ConnectionBody & ProblemBody
  const post = (path: string, json: object = {}, key?: string) =>
    muhr.api.call<Body>(`/v1/connections${path}`, {
      method: 'POST',
      json,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    })
  const patch = (id: string, json: object) =>
    muhr.api.call<Body>(`/v1/connections/${id}`, { method: 'PATCH', json })
  const read = async (id: string) =>
    (await muhr.api.call<Body & Events>(`/v1/connections/${id}`)).body
  const wish = (settings: object = {}) => ({
    provider: 'keyed',
    name: 'Госключ',
    settings: { apiKeys: [{ apiKey, name: 'Тестов' }], linkLifeSeconds: 60, ...settings },
  })
  const keysOf = async (id: string) =>
    (await loadConnection(muhr.server.app, id))?.settings as { apiKeys: { apiKey: string }[] }

  it('show their secrets masked, and keep them encrypted', async () => {
    const { status, body } = await post('', wish())
    expect({ status, state: body.state, policy: body.policy }).toEqual({
      status: 201,
      state: 'enabled',
      policy: 'sandbox',
    })
    expect(body.settings.apiKeys).toEqual([
      { name: 'Тестов', apiKey: { masked: '········5d6e', ref: expect.any(String) } },
    ])
    const list = await muhr.api.call('/v1/connections')
    expect(JSON.stringify([list.body, body, await read(body.id)])).not.toContain(apiKey)
    const [row] = await muhr.sql<{ whole: string }>(
      `select to_jsonb(c)::text || (select coalesce(string_agg(to_jsonb(e)::text, ''), '')
        from connection_events e where e.connection_id = c.id) whole
        from connections c where id = $1`,
      [body.id],
    )
    expect(row?.whole).toContain('linkLifeSeconds')
    expect(row?.whole).not.toContain(apiKey)
    expect((await keysOf(body.id)).apiKeys).toEqual([{ apiKey, name: 'Тестов' }])
  })

  it('keep a secret whose mask is sent back, beside a new one', async () => {
    const { body } = await post('', wish())
    const [kept] = body.settings.apiKeys as { apiKey: object }[]
    const changed = await patch(body.id, {
      revision: body.revision,
      settings: {
        ...body.settings,
        apiKeys: [
          { apiKey: other, name: 'Образцова' },
          { ...kept, name: 'Тестов Т.' },
        ],
      },
    })
    expect(changed.body.revision).toBe(body.revision + 1)
    expect((await keysOf(body.id)).apiKeys).toEqual([
      { apiKey: other, name: 'Образцова' },
      { apiKey, name: 'Тестов Т.' },
    ])
    expect((await read(body.id)).events).toMatchObject([
      { type: 'created' },
      { type: 'changed', data: { changed: ['settings.apiKeys'] } },
    ])
  })

  it('refuse the mask of another connection’s secret', async () => {
    const [one, two] = [await post('', wish()), await post('', wish())]
    const { status, body } = await patch(two.body.id, {
      revision: 1,
      settings: one.body.settings,
    })
    expect({ status, code: body.code, fields: body.fields }).toMatchObject({
      status: 422,
      code: 'connection.refused',
      fields: [{ field: 'settings.apiKeys[0].apiKey', code: 'connection.masked' }],
    })
  })

  it('name everything that is wrong at once', async () => {
    const { status, body } = await post('', {
      ...wish({ apiKeys: 'x', auth: 'nonsense', signerKey: 'key_of_nobody' }),
      policy: 'ru-63fz',
      signerKey: 'key_none',
    })
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'connection.refused' })
    expect(body.fields?.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'settings.signerKey connection.unknown-setting',
      'settings.auth connection.choice',
      'settings.apiKeys connection.api-keys',
      'policy connection.policy',
      'signerKey connection.signer-key',
      'settings.signerKey connection.signer-key',
    ])
    expect((await post('', { ...wish(), provider: 'telex' })).body.fields).toMatchObject([
      { field: 'provider', code: 'connection.provider' },
    ])
  })

  it('are changed only as they were read', async () => {
    const { body } = await post('', wish())
    const name = (text: string) => patch(body.id, { revision: body.revision, name: text })
    const answers = await Promise.all([name('A'), name('B')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.map(({ body: { code } }) => code)).toContain('connection.changed')
  })

  it('seal with the signer key that is chosen, or with none', async () => {
    const key = await addBrowserKey(muhr.api)
    const { body } = await post('', { ...wish(), signerKey: key })
    expect(body.signerKey).toBe(key)
    const changed = await patch(body.id, { revision: body.revision, signerKey: null })
    expect(changed.body.signerKey).toBeNull()
  })

  it('are added once for one Idempotency-Key, whose digest gives no secret away', async () => {
    const first = await post('', wish(), 'connection-1')
    const again = await post('', wish(), 'connection-1')
    expect([again.status, again.body.id]).toEqual([201, first.body.id])
    expect((await post('', wish({ auth: 'None' }), 'connection-1')).body.code).toBe(
      'idempotency.mismatch',
    )
  })

  it('take no new envelope while disabled, and carry on what was sent', async () => {
    const { body } = await post('', { provider: 'egov-mobile', name: 'Second' })
    const document = await muhr.api.upload(samplePdf())
    const base = wishFor(muhr.ready, [document.body.id])
    const named = {
      ...base,
      recipients: base.recipients.map((recipient) => ({
        ...recipient,
        methods: recipient.methods.map((method) => ({ ...method, connection: body.id })),
      })),
    }
    const sent = await muhr.api.create(named)
    expect(sent.status).toBe(201)
    expect((await post(`/${body.id}/disable`)).body.state).toBe('disabled')
    await post(`/${body.id}/disable`)
    const late = await muhr.api.create(named)
    expect(late.body.fields).toMatchObject([{ code: 'recipient.method' }])
    const [signing] = (await muhr.api.read(sent.body.id)).signings
    expect(signing?.requests[0]).toMatchObject({ state: 'open' })
    expect((await post(`/${body.id}/enable`)).body.state).toBe('enabled')
    expect((await muhr.api.create(named)).status).toBe(201)
    expect((await read(body.id)).events.map(({ type }) => type)).toEqual([
      'created',
      'disabled',
      'enabled',
    ])
  })

  it('tell what the doctor sees, in the words of the provider', async () => {
    const { body } = await post('', { provider: 'egov-mobile', name: 'Checked' })
    const { body: check } = await muhr.api.call<ConnectionCheckBody>(
      `/v1/connections/${body.id}/check`,
      { method: 'POST' },
    )
    expect(check.findings.map(({ check: about, result }) => `${about} ${result}`)).toEqual([
      'settings passed',
      'signer-key notice',
      'public-url notice',
      'callback-path passed',
    ])
    expect(check.result).toBe('notice')
    expect((await read(body.id)).events.at(-1)).toMatchObject({
      type: 'checked',
      data: { result: 'notice' },
    })
  })

  it('read a file of API-Keys and store nothing of it', async () => {
    const { body } = await post('', wish())
    const file = Buffer.from(`ФИО;Ключ\nТестов;${apiKey}\nОбразцова;${other}\nX;y\n`).toString(
      'base64',
    )
    const { body: preview } = await muhr.api.call('/v1/connections/api-key-file', {
      method: 'POST',
      json: { file, connection: body.id },
    })
    expect(preview).toMatchObject({
      keys: [{ line: 3, apiKey: other, name: 'Образцова' }],
      refused: [
        { line: 2, reason: 'known' },
        { line: 4, reason: 'no-key' },
      ],
    })
    expect((await keysOf(body.id)).apiKeys).toHaveLength(1)
    const nothing = await post('/api-key-file', { file: Buffer.from('a;b').toString('base64') })
    expect(nothing.body.code).toBe('connection.file')
  })

  it('of another organisation are not there', async () => {
    const { connection } = await createOtherOrganisation(muhr)
    for (const answer of [
      await muhr.api.call<Body>(`/v1/connections/${connection}`),
      await patch(connection, { revision: 1, name: 'X' }),
      await post(`/${connection}/disable`),
      await post(`/${connection}/check`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'request.not-found' } })
    }
  })

  it('are unusable under a lost secret key, and are encrypted anew under a new one', async () => {
    const { body } = await post('', wish())
    const { app } = muhr.server
    const boxOf = (secretKey: string, oldSecretKeys: string[]) =>
      openSecretBox(
        {
          signerKeys: {
            ...app.config.signerKeys,
            secretKey: Buffer.from(secretKey, 'hex'),
            oldSecretKeys: oldSecretKeys.map((key) => Buffer.from(key, 'hex')),
          },
        },
        new Uint8Array(32),
      )
    const lost = { ...app, secrets: boxOf('22'.repeat(32), []) }
    expect(await loadConnection(lost, body.id)).toBeUndefined()
    expect(await resealConnections(lost)).toMatchObject({ resealed: 0 })
    const renewed = { ...app, secrets: boxOf('22'.repeat(32), ['11'.repeat(32)]) }
    expect((await resealConnections(renewed)).resealed).toBeGreaterThan(0)
    expect((await loadConnection(lost, body.id))?.organisationId).toBe(organisation)
    expect((await read(body.id)).faults).toMatchObject([{ code: 'connection.secret-unreadable' }])
    await resealConnections({ ...app, secrets: boxOf('11'.repeat(32), ['22'.repeat(32)]) })
  })
})
