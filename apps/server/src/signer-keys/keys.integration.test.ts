import { describeSignerKey } from '@muhr/signer-key'
import { hasGostEngine } from '@muhr/signer-key/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { readInstanceKey } from '../instance/instance-key.ts'
import { openSecretBox } from '../instance/secret-box.ts'
import { createOtherOrganisation } from '../testing/index.ts'
import { base64, content, type KeyWorld, openKeyWorld, pin, storeOf } from './key-world.fixture.ts'
import { loadChosenSignerKey, loadSignerKey } from './load-signer-key.ts'
import { resealSignerKeys } from './reseal-signer-keys.ts'
import type { KeyTrial } from './try-signer-key.ts'

const secret = 'secret-of-the-signing-service'

describe('signer keys over REST', () => {
  let world: KeyWorld
  let muhr: KeyWorld['muhr']
  let authority: KeyWorld['authority']
  let peer: KeyWorld['peer']
  let organisation: string
  beforeAll(async () => {
    world = await openKeyWorld()
    ;({ muhr, authority, peer, organisation } = world)
  })
  afterAll(() => world?.stop())

  const post: KeyWorld['post'] = (path, json, key) => world.post(path, json, key)
  const addStore: KeyWorld['addStore'] = (wish) => world.addStore(wish)
  const load: KeyWorld['load'] = (id) => world.load(id)
  const sealWith: KeyWorld['sealWith'] = (id) => world.sealWith(id)

  it('show everything of the certificate and nothing of the secret', async () => {
    const { own, id, body } = await addStore()
    const { sha1, sha256, subject } = describeSignerKey('pkcs12', own.certificate)
    expect(body).toMatchObject({
      name: 'ООО «TEST Пример»',
      kind: 'pkcs12',
      attendance: 'unattended',
      subject,
      sha1,
      sha256,
      certificate: base64(own.certificate),
      algorithm: { oid: '1.2.643.7.1.1.1.1', bits: 256 },
      signer: { organisation: 'ООО «TEST Пример»', ogrn: '1009900000000', snils: '00000000000' },
      hasOrganisationData: true,
      faults: [],
      isSoftware: true,
      acknowledged: null,
      connections: [],
    })
    const answers = [
      (await muhr.api.call(`/v1/keys/${id}`)).body,
      (await muhr.api.call('/v1/keys')).body,
      body,
    ]
    const told = JSON.stringify(answers)
    expect(told).toContain(id)
    for (const canary of [pin, storeOf(own).slice(0, 60), base64(own.pkcs8).slice(20, 60)]) {
      expect(told).not.toContain(canary)
    }
  })

  it('lie encrypted in the database', async () => {
    const { own, id } = await addStore()
    const [row] = await muhr.sql<{ secret: Buffer; whole: string }>(
      'select secret, to_jsonb(k)::text whole from signer_keys k where id = $1',
      [id],
    )
    const kept = `${row?.secret.toString('latin1')} ${row?.whole}`
    expect(row?.secret.length).toBeGreaterThan(500)
    for (const canary of [pin, base64(own.pkcs8).slice(20, 60), storeOf(own).slice(0, 40)]) {
      expect(kept).not.toContain(canary)
    }
  })

  it('seal, tried over REST and loaded by the server', async () => {
    const { id } = await addStore()
    const trial = await post<KeyTrial>(`/v1/keys/${id}/check`)
    expect(trial.body).toMatchObject({
      passed: true,
      signed: true,
      // Nobody here trusts this authority: told, and no fault of the key.
      verification: { policy: 'sandbox', indication: 'INDETERMINATE', revocation: 'unknown' },
    })
    const seal = await sealWith(id)
    if (hasGostEngine()) {
      expect(peer.accepts(seal, { content, authority: authority.certificate })).toBe(true)
    }
    const { body } = await muhr.api.call<{ events: { type: string; actor: object }[] }>(
      `/v1/keys/${id}`,
    )
    expect(body.events).toMatchObject([
      { type: 'added', actor: { kind: 'api-key' } },
      { type: 'checked', data: { passed: true, code: null } },
    ])
  })

  describe('are refused by name', () => {
    const refusal = async (json: object) => {
      const { status, body } = await post('/v1/keys', json)
      expect(JSON.stringify(body)).not.toContain(pin)

      return {
        status,
        code: body.code,
        field: body.fields?.[0]?.field,
        why: body.fields?.[0]?.code,
      }
    }
    const refused = (field: string, why: string) => ({
      status: 422,
      code: 'key.refused',
      field,
      why,
    })

    it('under a wrong PIN, and without one', async () => {
      const file = storeOf(await authority.issue())
      expect(await refusal({ kind: 'pkcs12', file, pin: 'wrong' })).toEqual(
        refused('pin', 'signer-key.wrong-pin'),
      )
      expect(await refusal({ kind: 'pkcs12', file })).toEqual(
        refused('pin', 'signer-key.needs-pin'),
      )
    })

    it.each([
      ['signer-key.no-organisation', { isOrganisation: false }],
      ['signer-key.expired', { notAfter: new Date('2025-01-01') }],
      ['signer-key.not-gost-2012', { kind: 'rsa-2048' }],
      ['signer-key.key-usage', { usages: ['keyAgreement'] }],
    ] as const)('%s', async (why, wish) => {
      const file = storeOf(await authority.issue(wish))
      expect(await refusal({ kind: 'pkcs12', file, pin })).toEqual(refused('certificate', why))
    })

    it('with the certificate of another key, or as another kind than they are', async () => {
      const [own, other] = [await authority.issue(), await authority.issue()]
      const file = base64(own.keyPem)
      expect(await refusal({ kind: 'pem', file, certificate: base64(other.certificate) })).toEqual(
        refused('certificate', 'signer-key.certificate-mismatch'),
      )
      expect(await refusal({ kind: 'pem', file: storeOf(own), pin })).toEqual(
        refused('file', 'signer-key.unreadable'),
      )
      expect(await refusal({ kind: 'cryptopro-container', file: base64('no zip') })).toEqual(
        refused('file', 'signer-key.unreadable'),
      )
    })

    it('when they name a library or a host that the operator did not list', async () => {
      const module = '/tmp/evil.so'
      expect(await refusal({ kind: 'pkcs11', module, keyId: '01' })).toEqual(
        refused('module', 'signer-key.bad-settings'),
      )
      const url = 'https://intranet.example.ru/sign'
      const thumbprint = '0'.repeat(40)
      expect(await refusal({ kind: 'remote', url, thumbprint, secret })).toEqual(
        refused('url', 'signer-key.service-address'),
      )
    })

    it('with unknown fields, so that nobody thinks that they count', async () => {
      const { status, body } = await post('/v1/keys', {
        kind: 'csp',
        tool: 'csptest',
        thumbprint: '0'.repeat(40),
        program: '/bin/sh',
      })
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'request.invalid' })
    })

    it('when the organisation has them already', async () => {
      const { own } = await addStore()
      const { status, body } = await post('/v1/keys', { kind: 'pkcs12', file: storeOf(own), pin })
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'key.duplicate' })
    })
  })

  it('may begin to be valid later: added, and told why they do not sign yet', async () => {
    const { id, body } = await addStore({ notBefore: new Date('2045-01-01') })
    expect(body.faults).toEqual(['signer-key.not-yet-valid'])
    expect((await post<KeyTrial>(`/v1/keys/${id}/check`)).body).toMatchObject({
      passed: false,
      code: 'signer-key.not-yet-valid',
      advice: expect.any(String),
    })
  })

  it('are added once for one Idempotency-Key', async () => {
    const own = await authority.issue()
    const wish = { kind: 'pkcs12', file: storeOf(own), pin }
    const first = await post('/v1/keys', wish, 'one')
    const again = await post('/v1/keys', wish, 'one')
    expect([again.status, again.body.id]).toEqual([201, first.body.id])
    expect((await post('/v1/keys', { ...wish, pin: 'other' }, 'one')).body.code).toBe(
      'idempotency.mismatch',
    )
  })

  it('are chosen for a connection of the organisation, one at a time', async () => {
    const [first, second] = [await addStore(), await addStore()]
    const [row] = await muhr.sql<{ id: string }>(
      'select id from connections where organisation_id = $1',
      [organisation],
    )
    const connection = row?.id ?? ''
    const chosen = async () =>
      (await loadChosenSignerKey(muhr.server.app, organisation, connection))?.id
    expect(await chosen()).toBeUndefined()
    const answer = await post(`/v1/keys/${first.id}/choose`, { connection })
    expect(answer.body.connections).toEqual([connection])
    expect(await chosen()).toBe(first.id)
    await post(`/v1/keys/${second.id}/choose`, { connection })
    expect(await chosen()).toBe(second.id)

    const other = await createOtherOrganisation(muhr)
    const foreign = await post(`/v1/keys/${first.id}/choose`, { connection: other.connection })
    expect(foreign).toMatchObject({ status: 422, body: { code: 'key.refused' } })
    await muhr.api.call(`/v1/keys/${second.id}`, { method: 'DELETE' })
    expect(await chosen()).toBeUndefined()
  })

  it('in files sign in live mode only after somebody took note of it', async () => {
    const { id } = await addStore()
    const { app } = muhr.server
    const live = { ...app, config: { ...app.config, mode: 'live' as const } }
    await expect(loadSignerKey(live, organisation, id)).rejects.toMatchObject({
      code: 'key.unacknowledged',
    })
    const { body } = await post(`/v1/keys/${id}/acknowledge`)
    expect(body.acknowledged).toMatchObject({ by: { kind: 'api-key' } })
    await post(`/v1/keys/${id}/acknowledge`)
    expect((await loadSignerKey(live, organisation, id)).id).toBe(id)
    const history = await muhr.api.call<{ events: { type: string }[] }>(`/v1/keys/${id}`)
    expect(history.body.events.map(({ type }) => type)).toEqual(['added', 'acknowledged'])
  })

  it('are not left chosen when they are removed at the same moment', async () => {
    const [row] = await muhr.sql<{ id: string }>(
      'select id from connections where organisation_id = $1',
      [organisation],
    )
    for (let round = 0; round < 5; round += 1) {
      const { id } = await addStore()
      await Promise.all([
        post(`/v1/keys/${id}/choose`, { connection: row?.id }),
        muhr.api.call(`/v1/keys/${id}`, { method: 'DELETE' }),
      ])
      const left = await muhr.sql('select 1 from signer_key_choices where signer_key_id = $1', [id])
      expect(left).toEqual([])
    }
  })

  it('are gone when they are removed, all but their history', async () => {
    const { own, id } = await addStore()
    expect((await muhr.api.call(`/v1/keys/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await muhr.api.call(`/v1/keys/${id}`, { method: 'DELETE' })).status).toBe(204)
    const [row] = await muhr.sql('select secret, secret_key_id from signer_keys where id = $1', [
      id,
    ])
    expect(row).toEqual({ secret: null, secret_key_id: null })
    expect((await post(`/v1/keys/${id}/check`)).body.code).toBe('key.removed')
    await expect(load(id)).rejects.toMatchObject({ code: 'key.removed' })
    const list = await muhr.api.call<{ items: { id: string }[] }>('/v1/keys')
    expect(list.body.items.map((each) => each.id)).not.toContain(id)
    const detail = await muhr.api.call<{ removedAt: string; events: object[] }>(`/v1/keys/${id}`)
    expect(detail.body).toMatchObject({
      removedAt: expect.any(String),
      events: [{ type: 'added' }, { type: 'removed' }],
    })
    const again = await post('/v1/keys', { kind: 'pkcs12', file: storeOf(own), pin })
    expect(again.status).toBe(201)
  })

  it('open after the secret key was changed, and not under a foreign one', async () => {
    const { own, id } = await addStore()
    const { app } = muhr.server
    const boxOf = async (env: Record<string, string>) =>
      openSecretBox(loadConfig(env), await readInstanceKey(app.config.dataDir))
    const foreign = await boxOf({ MUHR_SECRET_KEY: '33'.repeat(32) })
    await expect(
      loadSignerKey({ ...app, secrets: foreign }, organisation, id),
    ).rejects.toMatchObject({ code: 'key.secret-unreadable' })
    expect(await resealSignerKeys({ ...app, secrets: foreign })).toMatchObject({ resealed: 0 })

    const secrets = await boxOf({
      MUHR_SECRET_KEY: '22'.repeat(32),
      MUHR_SECRET_KEYS_OLD: '11'.repeat(32),
    })
    const { resealed, unreadable } = await resealSignerKeys({ ...app, secrets })
    expect(resealed).toBeGreaterThan(0)
    expect(unreadable).toBe(0)
    const alone = await boxOf({ MUHR_SECRET_KEY: '22'.repeat(32) })
    const loaded = await loadSignerKey({ ...app, secrets: alone }, organisation, id)
    expect(loaded.key.description.certificate).toEqual(own.certificate)
    await resealSignerKeys({
      ...app,
      secrets: await boxOf({
        MUHR_SECRET_KEY: '11'.repeat(32),
        MUHR_SECRET_KEYS_OLD: '22'.repeat(32),
      }),
    })
    expect((await load(id)).id).toBe(id)
  })
})
