import { createPublicKey, verify } from 'node:crypto'
import { nationalIdentity, parseCertificate, parseSignedData } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPki } from '../pki/test-pki.ts'
import {
  api2Text,
  freshApi1,
  judge,
  makePhone,
  oneDocument,
  PDF,
  SECOND,
  service,
  signedOf,
  twoDocuments,
} from '../testing/phone-bench.ts'
import { documentSample } from '../testing/seed-samples.ts'
import { makeTestPki } from '../testing/test-pki.ts'
import type { AppVersion } from './app-version.ts'
import { PhoneError } from './error.ts'

let pki: TestPki
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ pki, remove } = await makeTestPki())
})
afterAll(() => remove())

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work

    return 'fulfilled'
  } catch (cause) {
    if (!(cause instanceof PhoneError)) throw cause

    return `${cause.code} ${cause.data.place}`
  }
}

describe('scanning', () => {
  it('shows who asks, until when, and the documents', async () => {
    const { phone } = await makePhone(pki, service())
    const view = await phone.scan(service().qr)
    expect(view.organisation).toEqual({
      names: { ru: 'АО "НИТ"', kz: '"ҰАТ" АҚ', en: 'NITEC' },
      bin: '000740000728',
    })
    expect(view.documents).toMatchObject([
      { id: '1', method: 'CMS_SIGN_ONLY', display: 'pdf', sizeBytes: PDF.length },
    ])
    expect(Buffer.from(view.documents[0]?.file() ?? [])).toEqual(PDF)
  })

  it('calls API #1, then API #2 with the bearer, and names its language on both', async () => {
    const strict = service({ expectLanguage: 'kk' })
    const { phone, calls } = await makePhone(pki, strict, { language: 'kk' })
    await phone.scan(strict.qr)
    await phone.sign()
    expect(strict.calls).toEqual([
      'GET /sessions/abc/mgovSign',
      'GET /sessions/abc/documents',
      'PUT /sessions/abc/documents',
    ])
    expect(calls.map(({ step, hasBearer, status }) => [step, hasBearer, status])).toEqual([
      ['api1', false, 200],
      ['api2', true, 200],
      ['put', true, 200],
    ])
  })

  it.each<[AppVersion, string | undefined, string | undefined]>([
    [{ platform: 'ios', version: '2.4.1' }, 'ru', 'чужой токен'],
    [{ platform: 'ios', version: '2.4.0' }, undefined, undefined],
    [{ platform: 'android', version: '1.6.77' }, 'ru', 'чужой токен'],
    [{ platform: 'android', version: '1.6.76' }, undefined, undefined],
  ])(
    'sends Accept-Language and shows messages as %o does',
    async (appVersion, language, message) => {
      const strict = service({ token: 'another' })
      const { phone, calls } = await makePhone(pki, strict, { appVersion })
      const refusal = await phone.scan(strict.qr).catch((cause: unknown) => cause)
      expect(refusal).toMatchObject({ code: 'http.status', data: { place: 'api2', status: 401 } })
      expect((refusal as PhoneError).data.serverMessage).toBe(message)
      expect(calls.map(({ acceptLanguage }) => acceptLanguage)).toEqual([language, language])
    },
  )

  it('sends no Authorization when auth_type is None', async () => {
    const strict = service({
      api1: (uri) => freshApi1(uri, { auth_type: 'None' }),
      token: undefined,
    })
    const { phone, calls } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    expect((await phone.sign()).kind).toBe('accepted')
    expect(calls.some(({ hasBearer }) => hasBearer)).toBe(false)
  })

  it('refuses what it may not call or cannot do, by code', async () => {
    const strict = service()
    const { phone } = await makePhone(pki, strict)
    const { phone: careful } = await makePhone(pki, strict, { allowedHosts: [] })
    expect(await codeOf(careful.scan(strict.qr))).toBe('host.not-allowed link')
    expect(await codeOf(phone.scan('mobileSign:http://gate.kz/mgovSign'))).toBe(
      'host.not-https link',
    )
    expect(await codeOf(phone.scan('mobileSign:https://gate.kz/other'))).toBe('http.status api1')
    const eds = service({ api1: (uri) => freshApi1(uri, { auth_type: 'Eds' }) })
    const { phone: third } = await makePhone(pki, eds)
    expect(await codeOf(third.scan(eds.qr))).toBe('method.not-simulated api1')
    expect(eds.calls).toHaveLength(1)
    const leading = {
      fetch: async () => new Response('', { status: 302, headers: { location: '/x' } }),
    }
    const { phone: fourth } = await makePhone(pki, leading)
    expect(await codeOf(fourth.scan(strict.qr))).toBe('http.redirect api1')
    const { phone: fifth } = await makePhone(pki, {
      fetch: async () => new Response(new Uint8Array(70_000)),
    })
    expect(await codeOf(fifth.scan(strict.qr))).toBe('http.too-large api1')
  })

  it('signs nothing before scanning, and nothing twice', async () => {
    const strict = service()
    const { phone } = await makePhone(pki, strict)
    expect(await codeOf(phone.sign())).toBe('phone.nothing-opened phone')
    await phone.scan(strict.qr)
    const first = phone.sign()
    expect(await codeOf(phone.sign())).toBe('phone.busy phone')
    expect((await first).kind).toBe('accepted')
    expect(await codeOf(phone.sign())).toBe('phone.already-done phone')
  })
})

