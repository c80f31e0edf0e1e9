import { describe, expect, it } from 'vitest'
import { caught, caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import { testKey, testSignme, testSuffix, testUuid } from '../testing/test-signme.ts'

const reason = 'Договор заменён: 50% + НДС & «прочее»'

describe('1.5: a request is taken back', () => {
  it('1.5: POST /signapi/reject/ with rid, key and reason as form fields', async () => {
    const server = await serve(() => ({
      status: 200,
      body: { result: '0', date: '2026-03-02 12:00:00', reason },
    }))
    expect(await testSignme(server.url).reject(testSuffix, { reason })).toEqual({
      wasRejectedBefore: false,
      date: '2026-03-02 12:00:00',
      reason,
    })
    const [request] = server.arrived
    expect(request).toMatchObject({ method: 'POST', url: '/signapi/reject/' })
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.fromEntries(new URLSearchParams(request?.body.toString('latin1')))).toEqual({
      rid: '320186',
      key: testKey,
      reason,
    })
  })

  it('1.5: already_rejected is a success, with its date and reason', async () => {
    const body = { result: 'already_rejected', date: '01.03.2026', reason: 'раньше' }
    const server = await serve(() => ({ status: 200, body }))
    expect(await testSignme(server.url).reject(testSuffix, { reason })).toEqual({
      wasRejectedBefore: true,
      date: '01.03.2026',
      reason: 'раньше',
    })
  })

  it('1.5: result 0 is read as a string and as a number', async () => {
    for (const body of ['{"result":"0"}', '{"result":0}']) {
      const server = await serve(() => ({ status: 200, body }))
      expect((await testSignme(server.url).reject(testSuffix, { reason })).wasRejectedBefore).toBe(
        false,
      )
    }
  })

  it('T18: an answer that is lost is told as such, with what settles it', async () => {
    const server = await serve((_, { request }) => {
      request.socket.destroy()

      return undefined
    })
    const error = await caughtAs(
      'signme.outcome-unknown',
      testSignme(server.url).reject(testSuffix, { reason }),
    )
    expect(error.data).toMatchObject({ operation: 'reject', retry: 'ambiguous' })
    expect(error.advice).toContain('status')
  })

  it('a reason is asked for', async () => {
    const signme = testSignme('http://127.0.0.1:1')
    for (const text of ['', '  ', 'x'.repeat(1001)]) {
      const error = await caught(signme.reject(testSuffix, { reason: text }))
      expect(error.data).toMatchObject({ field: 'reason' })
    }
  })
})

describe('2.3: a request of several files is taken back', () => {
  it('2.3: POST /signapi/multireject/ and the UUID, with key and reason', async () => {
    const server = await serve(() => ({ status: 200, body: { result: '0' } }))
    await testSignme(server.url).rejectGroup(testUuid, { reason })
    expect(server.arrived[0]).toMatchObject({
      method: 'POST',
      url: `/signapi/multireject/${testUuid}`,
    })
    const body = new URLSearchParams(server.arrived[0]?.body.toString('latin1'))
    expect(Object.fromEntries(body)).toEqual({ key: testKey, reason })
  })

  it('T4: lastdate and lastreason stand for date and reason', async () => {
    const body = { result: 'already_rejected', lastdate: '01.03.2026', lastreason: 'раньше' }
    const server = await serve(() => ({ status: 200, body }))
    expect(await testSignme(server.url).rejectGroup(testUuid, { reason })).toEqual({
      wasRejectedBefore: true,
      date: '01.03.2026',
      reason: 'раньше',
    })
  })
})
