import { describe, expect, test } from 'vitest'
import type { Session } from '../session/session.ts'
import { replyJson, replyText, testNow, testSession, withToken } from '../testing.ts'
import { fileOf, outcome, put, read, signedJson } from './phone-testing.ts'
import { defaultBodyLimitBytes, putBodyLimitBytes } from './put-body-limit.ts'
import { readPut } from './read-put.ts'

describe('repeats and time', () => {
  const { expiresAt } = testSession()
  const after = new Date(expiresAt.getTime() + 60_000)

  async function accepted(text: string): Promise<Session> {
    const reading = await read(text)
    if (reading.kind !== 'signed') throw new Error('the PUT is good')

    return testSession({ closed: { kind: 'accepted', submissions: [reading.submission] } })
  }

  test('byte for byte the accepted PUT is 200 again', async () => {
    const text = await signedJson(testSession())
    const reading = await readPut(await accepted(text), put(text), { now: testNow })

    expect(await outcome(reading)).toEqual({ kind: 'repeated', status: 200 })
    if (reading.kind !== 'repeated') throw new Error('a repeat')
    expect(await replyText(reading.reply)).toBe('{"message":"success"}')
  })

  test('also after the expiry', async () => {
    const text = await signedJson(testSession())
    const reading = await readPut(await accepted(text), put(text), { now: after })

    expect(await outcome(reading)).toEqual({ kind: 'repeated', status: 200 })
  })

  test('another one is 409, a single space is another one', async () => {
    const text = await signedJson(testSession())
    const session = await accepted(text)

    for (const other of [`${text} `, text.replace('"version":1', '"version":2'), '{']) {
      expect(await outcome(await readPut(session, put(other), { now: testNow }))).toEqual({
        status: 409,
        refusal: 'already-signed',
      })
    }
  })

  test('the first one after expiry is 410, at the very moment and without reading its body', async () => {
    const text = await signedJson(testSession())
    let isRead = false
    async function* body() {
      isRead = true
      yield new TextEncoder().encode(text)
    }

    for (const now of [expiresAt, after]) {
      const request = { method: 'PUT', headers: withToken, body: body() }

      expect(await outcome(await readPut(testSession(), request, { now }))).toEqual({
        status: 410,
        refusal: 'expired',
      })
    }
    expect(isRead).toBe(false)

    const justBefore = new Date(expiresAt.getTime() - 1)
    expect(await readPut(testSession(), put(text), { now: justBefore })).toMatchObject({
      kind: 'signed',
    })
  })

  test('one that waits for its judgement is read again after the end, and no other', async () => {
    const text = await signedJson(testSession())
    const first = await read(text)
    if (first.kind !== 'signed') throw new Error('the PUT is good')
    const waiting = { received: [first.submission] }

    for (const [session, now] of [
      [testSession(waiting), after],
      [testSession({ ...waiting, closed: { kind: 'withdrawn' } }), testNow],
    ] as const) {
      expect(await readPut(session, put(text), { now })).toMatchObject({
        kind: 'signed',
        submission: first.submission,
      })
      expect(await readPut(session, put(`${text} `), { now })).toMatchObject({
        kind: 'refused',
        reply: { status: 410 },
      })
    }
  })

  test('a cancellation repeats too, and a signature after it is 410', async () => {
    const cancel = '{"status":"CANCELED"}'
    const first = await read(cancel)
    if (first.kind !== 'canceled') throw new Error('a cancellation')
    const session = testSession({ closed: { kind: 'canceled' } })

    for (const again of [cancel, `${cancel} `]) {
      expect(await outcome(await read(again, session))).toEqual({ kind: 'repeated', status: 200 })
    }
    expect(await outcome(await read(await signedJson(testSession()), session))).toEqual({
      status: 410,
      refusal: 'canceled',
    })
  })

  test.each([
    ['replaced', 410, 'replaced'],
    ['withdrawn', 410, 'withdrawn'],
  ] as const)('closed as %s: %i', async (kind, status, refusal) => {
    const session = testSession({ closed: { kind } })

    expect(await outcome(await read(await signedJson(testSession()), session))).toEqual({
      status,
      refusal,
    })
  })
})

describe('access and size', () => {
  test('trap 4: the token is checked on PUT as well', async () => {
    const text = await signedJson(testSession())

    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      expect(
        await outcome(await readPut(testSession(), put(text, headers), { now: testNow })),
      ).toEqual({ status: 401, refusal: 'unauthenticated' })
    }
  })

  test('a repeat without the token is 401, not 200', async () => {
    const text = await signedJson(testSession())
    const first = await read(text)
    if (first.kind !== 'signed') throw new Error('the PUT is good')
    const session = testSession({ closed: { kind: 'accepted', submissions: [first.submission] } })

    expect(await outcome(await readPut(session, put(text, {}), { now: testNow }))).toEqual({
      status: 401,
      refusal: 'unauthenticated',
    })
  })

  test('None asks for nothing', async () => {
    const session = testSession({ auth: { type: 'None' } })
    const reading = await readPut(session, put(await signedJson(testSession()), {}), {
      now: testNow,
    })

    expect(reading).toMatchObject({ kind: 'signed' })
  })

  test('over the limit is 413: announced, in one piece, and in many', async () => {
    const session = testSession()
    const limit = putBodyLimitBytes(session, 0)
    const options = { now: testNow, bodyLimitBytes: 0 }
    let taken = 0
    async function* endless() {
      for (;;) {
        taken += 65_536
        yield new Uint8Array(65_536)
      }
    }

    for (const request of [
      { method: 'PUT', headers: { ...withToken, 'content-length': String(limit + 1) } },
      { method: 'PUT', headers: withToken, body: new Uint8Array(limit + 1) },
      { method: 'PUT', headers: withToken, body: endless() },
    ]) {
      expect(await outcome(await readPut(session, request, options))).toEqual({
        status: 413,
        refusal: 'too-large',
      })
    }
    expect(taken).toBeLessThanOrEqual(limit + 65_536)
  })

  test('the limit follows the documents when they need more', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')
    const documents = [{ ...first, sizeBytes: 100_000_000 }]

    expect(putBodyLimitBytes(testSession())).toBe(defaultBodyLimitBytes)
    expect(putBodyLimitBytes({ documents })).toBeGreaterThan((100_000_000 * 4) / 3)
    expect(putBodyLimitBytes({ documents })).toBeLessThan(200_000_000)
  })

  test.each(['POST', 'GET', 'PATCH'])('%s does not put', async (method) => {
    const request = { ...put(await signedJson(testSession())), method }
    const reading = await readPut(testSession(), request, { now: testNow })

    expect(reading).toMatchObject({ refusal: 'method-not-allowed', reply: { status: 405 } })
  })

  test('refusals speak the language of the app', async () => {
    for (const [language, word] of [
      ['kk', 'Қолтаңба'],
      ['en', 'signature'],
      ['ru', 'Подпись'],
    ] as const) {
      const text = await signedJson(testSession(), (json) => {
        fileOf(json, 0).data = '!'
      })
      const headers = { ...withToken, 'accept-language': language }
      const reading = await readPut(testSession(), put(text, headers), { now: testNow })
      if (reading.kind !== 'refused') throw new Error('a refusal')

      expect(await replyJson(reading.reply)).toEqual({ message: expect.stringContaining(word) })
    }
  })
})
