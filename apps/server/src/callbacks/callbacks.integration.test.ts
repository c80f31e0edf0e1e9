import { connect } from 'node:net'
import { refusals } from '@muhr/egov-mobile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import {
  api1Of,
  codeOf,
  type HeldPut,
  recipientOf,
  samplePdf,
  sendPut,
  signWithoutSending,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'

type Refusal = keyof typeof refusals

describe('a callback', () => {
  let muhr: TestInstallation

  beforeAll(async () => {
    muhr = await startTestInstallation()
  })
  afterAll(() => muhr?.stop())

  async function open(): Promise<{
    readonly id: string
    readonly code: string
    readonly sent: EnvelopeBody
  }> {
    const { body } = await muhr.api.upload(samplePdf())
    const created = await muhr.api.create(wishFor(muhr.ready, [body.id]))

    return { id: created.body.id, code: codeOf(created.body), sent: created.body }
  }

  /** The rest of a code's address: what stands before `mgovSign`. */
  const baseOf = (code: string) => api1Of(code).replace(/\/mgovSign$/, '')

  async function eventsOf(id: string) {
    const { body } = await muhr.api.call<{
      items: { type: string; data: Record<string, unknown> }[]
    }>(`/v1/envelopes/${id}/events`)

    return body.items
  }

  const rejectionsOf = async (id: string) =>
    (await eventsOf(id))
      .filter(({ type }) => type === 'request.rejected')
      .map(({ data }) => data['code'])

  const refusedCalls = () =>
    muhr.sql<{ provider: string; envelope_id: string | null; data: { reason: string } }>(
      `select provider, envelope_id, data from security_events where type = 'callback.refused' order by id`,
    )

  const expectRefusal = (
    answer: { readonly status: number; readonly message: string },
    code: Refusal,
    language: 'ru' | 'kk' | 'en' = 'ru',
  ) =>
    expect(answer).toMatchObject({
      status: refusals[code].status,
      message: refusals[code].text[language],
    })

  async function call(url: string, init: RequestInit = {}) {
    const response = await fetch(url, init)
    const text = await response.text()

    return {
      status: response.status,
      headers: response.headers,
      message: text.startsWith('{') ? (JSON.parse(text) as { message: string }).message : text,
    }
  }

  const changed = (put: HeldPut, change: (text: string) => string) =>
    Buffer.from(change(put.body.toString('utf8')))

  describe('of nobody', () => {
    it.each([
      ['ru', 'ru'],
      ['kk', 'kk'],
      ['en', 'en'],
      ['kk-KZ, ru;q=0.5', 'kk'],
      ['fr', 'ru'],
    ] as const)(
      'with an unknown token is 404 in the language of %s, and written down',
      async (accepted, language) => {
        const before = (await refusedCalls()).length
        const token = 'x'.repeat(24)
        const answer = await call(`${muhr.server.url}/cb/egov-mobile/${token}/mgovSign`, {
          headers: { 'accept-language': accepted },
        })
        expectRefusal(answer, 'unknown-session', language)
        expect(answer.headers.get('cache-control')).toBe('no-store')
        const written = (await refusedCalls()).slice(before)
        expect(written).toEqual([
          { provider: 'egov-mobile', envelope_id: null, data: { reason: 'unknown-request' } },
        ])
        expect(JSON.stringify(written)).not.toContain(token)
      },
    )

    it('for a service that is not installed is 404, and written down', async () => {
      const before = (await refusedCalls()).length
      const answer = await call(`${muhr.server.url}/cb/fax/${'y'.repeat(24)}/x`)
      expect(answer.status).toBe(404)
      expect((await refusedCalls()).slice(before)).toMatchObject([{ provider: 'unknown' }])
    })

    it('in a flood is written down a hundred times a minute, the rest counted', async () => {
      await muhr.passTime(61_000)
      const before = (await refusedCalls()).length
      for (let round = 0; round < 12; round += 1) {
        await Promise.all(
          Array.from({ length: 10 }, () =>
            call(`${muhr.server.url}/cb/egov-mobile/${crypto.randomUUID()}/mgovSign`),
          ),
        )
      }
      expect((await refusedCalls()).length - before).toBe(100)
      await muhr.passTime(61_000)
      await call(`${muhr.server.url}/cb/egov-mobile/${crypto.randomUUID()}/mgovSign`)
      expect((await refusedCalls()).at(-1)?.data).toEqual({
        reason: 'unknown-request',
        uncounted: 20,
      })
    })

    it('with the token of a real one at another route of it is 404', async () => {
      const { code } = await open()
      expect((await call(`${baseOf(code)}/nothing`)).status).toBe(404)
      expect((await call(`${baseOf(code)}/mgovSign/documents`)).status).toBe(404)
    })
  })

  describe('with the right address', () => {
    it('gives the documents to the bearer of the token alone', async () => {
      const { id, code } = await open()
      const api1 = (await (await fetch(api1Of(code))).json()) as {
        document: { uri: string; auth_type: string; auth_token: string }
      }
      expect(api1.document).toMatchObject({ auth_type: 'Token', uri: `${baseOf(code)}/documents` })
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: `Basic ${api1.document.auth_token}` },
      ]) {
        const answer = await call(api1.document.uri, { headers })
        expectRefusal(answer, 'unauthenticated')
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
      expect(await rejectionsOf(id)).toEqual([
        'unauthenticated',
        'unauthenticated',
        'unauthenticated',
      ])
      const right = await call(api1.document.uri, {
        headers: { authorization: `Bearer ${api1.document.auth_token}` },
      })
      expect(right.status).toBe(200)
      expect((await muhr.api.read(id)).signings[0]?.state).toBe('viewed')
    })

    it('by another verb is 405 and names the right ones', async () => {
      const { code } = await open()
      for (const method of ['POST', 'DELETE', 'PATCH']) {
        const answer = await call(`${baseOf(code)}/documents`, { method, body: '{}' })
        expectRefusal(answer, 'method-not-allowed')
        expect(answer.headers.get('allow')).toBe('GET, PUT')
      }
    })

    it.each([
      ['that is no JSON', () => '{"documentsToSign":[', 'malformed-body'],
      ['that is empty', () => '', 'malformed-body'],
      ['that is a list', () => '[]', 'malformed-body'],
      [
        'with a name twice',
        (text: string) => text.replace('{', '{"signMethod":"XML",'),
        'malformed-body',
      ],
      [
        'of another method',
        (text: string) => text.replace('CMS_SIGN_ONLY', 'XML'),
        'sign-method-changed',
      ],
      ['with another id', (text: string) => text.replace('"id":1', '"id":2'), 'documents-changed'],
      [
        'with an id in quotes',
        (text: string) => text.replace('"id":1', '"id":"1"'),
        'documents-changed',
      ],
      [
        'with no base64 for a signature',
        (text: string) => text.replace(/"data":"[^"]*"/, '"data":"###"'),
        'signature-unreadable',
      ],
      [
        'with garbage for a signature',
        (text: string) => text.replace(/"data":"[^"]*"/, '"data":"Z2FyYmFnZQ=="'),
        'signature-unreadable',
      ],
    ] as const)(
      'a body %s is refused by its code, and the link stays open',
      async (_, change, code) => {
        const { id, code: qr } = await open()
        const put = await signWithoutSending(muhr.ready, qr, { algorithm: 'rsa-2048' })
        const answer = await sendPut(put, {
          body: changed(put, change),
          headers: { 'accept-language': 'kk' },
        })
        expectRefusal(answer, code, 'kk')
        expect((await muhr.api.read(id)).state).toBe('sent')
        expectAccepted(await sendPut(put))
        expect((await muhr.api.read(id)).state).toBe('completed')
      },
    )

    it('a body over the limit is 413, whether its length is told or not', async () => {
      const { id, code } = await open()
      const put = await signWithoutSending(muhr.ready, code, { algorithm: 'rsa-2048' })
      const before = (await refusedCalls()).length
      const large = Buffer.alloc(51 * 1024 * 1024, 0x20)
      expectRefusal(await sendPut(put, { body: large }), 'too-large')
      const streamed = await call(put.url, {
        method: 'PUT',
        headers: put.headers,
        body: new Blob([large]).stream(),
        duplex: 'half',
      } as RequestInit)
      expectRefusal(streamed, 'too-large')
      expect((await refusedCalls()).slice(before)).toMatchObject([
        { envelope_id: id, data: { reason: 'too-large' } },
        { envelope_id: id, data: { reason: 'too-large' } },
      ])
      expectAccepted(await sendPut(put))
    })

    it('a body that breaks off leaves a trace and nothing else', async () => {
      const { id, code } = await open()
      const put = await signWithoutSending(muhr.ready, code, { algorithm: 'rsa-2048' })
      const before = (await refusedCalls()).length
      const socket = connect(muhr.config.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(
        [
          `PUT ${new URL(put.url).pathname} HTTP/1.1`,
          `host: ${new URL(put.url).host}`,
          `authorization: ${put.headers['authorization']}`,
          `content-length: ${put.body.length}`,
          '',
          '',
        ].join('\r\n'),
      )
      socket.write(put.body.subarray(0, 500), () => socket.destroy())
      await expect
        .poll(async () => (await refusedCalls()).slice(before))
        .toMatchObject([{ envelope_id: id, data: { reason: 'broken-body' } }])
      expect((await muhr.api.read(id)).signings[0]?.artifacts).toEqual([])
      expectAccepted(await sendPut(put))
    })
  })

  describe('that repeats itself', () => {
    it('byte for byte is answered as before; another one is a conflict', async () => {
      const { id, code } = await open()
      const first = await signWithoutSending(muhr.ready, code)
      const other = await signWithoutSending(muhr.ready, code)
      expect(other.body.equals(first.body)).toBe(false)
      expectAccepted(await sendPut(first))
      const done = await muhr.api.read(id)
      expectAccepted(await sendPut(first))
      expectRefusal(await sendPut(other), 'already-signed')
      expectAccepted(await sendPut(first))
      const after = await muhr.api.read(id)
      expect(after.signings[0]?.artifacts).toEqual(done.signings[0]?.artifacts)
      expect(after.signings[0]?.artifacts).toHaveLength(1)
    })

    it('at the same moment is taken once', async () => {
      const { id, code } = await open()
      const put = await signWithoutSending(muhr.ready, code)
      const answers = await Promise.all([sendPut(put), sendPut(put), sendPut(put)])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      const { state, signings } = await muhr.api.read(id)
      expect(state).toBe('completed')
      expect(signings[0]?.artifacts).toHaveLength(1)
      expect((await eventsOf(id)).filter(({ type }) => type === 'envelope.completed')).toHaveLength(
        1,
      )
    })

    it('at the same moment with two signatures is taken once, the other is a conflict or a late one', async () => {
      const { id, code } = await open()
      const [first, other] = [
        await signWithoutSending(muhr.ready, code),
        await signWithoutSending(muhr.ready, code),
      ]
      const answers = await Promise.all([sendPut(first), sendPut(other)])
      expect(answers.map(({ status }) => status)).toContain(200)
      const { state, signings } = await muhr.api.read(id)
      expect(state).toBe('completed')
      expect(
        signings[0]?.artifacts.filter(({ standing }) => standing === 'accepted').length,
      ).toBeGreaterThan(0)
      expect((await eventsOf(id)).filter(({ type }) => type === 'signing.signed')).toHaveLength(1)
    })
  })

  describe('too late', () => {
    it('an expired link is 410 by the clock, whether or not anybody has looked', async () => {
      const { id, code, sent } = await open()
      const put = await signWithoutSending(muhr.ready, code)
      await muhr.passTime(301_000)
      expectRefusal(await call(api1Of(code)), 'expired')
      expectRefusal(await sendPut(put), 'expired')
      await sweepOwed(muhr.server.app)
      await muhr.api.until(id, ({ signings }) => signings[0]?.requests[0]?.outcome === 'expired')
      expectRefusal(await call(api1Of(code)), 'expired')
      expectRefusal(await sendPut(put), 'expired')
      expect(await rejectionsOf(id)).toEqual(['expired', 'expired', 'expired', 'expired'])
      expect((await muhr.api.read(id)).signings[0]?.state).toBe('viewed')

      const renewed = await muhr.api.call<EnvelopeBody>(
        `/v1/signings/${sent.signings[0]?.id}/renew`,
        {
          method: 'POST',
        },
      )
      expect(renewed.status).toBe(200)
      const again = await muhr.api.until(
        id,
        ({ signings }) => signings[0]?.requests[1]?.state === 'open',
      )
      const fresh = again.signings[0]?.requests[1]?.presentation?.qr ?? ''
      expect(fresh).not.toBe(code)
      expectAccepted(await sendPut(await signWithoutSending(muhr.ready, fresh)))
      expect((await muhr.api.read(id)).state).toBe('completed')
    })

    it('a replaced link is 410 and says where to go on', async () => {
      const { id, code, sent } = await open()
      const put = await signWithoutSending(muhr.ready, code)
      await muhr.api.call(`/v1/signings/${sent.signings[0]?.id}/renew`, { method: 'POST' })
      expectRefusal(await call(api1Of(code)), 'replaced')
      expectRefusal(await sendPut(put), 'replaced')
      const again = await muhr.api.until(
        id,
        ({ signings }) => signings[0]?.requests[1]?.state === 'open',
      )
      expect(again.signings[0]?.requests[0]).toMatchObject({
        state: 'closed',
        outcome: 'superseded',
      })
      expect(again.signings[0]?.artifacts).toEqual([])
    })

    it('a link of a voided envelope is 410, and completes nothing', async () => {
      const { id, code } = await open()
      const put = await signWithoutSending(muhr.ready, code)
      const voided = await muhr.api.call<EnvelopeBody>(`/v1/envelopes/${id}/void`, {
        method: 'POST',
        json: { reason: 'қате баға' },
      })
      expect(voided.body).toMatchObject({ state: 'voided', reason: 'қате баға' })
      expectRefusal(await call(api1Of(code)), 'withdrawn')
      expectRefusal(await sendPut(put), 'withdrawn')
      expect((await muhr.api.read(id)).state).toBe('voided')
    })

    it('a link of somebody whose turn has not come does not exist yet', async () => {
      const { body } = await muhr.api.upload(samplePdf())
      const created = await muhr.api.create({
        ...wishFor(muhr.ready, [body.id]),
        recipients: [
          recipientOf(muhr.ready),
          recipientOf(muhr.ready, { account: 'second', orderGroup: 2 }),
        ],
      })
      expect(created.body.signings[1]?.requests).toEqual([])
    })
  })
})

function expectAccepted(answer: { readonly status: number; readonly message: string }): void {
  expect(answer).toMatchObject({ status: 200, message: 'success' })
}
