import { describe, expect, test } from 'vitest'
import { EgovMobileError } from '../error.ts'
import {
  annexBytes,
  contractBytes,
  replyJson,
  replyText,
  testNow,
  testSession,
  withToken,
} from '../testing.ts'
import { handleApi2Get } from './handle-api2-get.ts'
import { streamApi2Body } from './stream-api2-body.ts'

const get = { method: 'GET', headers: withToken } as const
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

describe('API #2, GET', () => {
  test('trap 14: the JSON of the seed, field for field and in its order', async () => {
    const { reply } = handleApi2Get(testSession(), get, testNow)

    expect(reply.status).toBe(200)
    expect(await replyText(reply)).toBe(
      `{"signMethod":"CMS_SIGN_ONLY","version":1,"documentsToSign":[{"id":1,"nameRu":"Договор","nameKz":"Шарт","nameEn":"Contract","meta":[{"name":"Дата создания","value":"2026-11-22"}],"document":{"file":{"mime":"application/pdf","data":"${base64(contractBytes)}"}}},{"id":2,"nameRu":"Приложение","nameKz":"Қосымша","nameEn":"Annex","document":{"file":{"mime":"text/plain","data":"${base64(annexBytes)}"}}}]}`,
    )
  })

  test('trap 2: ids are numbers, `meta` has `name`, `mime` stands under `file`', async () => {
    const { reply } = handleApi2Get(testSession({ signMethod: 'CMS_WITH_DATA' }), get, testNow)

    expect(await replyJson(reply)).toMatchObject({
      signMethod: 'CMS_WITH_DATA',
      version: 1,
      documentsToSign: [
        {
          id: 1,
          meta: [{ name: 'Дата создания' }],
          document: { file: { mime: 'application/pdf' } },
        },
        { id: 2, document: { file: { mime: 'text/plain' } } },
      ],
    })
  })

  test('announces the length it will send', async () => {
    const { reply } = handleApi2Get(testSession(), get, testNow)
    const text = await replyText(reply)

    expect(reply.headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(new TextEncoder().encode(text).length),
      'cache-control': 'no-store',
    })
  })

  test('names that need escaping and data in pieces arrive as they are', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')
    async function* pieces() {
      for (const byte of contractBytes) yield Uint8Array.of(byte)
    }
    const document = {
      ...first,
      names: { nameRu: 'A "б" \\ \n', nameKz: '"}}}', nameEn: '\u2028' },
      data: () => Promise.resolve(pieces()),
    }
    const { reply } = handleApi2Get(testSession({ documents: [document] }), get, testNow)

    expect(await replyJson(reply)).toMatchObject({
      documentsToSign: [{ ...document.names, document: { file: { data: base64(contractBytes) } } }],
    })
  })

  test('breaks off rather than show a document of another size', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')

    for (const data of [contractBytes.subarray(1), Buffer.concat([contractBytes, annexBytes])]) {
      const { body } = streamApi2Body(testSession({ documents: [{ ...first, data: () => data }] }))
      const reading = replyText({ status: 200, headers: {}, body })

      await expect(reading).rejects.toThrow(EgovMobileError)
      await expect(reading).rejects.toMatchObject({
        code: 'egov-mobile.document-size-mismatch',
        data: { documentId: 1, declaredBytes: contractBytes.length },
      })
    }
  })

  test('reads one document at a time', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')
    let open = 0
    let mostOpen = 0
    async function* counted() {
      open += 1
      mostOpen = Math.max(mostOpen, open)
      yield contractBytes
      open -= 1
    }
    const documents = [1, 2, 3, 4].map((id) => ({ ...first, id, data: counted }))

    await replyText(handleApi2Get(testSession({ documents }), get, testNow).reply)

    expect(mostOpen).toBe(1)
  })

  test('trap 4: wants the token', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const { reply, refusal } = handleApi2Get(testSession(), { method: 'GET', headers }, testNow)

      expect(refusal).toBe('unauthenticated')
      expect(reply.status).toBe(401)
      expect(await replyText(reply)).not.toContain('documentsToSign')
    }
  })

  test('tells a stranger nothing of the state', () => {
    const request = { method: 'GET', headers: {} }
    const closed = testSession({ closed: { kind: 'accepted', submissions: ['aa'] } })

    expect(handleApi2Get(closed, request, testNow).refusal).toBe('unauthenticated')
    expect(handleApi2Get(testSession(), request, testSession().expiresAt).refusal).toBe(
      'unauthenticated',
    )
  })

  test('None asks for nothing', () => {
    const session = testSession({ auth: { type: 'None' } })

    expect(handleApi2Get(session, { method: 'GET', headers: {} }, testNow).reply.status).toBe(200)
  })

  test('expired is 410, signed is 409', () => {
    expect(handleApi2Get(testSession(), get, testSession().expiresAt).reply.status).toBe(410)
    expect(
      handleApi2Get(
        testSession({ closed: { kind: 'accepted', submissions: ['aa'] } }),
        get,
        testNow,
      ).reply.status,
    ).toBe(409)
  })

  test('trap 3: POST belongs to Eds and is refused with the verbs that are served', () => {
    const { reply } = handleApi2Get(testSession(), { method: 'POST', headers: withToken }, testNow)

    expect(reply.status).toBe(405)
    expect(reply.headers['allow']).toBe('GET, PUT')
  })
})