describe('signing', () => {
  it.each(['kz-2015-512', 'rsa-2048'] as const)(
    'makes %s signatures of both CMS methods that the verifier passes',
    async (algorithm) => {
      for (const method of ['CMS_SIGN_ONLY', 'CMS_WITH_DATA']) {
        const strict = service({ api2: twoDocuments(method) })
        const { phone } = await makePhone(pki, strict, { algorithm })
        await phone.scan(strict.qr)
        expect(await phone.sign()).toMatchObject({
          kind: 'accepted',
          answers: [{ status: 200, message: 'success' }],
        })
        for (const [index, content] of [PDF, SECOND].entries()) {
          const container = signedOf(strict.puts[0]?.text ?? '')[index] ?? Buffer.alloc(0)
          const embedded = parseSignedData(container).content
          expect(embedded === undefined).toBe(method === 'CMS_SIGN_ONLY')
          const report = await judge(pki, container, content)
          expect(report).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: true })
          expect(report.signatures[0]?.signer).toMatchObject({ iin: '000140000012' })
          expect(report.signatures[0]?.timestamps).toMatchObject([{ valid: true }])
        }
      }
    },
  )

  it('sends the received text back with nothing but data changed', async () => {
    const api2 =
      '{ "version":1,"unknown":{"b":[1.50,null]}, "documentsToSign" : [ {"id": 12345678901234567890,' +
      '"nameKz":"\\u049a","nameRu":"Д","nameEn":"D","document":{"file":{"data":"eA==",\n"mime":"text/plain"}}' +
      ',"x":"\\u003C"}],\t"signMethod":"CMS_SIGN_ONLY"}\n'
    const strict = service({ api2 })
    const { phone } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    await phone.sign()
    const text = strict.puts[0]?.text ?? ''
    const container = /"data":"([^"]+)"/.exec(text)?.[1] ?? ''
    expect(text).toBe(api2.replace('eA==', container))
    expect((await judge(pki, Buffer.from(container, 'base64'), Buffer.from('x'))).indication).toBe(
      'TOTAL-PASSED',
    )
  })

  it('signs the UTF-8 of the data string in SIGN_BYTES_ARRAY and answers a string of JSON', async () => {
    const plain = { document: { file: { mime: 'text/plain', data: '123 мәтін' } } }
    const strict = service({ api2: api2Text('SIGN_BYTES_ARRAY', [documentSample(plain)]) })
    const { phone } = await makePhone(pki, strict, { algorithm: 'rsa-2048' })
    await phone.scan(strict.qr)
    await phone.sign()
    const value: unknown = JSON.parse(strict.puts[0]?.text ?? '').documentsToSign[0].document.file
      .data
    const { signature, certificate } = JSON.parse(String(value))
    const { spki, ...parsed } = parseCertificate(Buffer.from(certificate, 'base64'))
    expect(nationalIdentity({ spki, ...parsed }).iin).toBe('000140000012')
    const key = createPublicKey({ key: Buffer.from(spki.bytes), format: 'der', type: 'spki' })
    const isValid = (message: string): boolean =>
      verify('sha256', Buffer.from(message), key, Buffer.from(signature, 'base64'))
    expect(isValid('123 мәтін')).toBe(true)
    expect(isValid('123 мәтін ')).toBe(false)
  })

  it('opens XML but does not sign it', async () => {
    const { document: _document, ...rest } = documentSample()
    const strict = service({ api2: api2Text('XML', [{ ...rest, documentXml: '<a/>' }]) })
    const { phone } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    expect(await codeOf(phone.sign())).toBe('method.not-simulated phone')
    expect(strict.puts).toHaveLength(0)
  })

  it('stays open after 403 and may sign again', async () => {
    const strict = service({
      answer: (_put, count) =>
        Response.json({ message: 'қолтаңба' }, { status: count === 1 ? 403 : 200 }),
    })
    const { phone } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    expect(await phone.sign()).toMatchObject({
      kind: 'refused',
      answers: [{ message: 'қолтаңба' }],
    })
    expect(await phone.sign()).toMatchObject({ kind: 'accepted' })
  })

  it.each([
    ['{"message":"ok","backUrl":"https://gate.kz/back"}', 'ok', 'https://gate.kz/back'],
    ['{"backUrl":"javascript:alert(1)"}', undefined, undefined],
    ['success', 'success', undefined],
    ['"success"', 'success', undefined],
    ['<html>error</html>', undefined, undefined],
  ])('reads the answer %s', async (body, message, backUrl) => {
    const strict = service({ answer: () => new Response(body) })
    const { phone } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    expect((await phone.sign()).answers).toEqual([{ status: 200, message, backUrl }])
  })

  it('does not sign when the TSA is down, and sends nothing', async () => {
    const strict = service()
    const { phone } = await makePhone(pki, strict, {
      tsa: async () => {
        throw new PhoneError({
          code: 'tsa.unavailable',
          message: 'down',
          advice: '-',
          data: { place: 'phone' },
        })
      },
    })
    await phone.scan(strict.qr)
    expect(await codeOf(phone.sign())).toBe('tsa.unavailable phone')
    expect(strict.puts).toHaveLength(0)
  })
})

describe('declining', () => {
  it.each([
    ['with-status', ',"status":"CANCELED"}'],
    ['without-status', '}'],
  ] as const)('%s sends the unsigned original', async (mode, end) => {
    const api2 = oneDocument('CMS_WITH_DATA')
    const strict = service({ api2 })
    const { phone } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    expect((await phone.cancel(mode))?.kind).toBe('accepted')
    expect(strict.puts[0]?.text).toBe(api2.replace(/\}$/, end))
    expect(await codeOf(phone.sign())).toBe('phone.already-done phone')
  })

  it('silent sends nothing', async () => {
    const strict = service()
    const { phone } = await makePhone(pki, strict)
    await phone.scan(strict.qr)
    expect(await phone.cancel('silent')).toBeUndefined()
    expect(strict.puts).toHaveLength(0)
  })
})
