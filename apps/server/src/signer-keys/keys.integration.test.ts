import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createTrustStore, openKeyStore, parseCertificate, writePkcs12 } from '@muhr/pki'
import { describeSignerKey } from '@muhr/signer-key'
import {
  createOpensslPeer,
  createStandIn,
  createTestAuthority,
  hasGostEngine,
  type OpensslPeer,
  startStandInService,
  type TestAuthority,
  type TestCertificate,
  type TestOrganisationKey,
} from '@muhr/signer-key/testing'
import { packZip } from '@muhr/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import type { KeyBody } from '../http/schemas/key-schemas.ts'
import { readInstanceKey } from '../instance/instance-key.ts'
import { openSecretBox } from '../instance/secret-box.ts'
import {
  addBrowserKey,
  createOtherOrganisation,
  type ProblemBody,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'
import { createSignerKeys } from './create-signer-keys.ts'
import { loadChosenSignerKey, loadSignerKey } from './load-signer-key.ts'
import { resealSignerKeys } from './reseal-signer-keys.ts'
import type { KeyTrial } from './try-signer-key.ts'

const pin = 'Пин-12345678'
const secret = 'secret-of-the-signing-service'
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')
const content = new TextEncoder().encode('<SignRequest/>')

describe('signer keys over REST', () => {
  let muhr: TestInstallation
  let authority: TestAuthority
  let peer: OpensslPeer
  let csp: string
  let organisation: string
  beforeAll(async () => {
    peer = createOpensslPeer()
    csp = mkdtempSync(join(tmpdir(), 'muhr-csp-'))
    authority = await createTestAuthority()
    muhr = await startTestInstallation({
      env: {
        MUHR_SECRET_KEY: '11'.repeat(32),
        MUHR_CRYPTOPRO_DIR: csp,
        MUHR_PKCS11_TOOL: join(csp, 'pkcs11-tool'),
        MUHR_PKCS11_MODULES: '/usr/lib/librtpkcs11ecp.so',
      },
    })
    const { body } = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
    organisation = body.organisation.id
  })
  afterAll(async () => {
    await muhr?.stop()
    peer?.remove()
    rmSync(csp, { recursive: true, force: true })
  })

  const store = ({ pkcs8, certificate }: TestOrganisationKey): string =>
    base64(writePkcs12({ password: pin, entries: [{ key: pkcs8, certificates: [certificate] }] }))
  const post = <Body = KeyBody & ProblemBody>(path: string, json: object = {}, key?: string) =>
    muhr.api.call<Body>(path, {
      method: 'POST',
      json,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    })
  const addStore = async (wish: TestCertificate = {}) => {
    const own = await authority.issue(wish)
    const { body } = await post('/v1/keys', { kind: 'pkcs12', file: store(own), pin })

    return { own, id: body.id, body }
  }
  const load = (id: string) => loadSignerKey(muhr.server.app, organisation, id)
  const sealWith = async (id: string): Promise<Uint8Array> => {
    const { key } = await load(id)
    if (key.attendance === 'attended') {
      throw new TypeError('an unattended key was expected')
    }

    return key.signDetached(content, { signingTime: new Date() })
  }

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
    for (const canary of [pin, store(own).slice(0, 60), base64(own.pkcs8).slice(20, 60)]) {
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
    for (const canary of [pin, base64(own.pkcs8).slice(20, 60), store(own).slice(0, 40)]) {
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
      const file = store(await authority.issue())
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
      const file = store(await authority.issue(wish))
      expect(await refusal({ kind: 'pkcs12', file, pin })).toEqual(refused('certificate', why))
    })

    it('with the certificate of another key, or as another kind than they are', async () => {
      const [own, other] = [await authority.issue(), await authority.issue()]
      const file = base64(own.keyPem)
      expect(await refusal({ kind: 'pem', file, certificate: base64(other.certificate) })).toEqual(
        refused('certificate', 'signer-key.certificate-mismatch'),
      )
      expect(await refusal({ kind: 'pem', file: store(own), pin })).toEqual(
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
      const { status, body } = await post('/v1/keys', { kind: 'pkcs12', file: store(own), pin })
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
    const wish = { kind: 'pkcs12', file: store(own), pin }
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

  describe('whose authority answers', () => {
    const signerKeys = (status: 'good' | 'revoked', asked: Uint8Array[] = []) => {
      const { app } = muhr.server
      const anchors = [
        { certificate: parseCertificate(authority.certificate), origin: 'configured' as const },
      ]

      return createSignerKeys({
        ...app,
        trust: {
          ...app.trust,
          anchors: async () => createTrustStore(anchors),
          ocsp: (_, request) => {
            asked.push(request)

            return authority.answerOcsp(request, status)
          },
        },
      })
    }
    const wish = (key: string, open: () => AsyncIterable<Uint8Array>) => ({
      organisationId: organisation,
      key,
      purpose: 'package',
      items: ['a', 'b'].map((name) => ({ name, size: content.length, open })),
      signal: AbortSignal.timeout(60_000),
    })
    async function* pieces() {
      yield content
    }
    let named: { readonly organisationId: string; readonly connectionId: string }
    beforeAll(() => {
      named = { organisationId: organisation, connectionId: 'con_none' }
    })

    it('good: every item is sealed, and the authority asked once', async () => {
      const { id } = await addStore()
      const asked: Uint8Array[] = []
      const keys = signerKeys('good', asked)
      expect(await keys.find({ ...named, key: id })).toEqual({ id, attendance: 'unattended' })
      expect(await keys.sign(wish(id, pieces))).toHaveLength(2)
      expect(await keys.sign(wish(id, pieces))).toHaveLength(2)
      expect(asked).toHaveLength(1)
    })

    it('revoked: nothing is sealed, and no byte is read', async () => {
      const { id } = await addStore()
      const open = () => {
        throw new Error('it was read')
      }
      const untouched = async function* () {
        yield open()
      }
      await expect(signerKeys('revoked').sign(wish(id, untouched))).rejects.toMatchObject({
        code: 'signer-key.revoked',
      })
    })

    it('nothing of a key that is not there, was removed, or is a clerk’s', async () => {
      const keys = signerKeys('good')
      const { id } = await addStore()
      await muhr.api.call(`/v1/keys/${id}`, { method: 'DELETE' })
      for (const key of [id, 'sky_nobody']) {
        expect(await keys.find({ ...named, key })).toBeUndefined()
      }
      const browser = await addBrowserKey(muhr.api)
      expect(await keys.find({ ...named, key: browser })).toEqual({
        id: browser,
        attendance: 'attended',
      })
      await expect(keys.sign(wish(browser, pieces))).rejects.toMatchObject({
        code: 'key.attended',
      })
    })
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
    const again = await post('/v1/keys', { kind: 'pkcs12', file: store(own), pin })
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

  it('of the browser have nothing secret, and are tried without a signature', async () => {
    const { certificate } = await authority.issue()
    const { body } = await post('/v1/keys', {
      kind: 'browser-plugin',
      certificate: base64(certificate),
    })
    expect(body).toMatchObject({ attendance: 'attended', isSoftware: false })
    expect((await post<KeyTrial>(`/v1/keys/${body.id}/check`)).body).toMatchObject({
      passed: true,
      signed: false,
    })
    expect((await load(body.id)).key.attendance).toBe('attended')
  })

  it.skipIf(!hasGostEngine())('sign by CryptoPro CSP, found by the thumbprint alone', async () => {
    for (const tool of ['csptest', 'cryptcp'] as const) {
      const own = await authority.issue()
      const thumbprint = describeSignerKey('csp', own.certificate).sha1
      const { program } = createStandIn(tool, { peer, key: own, thumbprint, pin })
      symlinkSync(program, join(csp, tool))
      const wish = { kind: 'csp', tool, thumbprint: thumbprint.toUpperCase(), pin }
      expect((await post('/v1/keys', { ...wish, pin: 'wrong' })).body.fields).toMatchObject([
        { field: 'pin', code: 'signer-key.wrong-pin' },
      ])
      const { body } = await post('/v1/keys', wish)
      expect(body).toMatchObject({ kind: 'csp', sha1: thumbprint, isSoftware: false })
      const seal = await sealWith(body.id)
      expect(peer.accepts(seal, { content, authority: authority.certificate })).toBe(true)
    }
  })

  it.skipIf(!hasGostEngine())('sign by a token, whose certificate is read from it', async () => {
    const own = await authority.issue()
    const { program } = createStandIn('pkcs11-tool', { peer, key: own, thumbprint: '', pin })
    symlinkSync(program, join(csp, 'pkcs11-tool'))
    const module = '/usr/lib/librtpkcs11ecp.so'
    const { body } = await post('/v1/keys', { kind: 'pkcs11', module, keyId: '0a1b', pin })
    expect(body.certificate).toBe(base64(own.certificate))
    const seal = await sealWith(body.id)
    expect(peer.accepts(seal, { content, authority: authority.certificate })).toBe(true)
  })

  it('sign by a service of the organisation', async () => {
    const own = await authority.issue()
    const thumbprint = describeSignerKey('remote', own.certificate).sha1
    const service = await startStandInService({ key: own, thumbprint, secret })
    const wish = { kind: 'remote', url: service.url, thumbprint, secret }
    expect((await post('/v1/keys', { ...wish, secret: 'other' })).body.fields).toMatchObject([
      { field: 'secret', code: 'signer-key.service-denied' },
    ])
    const { body } = await post('/v1/keys', wish)
    expect((await post<KeyTrial>(`/v1/keys/${body.id}/check`)).body.passed).toBe(true)
    expect(JSON.stringify(await muhr.api.call(`/v1/keys/${body.id}`))).not.toContain(secret)
    await service.close()
    expect((await post<KeyTrial>(`/v1/keys/${body.id}/check`)).body).toMatchObject({
      passed: false,
      code: 'signer-key.service-unreachable',
    })
  })

  const fixture = resolve(
    process.env['MUHR_FIXTURES'] ?? join(import.meta.dirname, '../../../../../shared/fixtures'),
    'ru/cryptopro/pub-2012-256.000',
  )
  it.skipIf(!existsSync(fixture))(
    'out of a container that CryptoPro CSP made, as a zip',
    async () => {
      const files = readdirSync(fixture)
        .filter((name) => name.endsWith('.key'))
        .map((name) => ({ path: name, bytes: new Uint8Array(readFileSync(join(fixture, name))) }))
      const { keys } = await openKeyStore(new Map(files.map(({ path, bytes }) => [path, bytes])), {
        password: '123456',
      })
      const certificate = base64(await authority.certify(keys[0].signer.spki))
      const folder = files.map(({ path, bytes }) => ({ path: `name.000/${path}`, bytes }))
      const wish = { kind: 'cryptopro-container', file: base64(packZip(folder)), certificate }
      expect((await post('/v1/keys', { ...wish, pin: '000000' })).body.fields).toMatchObject([
        { field: 'pin', code: 'signer-key.wrong-pin' },
      ])
      const { body } = await post('/v1/keys', { ...wish, pin: '123456' })
      expect(body.kind).toBe('cryptopro-container')
      expect((await post<KeyTrial>(`/v1/keys/${body.id}/check`)).body.passed).toBe(true)
    },
  )

  describe('in the database by themselves', () => {
    const failure = async (text: string, id: string): Promise<string> =>
      muhr.sql(text, [id]).then(
        () => 'nothing',
        (error: { code?: string }) => error.code ?? String(error),
      )

    it.each([
      [
        'another certificate under its id',
        `update signer_keys set certificate = '\\x00' where id = $1`,
        'MU007',
      ],
      [
        'another host for its secret',
        `update signer_keys set settings = '{}' where id = $1`,
        'MU007',
      ],
      [
        'another organisation',
        `update signer_keys set organisation_id = 'org_x' where id = $1`,
        'MU007',
      ],
      [
        'no secret while it is in use',
        'update signer_keys set secret = null, secret_key_id = null where id = $1',
        '23514',
      ],
      ['its disappearance', 'delete from signer_keys where id = $1', 'MU001'],
      [
        'another history',
        'update signer_key_events set at = now() where signer_key_id = $1',
        'MU001',
      ],
      ['a shorter history', 'delete from signer_key_events where signer_key_id = $1', 'MU001'],
      [
        'a key that was removed and still has a secret',
        'update signer_keys set removed_at = now() where id = $1',
        '23514',
      ],
    ])('refuse %s', async (_, text, code) => {
      const { id } = await addStore()
      expect(await failure(text, id)).toBe(code)
    })

    it('refuse that a removed one comes back or is chosen', async () => {
      const { id } = await addStore()
      await muhr.api.call(`/v1/keys/${id}`, { method: 'DELETE' })
      expect(await failure('update signer_keys set removed_at = null where id = $1', id)).toBe(
        'MU002',
      )
      expect(
        await failure(
          `insert into signer_key_choices
            select c.id, c.organisation_id, k.id, now() from connections c
            join signer_keys k using (organisation_id) where k.id = $1 limit 1
            on conflict (connection_id) do update set signer_key_id = excluded.signer_key_id`,
          id,
        ),
      ).toBe('MU002')
    })
  })
})
