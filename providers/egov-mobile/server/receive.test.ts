import type { RequestView } from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import type { EgovHandle } from './advance.ts'
import { call, statusOf } from './app-testing.ts'
import { typedProvider } from './provider.ts'
import { addresses, replyJson, stored } from './testing.ts'

describe('API #1 (…/mgovSign)', () => {
  const api1 = { route: 'mgovSign', headers: {} }

  test('gives what the domain knows, and reports that it was opened', async () => {
    const reception = await call({ http: api1 })

    expect(reception.observations).toEqual([{ kind: 'opened' }])
    expect(await replyJson(reception.reply(undefined))).toEqual({
      description: 'Подписание договора',
      expiry_date: '2026-11-22T08:05:00.000Z',
      organisation: {
        nameRu: 'ТОО «Мысал»',
        nameKz: '«Мысал» ЖШС',
        nameEn: 'Mysal LLP',
        bin: '000140000018',
      },
      document: {
        uri: `${addresses.callback}/documents`,
        auth_type: 'Token',
        auth_token: addresses.bearer,
      },
    })
  })

  test('keeps the auth type that the request was opened with', async () => {
    const reception = await call({
      http: api1,
      request: { handle: { auth: 'None', pdfMime: 'application/pdf' } },
      connection: { auth: 'Token' },
    })

    expect(await replyJson(reception.reply(undefined))).toMatchObject({
      document: { auth_type: 'None' },
    })
  })

  test.each<[string, Partial<RequestView<EgovHandle>>, number, string]>([
    ['never opened', { handle: undefined, window: undefined }, 404, ''],
    ['withdrawn', { closed: true, outcome: 'cancelled' }, 410, 'withdrawn'],
    ['replaced', { closed: true, outcome: 'superseded' }, 410, 'replaced'],
    ['declined', { closed: true, outcome: 'declined' }, 410, 'canceled'],
    ['signed', { closed: true, outcome: 'signed', accepted: true }, 409, 'already-signed'],
  ])('%s', async (_name, request, status, code) => {
    const reception = await call({ http: api1, request })

    expect(statusOf(reception)).toBe(status)
    expect(reception.observations).toEqual(
      code === '' ? [] : [{ kind: 'rejected', code, attention: undefined }],
    )
  })

  test('an expired one says so, before and after the core has closed it', async () => {
    const late = { http: api1, at: '2026-11-22T08:05:00.000Z' }
    const closed = { closed: true, outcome: 'expired' } as const

    for (const reception of [await call(late), await call({ ...late, request: closed })]) {
      expect(statusOf(reception)).toBe(410)
      expect(reception.observations).toMatchObject([{ kind: 'rejected', code: 'expired' }])
    }
  })
})

describe('API #2, GET (…/documents)', () => {
  test('numbers documents from 1 and keeps our ids to itself', async () => {
    const reception = await call({})
    const text = JSON.stringify(await replyJson(reception.reply(undefined)))

    expect(reception.observations).toEqual([{ kind: 'fetched' }])
    expect(JSON.parse(text)).toEqual({
      signMethod: 'CMS_SIGN_ONLY',
      version: 1,
      documentsToSign: [
        {
          id: 1,
          nameRu: 'Договор',
          nameKz: 'Шарт',
          nameEn: 'Договор',
          meta: [{ name: 'Дата создания', value: '2026-11-22' }],
          document: {
            file: {
              mime: 'application/pdf',
              data: Buffer.from(stored[0] ?? []).toString('base64'),
            },
          },
        },
        {
          id: 2,
          nameRu: 'file-1',
          nameKz: 'file-1',
          nameEn: 'file-1',
          document: {
            file: { mime: 'text/plain', data: Buffer.from(stored[1] ?? []).toString('base64') },
          },
        },
      ],
    })
    expect(text).not.toMatch(/doc_|cnt_|req_|000140000017/)
  })

  test('spells PDF as the request was opened with', async () => {
    const reception = await call({ request: { handle: { auth: 'Token', pdfMime: '@file/pdf' } } })

    expect(await replyJson(reception.reply(undefined))).toMatchObject({
      documentsToSign: [
        { document: { file: { mime: '@file/pdf' } } },
        { document: { file: { mime: 'text/plain' } } },
      ],
    })
  })

  test('trap 4: without the token gives nothing, and leaves an event', async () => {
    const reception = await call({ http: { headers: { authorization: 'Bearer wrong' } } })

    expect(statusOf(reception)).toBe(401)
    expect(reception.observations).toEqual([
      { kind: 'rejected', code: 'unauthenticated', attention: undefined },
    ])
  })

  test('an address that is none of the two is not found', async () => {
    for (const route of ['', 'mgovsign', 'documents/1', '../documents']) {
      expect(statusOf(await call({ http: { route } }))).toBe(404)
    }
  })
})

describe('a refusal by the core', () => {
  test.each([
    ['unknown-request', 404],
    ['expired', 410],
    ['too-large', 413],
    ['not-allowed', 405],
  ] as const)('%s is %i in the app’s own form', async (reason, status) => {
    const http = {
      method: 'GET',
      route: 'mgovSign',
      query: '',
      headers: { 'accept-language': 'kk' },
      body: new Uint8Array(),
    }
    const reply = typedProvider.refuse?.({ reason, http })
    const inEnglish = typedProvider.refuse?.({ reason, http, locale: 'en' })
    if (reply === undefined || inEnglish === undefined) throw new Error('the adapter refuses')

    expect(reply.status).toBe(status)
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(await replyJson(reply)).not.toEqual(await replyJson(inEnglish))
  })
})
