import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createTrustStore, openKeyStore, parseCertificate } from '@muhr/pki'
import { describeSignerKey } from '@muhr/signer-key'
import { createStandIn, hasGostEngine, startStandInService } from '@muhr/signer-key/testing'
import { packZip } from '@muhr/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addBrowserKey } from '../testing/index.ts'
import { createSignerKeys } from './create-signer-keys.ts'
import { base64, content, type KeyWorld, openKeyWorld, pin } from './key-world.fixture.ts'
import type { KeyTrial } from './try-signer-key.ts'

const secret = 'secret-of-the-signing-service'

/** The end of every certificate of the test authority. */
const until = '2049-01-01T00:00:00.000Z'

describe('signer keys of every way', () => {
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
      symlinkSync(program, join(world.programs, tool))
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
    symlinkSync(program, join(world.programs, 'pkcs11-tool'))
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
      expect(await keys.find({ ...named, key: id })).toEqual({
        id,
        attendance: 'unattended',
        until,
      })
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
        until,
      })
      await expect(keys.sign(wish(browser, pieces))).rejects.toMatchObject({
        code: 'key.attended',
      })
    })
  })

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
