import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  codeOf,
  openEvents,
  recipientOf,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import type { EnvelopeBody, EnvelopeSummaryBody } from './schemas/envelope-schemas.ts'

type List = {
  readonly items: readonly EnvelopeSummaryBody[]
  readonly nextCursor?: string
  readonly counts: { readonly needsPerson: number; readonly open: number; readonly all: number }
}

describe('who reads', () => {
  let muhr: TestInstallation
  let envelopes: readonly EnvelopeBody[]

  beforeAll(async () => {
    muhr = await startTestInstallation()
    const made: EnvelopeBody[] = []
    for (let index = 0; index < 7; index += 1) {
      const { body } = await muhr.api.upload(samplePdf())
      const wish = {
        ...wishFor(muhr.ready, [body.id]),
        title: index === 3 ? '100% _шарт_' : `Шарт ${index}`,
        recipients: [recipientOf(muhr.ready, { account: index === 5 ? 'second' : 'person' })],
        send: index !== 6,
      }
      made.push((await muhr.api.create(wish)).body)
    }
    envelopes = made
    // The oldest needs a person, the second was signed.
    await muhr.phone.act(codeOf(made[0] as EnvelopeBody), {
      fault: 'other-bytes',
      algorithm: 'rsa-2048',
    })
    await muhr.phone.act(codeOf(made[1] as EnvelopeBody), { algorithm: 'rsa-2048' })
  })
  afterAll(() => muhr?.stop())

  const list = async (query: string): Promise<List> =>
    (await muhr.api.call<List>(`/v1/envelopes${query}`)).body
  const idOf = (index: number) => envelopes[index]?.id ?? ''
  const idsOf = ({ items }: List) => items.map(({ id }) => id)

  describe('the list', () => {
    it('sees first what needs a person, then the newest, each once over all pages', async () => {
      const seen: string[] = []
      let page = await list('?limit=2')
      expect(page.counts).toEqual({ needsPerson: 1, open: 5, all: 7 })
      for (;;) {
        expect(page.items.length).toBeLessThanOrEqual(2)
        seen.push(...idsOf(page))
        if (page.nextCursor === undefined) {
          break
        }
        page = await list(`?limit=2&cursor=${page.nextCursor}`)
      }
      expect(seen).toEqual([0, 6, 5, 4, 3, 2, 1].map(idOf))
      expect(idsOf(await list('?limit=7'))).toEqual(seen)
      expect((await list('?limit=7')).nextCursor).toBeUndefined()
    })

    it('a code that is renewed is no time limit of the list', async () => {
      const { items } = await list('?q=%D1%88%D0%B0%D1%80%D1%82%204')
      expect(items.map(({ windowEndsAt }) => windowEndsAt)).toEqual([undefined])
    })

    it('shows of each its people, its seal and what is wrong', async () => {
      const { items } = await list('')
      expect(items[0]).toMatchObject({
        documents: 1,
        signings: [{ state: 'received', provider: 'egov-mobile', attention: 'mismatch' }],
        display: { state: 'received', attention: 'mismatch' },
      })
      expect(items.at(-1)).toMatchObject({ display: { state: 'completed', attention: null } })
    })

    it.each([
      ['?state=attention', [0]],
      ['?state=completed', [1]],
      ['?state=draft', [6]],
      ['?state=nothing', []],
      ['?q=%D1%88%D0%B0%D1%80%D1%82%202', [2]],
      ['?q=100%25', [3]],
      ['?q=_', [3]],
      ['?q=%5C', []],
      ['?provider=egov-mobile&state=draft', [6]],
      ['?provider=goskey', []],
    ] as const)('is narrowed by %s', async (query, expected) => {
      expect(idsOf(await list(query))).toEqual(expected.map(idOf))
    })

    it('finds an envelope by its recipient, whatever the case of the letters', async () => {
      const name = recipientOf(muhr.ready, { account: 'second' }).name.toLowerCase()
      expect(idsOf(await list(`?q=${encodeURIComponent(name)}`))).toEqual([idOf(5)])
    })

    it.each(['?limit=0', '?limit=101', '?limit=x'])('refuses %s', async (query) => {
      expect(await muhr.api.call(`/v1/envelopes${query}`)).toMatchObject({
        status: 400,
        body: { code: 'request.invalid', field: 'limit' },
      })
    })

    it('takes a cursor that means nothing for the beginning', async () => {
      expect(idsOf(await list('?cursor=%27%3B--&limit=1'))).toEqual([idOf(0)])
    })
  })

  describe('a signature of a stranger', () => {
    const verify = (json: object) =>
      muhr.api.call<{
        indication: string
        subIndication?: string
        sandbox: boolean
        code: string
        field: string
      }>('/v1/verifications', { method: 'POST', json })
    const signed = async () => {
      const shown = await muhr.api.read(idOf(1))
      const container = await muhr.api.call<Buffer>(
        `/v1/artifacts/${shown.signings[0]?.artifacts[0]?.sha256}`,
      )
      const content = await muhr.api.call<Buffer>(`/v1/documents/${shown.documents[0]?.id}/content`)

      return { container: container.body, content: content.body }
    }

    it('is verified over its content, and by no policy but the sandbox’s passes', async () => {
      const { container, content } = await signed()
      const both = { container: container.toString('base64'), content: content.toString('base64') }
      expect((await verify(both)).body).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: true })
      for (const policy of ['kz-1187', 'kz-500', 'etsi-basic']) {
        expect((await verify({ ...both, policy })).body.indication).not.toBe('TOTAL-PASSED')
      }
      const other = Buffer.from(content)
      other[20] = (other[20] ?? 0) ^ 1
      expect((await verify({ ...both, content: other.toString('base64') })).body.indication).toBe(
        'TOTAL-FAILED',
      )
      expect((await verify({ container: both.container })).body.indication).not.toBe('TOTAL-PASSED')
    })

    it('may come as it is, for a signature that has its content in it', async () => {
      const { container } = await signed()
      const answer = await muhr.api.call<{ indication: string }>(
        '/v1/verifications?policy=sandbox',
        {
          method: 'POST',
          headers: { 'content-type': 'application/pkcs7-signature' },
          body: Buffer.from(container),
        },
      )
      expect(answer.status).toBe(200)
      expect(answer.body.indication).not.toBe('TOTAL-PASSED')
    })

    it('may be a whole evidence bundle, of which every part is checked', async () => {
      const evidence = await muhr.api.call<Buffer>(`/v1/envelopes/${idOf(1)}/evidence`)
      const check = (body: Buffer<ArrayBuffer>) =>
        muhr.api.call<{
          indication: string
          bundle: { checks: { name: string; result: string }[] }
        }>('/v1/verifications', {
          method: 'POST',
          headers: { 'content-type': 'application/zip' },
          body,
        })
      const whole = await check(Buffer.from(evidence.body))
      expect(whole.body.bundle.checks).toContainEqual({ name: 'files', result: 'passed' })
      const changed = Buffer.from(evidence.body)
      const at = changed.length >> 1
      changed[at] = (changed[at] ?? 0) ^ 1
      expect((await check(changed)).body.indication).toBe('TOTAL-FAILED')
    })

    it.each([
      [
        'what is no signature',
        { container: 'aGVsbG8=' },
        422,
        'container.not-a-signature',
        'container',
      ],
      [
        'a PDF, whose signatures are not checked yet',
        { container: 'JVBERi0xLjcKPDwvQnl0ZVJhbmdlIFswIDEgMiAzXT4+Cg==' },
        422,
        'container.unsupported-format',
        'container',
      ],
      ['what is no base64', { container: '###' }, 400, 'request.invalid', 'container'],
      [
        'an unknown policy',
        { container: 'aGVsbG8=', policy: 'mine' },
        400,
        'request.invalid',
        'policy',
      ],
      ['an unknown field', { container: 'aGVsbG8=', trust: 'me' }, 400, 'request.invalid', 'trust'],
    ] as const)('refuses %s', async (_, json, status, code, field) => {
      expect(await verify(json)).toMatchObject({ status, body: { code, field } })
    })

    it('waits its turn: no more than two are read at a time', async () => {
      const { container } = await signed()
      const json = { container: container.toString('base64'), content: 'A'.repeat(4_000_000) }
      const answers = await Promise.all(Array.from({ length: 12 }, () => verify(json)))
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThan(0)
      expect(refused[0]).toMatchObject({ body: { code: 'request.too-many' } })
      expect(refused[0]?.headers.get('retry-after')).toBe('2')
      expect(answers.some(({ status }) => status === 200)).toBe(true)
      // All places are free again.
      expect((await verify({ container: container.toString('base64') })).status).toBe(200)
    })
  })

  describe('a stream', () => {
    const streamOf = (url: string, id: string) =>
      openEvents(`${url}/v1/envelopes/${id}/stream`, muhr.api.headers)

    it('is no answer to who only asks for its head', async () => {
      const paths = ['/v1/envelopes/stream', `/v1/envelopes/${idOf(2)}/stream`]
      for (const path of paths) {
        expect((await muhr.api.call(path, { method: 'HEAD' })).status).toBe(404)
      }
    })

    it('tells what another process changed', async () => {
      const second = await muhr.startSecond()
      const stream = await streamOf(second.url, idOf(2))
      const first = await stream.next()
      expect(first?.data).toMatchObject({ state: 'sent' })
      await muhr.api.call(`/v1/envelopes/${idOf(2)}/void`, {
        method: 'POST',
        json: { reason: 'x' },
      })
      expect((await stream.next())?.data).toMatchObject({ state: 'voided' })
      stream.close()
    })

    it('ends when changes may have been missed, and goes on where its reader was', async () => {
      const stream = await streamOf(muhr.server.url, idOf(3))
      const first = await stream.next()
      await muhr.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query ilike 'listen muhr_%'`,
      )
      expect(await stream.next()).toBeUndefined()
      await muhr.api.call(`/v1/envelopes/${idOf(3)}/void`, {
        method: 'POST',
        json: { reason: 'x' },
      })
      const again = await openEvents(`${muhr.server.url}/v1/envelopes/${idOf(3)}/stream`, {
        ...muhr.api.headers,
        'last-event-id': first?.id ?? '',
      })
      expect((await again.next())?.data).toMatchObject({ state: 'voided' })
      again.close()
    })
  })

  const isBuilt = existsSync(join(import.meta.dirname, '../../../web/dist/sign.html'))

  describe.skipIf(!isBuilt)('the signer page', () => {
    it('is for its reader alone: not kept, not indexed, not told to the next site', async () => {
      const page = await fetch(envelopes[4]?.signings[0]?.signerUrl ?? '')
      expect(page.status).toBe(200)
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.headers.get('x-robots-tag')).toBe('noindex')
      expect(page.headers.get('referrer-policy')).toBe('no-referrer')
      expect(page.headers.get('content-security-policy')).toMatch(
        /default-src 'self'.*frame-ancestors 'none'/,
      )
      const html = await page.text()
      expect(html).toContain('Шарт 4')
      expect(html).toContain('data-mode="sandbox"')
      const unknown = await fetch(`${muhr.server.url}/s/${'x'.repeat(24)}`)
      expect(unknown.status).toBe(404)
      expect(await unknown.text()).not.toContain('muhr-view"')
    })
  })
})
