import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import {
  addBrowserKey,
  addWorkbenchRows,
  codeOf,
  createOtherOrganisation,
  createRestClient,
  logIn,
  type OtherOrganisation,
  openEvents,
  type RestClient,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import { type Operation, operations } from './operations.fixture.ts'
import { scopes } from './roles.ts'
import { createLoginLink } from './sessions.ts'

describe('who may do what', () => {
  let muhr: TestInstallation
  let other: OtherOrganisation
  let own: string
  let envelope: EnvelopeBody
  let document: string
  let key: string
  let workbench: Readonly<Record<string, string>>

  beforeAll(async () => {
    muhr = await startTestInstallation()
    other = await createOtherOrganisation(muhr)
    own = (await muhr.api.call<{ organisation: { id: string } }>('/v1/session')).body.organisation
      .id
    document = (await muhr.api.upload(samplePdf())).body.id
    const { body } = await muhr.api.create(wishFor(muhr.ready, [document]))
    await muhr.phone.act(codeOf(body), { algorithm: 'rsa-2048' })
    envelope = await muhr.api.read(body.id)
    expect(envelope.state).toBe('completed')
    key = await addBrowserKey(muhr.api)
    workbench = await addWorkbenchRows(muhr, own)
  })
  afterAll(() => muhr?.stop())

  /** A path with the ids of the first organisation in it. */
  const filled = (path: string) => {
    const ids: Readonly<Record<string, string>> = {
      documents: document,
      envelopes: envelope.id,
      signings: envelope.signings[0]?.id ?? '',
      artifacts: envelope.signings[0]?.artifacts[0]?.sha256 ?? '',
      keys: key,
      ...workbench,
    }
    const [, , room = '', part = ''] = path.split('/')

    return path.replace(/\{\w+\}/, ids[room === 'workbench' ? part : room] ?? '')
  }

  const send = (client: RestClient, { call: [method, path], json, query = '' }: Operation) =>
    client.call(filled(path) + query, { method, ...(json === undefined ? {} : { json }) })

  it('is told of every operation that the description names, and of no other', async () => {
    const { body } = await muhr.api.call<{ paths: Record<string, Record<string, unknown>> }>(
      '/v1/openapi.json',
    )
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.toSorted()).toEqual(operations.map(({ call }) => call.join(' ')).toSorted())
  })

  describe('another organisation', () => {
    const byId = operations.filter(({ call }) => call[1].includes('{'))

    it.each(byId.map((operation) => [operation.call.join(' '), operation] as const))(
      'finds nothing of ours at %s',
      async (_, operation) => {
        const answers = [
          await send(await other.withKey(), operation),
          await send(await other.withRole('owner'), operation),
        ]
        for (const { status, body } of answers) {
          // A key can never accept, whatever it asks for: that is said before anything is looked up.
          const isRefusedAnyway =
            body.code === 'auth.forbidden' && operation.scope === 'signings:accept'
          expect(isRefusedAnyway || status === 404, JSON.stringify(body)).toBe(true)
          expect(JSON.stringify(body)).not.toMatch(/Үлгі|env_|doc_|sgn_/)
        }
        expect((await muhr.api.read(envelope.id)).version).toBe(envelope.version)
      },
    )

    it('lists, finds and streams nothing of ours', async () => {
      const client = await other.withKey()
      const list = await client.call<{ items: []; counts: object }>('/v1/envelopes?q=%D2%AE')
      expect(list.body).toEqual({ items: [], counts: { needsPerson: 0, open: 0, all: 0 } })
      const providers = await client.call<{ items: { connections: { id: string }[] }[] }>(
        '/v1/providers',
      )
      expect(providers.body.items[0]?.connections.map(({ id }) => id)).toEqual([other.connection])
      const viewer = await other.withRole('viewer')
      const session = await viewer.call<{ organisation: { id: string } }>('/v1/session')
      expect(session.body.organisation.id).toBe(other.id)

      const stream = await openEvents(`${muhr.server.url}/v1/envelopes/stream`, client.headers)
      const uploaded = await client.upload(samplePdf())
      await muhr.api.create(wishFor(muhr.ready, [document]))
      const mine = await client.create(wishFor(muhr.ready, [uploaded.body.id]))
      expect((await stream.next())?.data).toMatchObject({ id: mine.body.id })
      stream.close()
    })

    it('cannot send our documents or use our connections', async () => {
      const client = await other.withKey()
      const stolen = await client.create(wishFor(muhr.ready, [document]))
      expect(stolen.body).toMatchObject({ code: 'envelope.refused', field: 'documents[0].id' })
      const uploaded = await client.upload(samplePdf())
      const wish = wishFor(muhr.ready, [uploaded.body.id])
      const ours = await muhr.sql<{ id: string }>(
        'select id from connections where organisation_id = $1',
        [own],
      )
      const borrowed = await client.create({
        ...wish,
        recipients: wish.recipients.map((recipient) => ({
          ...recipient,
          methods: recipient.methods.map((method) => ({ ...method, connection: ours[0]?.id })),
        })),
      })
      expect(borrowed.body).toMatchObject({
        code: 'envelope.refused',
        field: 'recipients[0].methods[0].connection',
      })
    })
  })

  describe('without the right', () => {
    it.each(operations.map((operation) => [operation.call.join(' '), operation] as const))(
      '%s is refused to nobody, to an unknown key and to a key without its scope',
      async (_, operation) => {
        const nobody = createRestClient(muhr.server.url, {})
        const unknown = createRestClient(muhr.server.url, { authorization: 'Bearer muhr_x' })
        if (operation.isPublic) {
          expect((await send(nobody, operation)).status).not.toBe(401)

          return
        }
        const answer = await send(nobody, operation)
        expect(['auth.missing', 'request.origin']).toContain(answer.body.code)
        if (operation.call[1] === '/v1/session/logout') {
          return
        }
        expect((await send(unknown, operation)).body.code).toBe('auth.invalid')
        if (operation.scope !== undefined) {
          const others = scopes.filter((scope) => scope !== operation.scope)
          const { status, body } = await send(await other.withKey(others), operation)
          expect({ status, code: body.code }).toEqual({ status: 403, code: 'auth.forbidden' })
        }
      },
    )

    it('a role allows what it is for', async () => {
      const may = async (role: 'owner' | 'sender' | 'viewer' | 'auditor') => {
        const client = await logIn(muhr, { organisation: own, role })
        const allowed = async (path: string, init?: Parameters<RestClient['call']>[1]) =>
          (await client.call(path, init)).status !== 403

        return {
          read: await allowed(`/v1/envelopes/${envelope.id}`),
          write: await allowed('/v1/envelopes/preflight', { method: 'POST', json: {} }),
          evidence: await allowed(`/v1/envelopes/${envelope.id}/evidence`),
          accept: await allowed(`/v1/signings/${envelope.signings[0]?.id}/accept`, {
            method: 'POST',
            json: { reason: 'x' },
          }),
        }
      }
      expect(await may('owner')).toEqual({ read: true, write: true, evidence: true, accept: true })
      expect(await may('sender')).toEqual({
        read: true,
        write: true,
        evidence: true,
        accept: false,
      })
      expect(await may('viewer')).toEqual({
        read: true,
        write: false,
        evidence: false,
        accept: false,
      })
      expect(await may('auditor')).toEqual({
        read: true,
        write: false,
        evidence: true,
        accept: false,
      })
    })

    it('a revoked key is as good as none', async () => {
      const client = await other.withKey()
      expect((await client.call('/v1/session')).status).toBe(200)
      await muhr.sql('update api_keys set revoked_at = now() where organisation_id = $1', [
        other.id,
      ])
      // The process hears of it by NOTIFY, which takes a moment.
      await expect
        .poll(() => client.call('/v1/session'), { timeout: 2_000, interval: 5 })
        .toMatchObject({ status: 401, body: { code: 'auth.invalid' } })
    })
  })

  describe('a browser session', () => {
    const link = async (lifeMs = 60_000) => {
      const [user] = await muhr.sql<{ id: string }>(
        `select id from users where organisation_id = $1 and role = 'owner' order by id limit 1`,
        [own],
      )
      const { app } = muhr.server

      return createLoginLink(app.db, { userId: user?.id ?? '', now: app.now(), lifeMs })
    }
    const visit = (token: string) =>
      fetch(`${muhr.server.url}/login/${token}`, { redirect: 'manual' })

    it('is opened once by a link, with a cookie that scripts and other sites do not get', async () => {
      const token = await link()
      const first = await visit(token)
      expect(first.status).toBe(303)
      expect(first.headers.get('location')).toBe('/')
      const cookie = first.headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^muhr_session=[\w-]{32};/)
      expect(cookie).toMatch(/; HttpOnly/)
      expect(cookie).toMatch(/; SameSite=Lax/)
      expect(cookie).toMatch(/; Path=\//)
      expect(cookie).toMatch(/; Max-Age=43200/)
      expect(cookie).not.toMatch(/; Secure/)
      const second = await visit(token)
      expect(second.headers.get('location')).toBe('/login?reason=used')
      expect(second.headers.get('set-cookie')).toBeNull()
      expect((await visit('unknown')).headers.get('location')).toBe('/login?reason=used')
    })

    it('is not used up by who only looks whether the link is there', async () => {
      const token = await link()
      await fetch(`${muhr.server.url}/login/${token}`, { method: 'HEAD', redirect: 'manual' })
      expect((await visit(token)).headers.has('set-cookie')).toBe(true)
    })

    it('is opened by one of two visits at the same moment', async () => {
      const token = await link()
      const visits = await Promise.all([visit(token), visit(token), visit(token)])
      expect(visits.filter(({ headers }) => headers.has('set-cookie'))).toHaveLength(1)
    })

    it('is not opened by a link that has expired', async () => {
      const token = await link(-1)
      expect((await visit(token)).headers.get('location')).toBe('/login?reason=used')
    })

    it('reads from anywhere, but changes only from our own pages', async () => {
      const cookie =
        ((await visit(await link())).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      const change = (headers: Record<string, string>) =>
        createRestClient(muhr.server.url, { cookie, ...headers }).call('/v1/session', {
          method: 'PATCH',
          json: { locale: 'kk' },
        })
      expect((await createRestClient(muhr.server.url, { cookie }).call('/v1/session')).status).toBe(
        200,
      )
      const foreign = [
        {},
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: muhr.server.url.replace('http:', 'https:') },
        { origin: `${muhr.server.url}.evil.example` },
      ]
      for (const headers of foreign) {
        expect((await change(headers)).body.code).toBe('request.origin')
      }
      expect((await change({ origin: muhr.server.url })).status).toBe(200)
    })

    it('ends with its logout, and by its time', async () => {
      const client = await logIn(muhr, { organisation: own, role: 'viewer' })
      expect((await client.call('/v1/session')).status).toBe(200)
      const out = await client.call('/v1/session/logout', { method: 'POST' })
      expect(out.status).toBe(204)
      expect(out.headers.get('set-cookie')).toMatch(
        /^muhr_session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/,
      )
      expect((await client.call('/v1/session')).body.code).toBe('auth.invalid')

      const late = await logIn(muhr, { organisation: own, role: 'viewer' })
      await muhr.passTime(12 * 3_600_000 + 1)
      expect((await late.call('/v1/session')).body.code).toBe('auth.invalid')
    })

    it('is stored as a hash, as keys and links are', async () => {
      const token = await link()
      const cookie = (await visit(token)).headers.get('set-cookie') ?? ''
      const session = /muhr_session=([^;]+)/.exec(cookie)?.[1] ?? ''
      const rows = await muhr.sql(
        `select t::text as text from sessions t union all select t::text from login_links t
          union all select t::text from api_keys t`,
      )
      const dump = JSON.stringify(rows)
      for (const secret of [token, session, muhr.access.apiKey]) {
        expect(secret.length).toBeGreaterThan(20)
        expect(dump).not.toContain(secret)
      }
    })
  })

  describe('a request under another name', () => {
    it.each([
      'evil.example',
      'evil.example:80',
      '127.0.0.1',
      '127.0.0.1.evil.example',
      'localhost:1',
    ])('(Host: %s) reaches nothing, on any path', async (host) => {
      const paths = [
        '/',
        '/v1/session',
        '/healthz',
        '/s/x/api/view',
        '/cb/egov-mobile/x/mgovSign',
        '/login/x',
      ]
      for (const path of paths) {
        const status = await new Promise<number>((resolve, reject) => {
          httpRequest(
            { port: muhr.config.port, host: '127.0.0.1', path, headers: { host } },
            (response) => {
              response.resume()
              resolve(response.statusCode ?? 0)
            },
          )
            .on('error', reject)
            .end()
        })
        expect([400, 421]).toContain(status)
      }
    })

    it('reaches us by every name that is ours', async () => {
      for (const host of [`127.0.0.1:${muhr.config.port}`, `LOCALHOST:${muhr.config.port}`]) {
        const status = await new Promise<number>((resolve, reject) => {
          httpRequest(
            { port: muhr.config.port, host: '127.0.0.1', path: '/healthz', headers: { host } },
            (response) => {
              response.resume()
              resolve(response.statusCode ?? 0)
            },
          )
            .on('error', reject)
            .end()
        })
        expect(status).toBe(200)
      }
    })
  })

  describe('a live installation', () => {
    it('takes nothing that the sandbox handed out on the same data', async () => {
      const live = await muhr.startSecond({ mode: 'live' })
      expect(await live.api.call('/v1/session')).toMatchObject({
        status: 401,
        body: { code: 'auth.invalid' },
      })
      const token = muhr.access.loginUrl.split('/').at(-1) ?? ''
      const cookie = ((await visitAt(live.url, token)).headers.get('set-cookie') ?? '').split(
        ';',
      )[0]
      const session = createRestClient(live.url, { cookie: cookie ?? '', origin: live.url })
      expect((await session.call('/v1/session')).status).toBe(401)
    })

    it('makes no organisation, person, key, link or connection by itself', async () => {
      const live = await startTestInstallation({ mode: 'live' })
      try {
        for (const table of ['organisations', 'users', 'api_keys', 'login_links', 'connections']) {
          expect(await live.sql(`select count(*)::int as count from ${table}`)).toEqual([
            { count: 0 },
          ])
        }
      } finally {
        await live.stop()
      }
    })
  })
})

const visitAt = (url: string, token: string) =>
  fetch(`${url}/login/${token}`, { redirect: 'manual' })
