import { describe, expect, it } from 'vitest'
import { caught, caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import { testSignme, testSuffix, testUuid } from '../testing/test-signme.ts'

const answering = (body: unknown) => serve(() => ({ status: 200, body }))

describe('1.4: the status of a request', () => {
  it('1.4: GET /signapi/check/ and the suffix, without a key', async () => {
    const server = await answering({ status: '0' })
    await testSignme(server.url).status(testSuffix)
    expect(server.arrived).toHaveLength(1)
    expect(server.arrived[0]).toMatchObject({
      method: 'GET',
      url: `/signapi/check/${testSuffix}`,
    })
  })

  it('T9: the slash of the suffix is not encoded, and its first half is the id', async () => {
    const server = await answering({ status: '1', result: '0' })
    await testSignme(server.url).status(`/${testSuffix}`)
    expect(server.arrived[0]?.url).toContain('/320186/df79')
    expect(server.arrived[0]?.url).not.toContain('%2F')
    await testSignme(server.url).reject(testSuffix, { reason: 'a' })
    expect(new URLSearchParams(server.arrived[1]?.body.toString()).get('rid')).toBe('320186')
  })

  const statuses = [
    { cites: '1.4: status 0, not signed', status: 0, state: 'not-signed', isFinal: false },
    { cites: '1.4: status 1, signed', status: 1, state: 'signed', isFinal: true },
    { cites: '1.4: status 2, rejected', status: 2, state: 'rejected', isFinal: true },
    { cites: '1.4: status 3, file deleted', status: 3, state: 'deleted', isFinal: true },
  ]

  it.each(statuses)('$cites', async ({ status, state, isFinal }) => {
    for (const spelled of [String(status), status, ` ${status} `]) {
      const server = await answering({ status: spelled })
      expect(await testSignme(server.url).status(testSuffix)).toEqual({
        status,
        state,
        isFinal,
        comment: undefined,
      })
    }
  })

  it('1.4: comment is the reason of a rejection', async () => {
    const server = await answering('{"status":"2","comment":"не согласен"}')
    expect(await testSignme(server.url).status(testSuffix)).toMatchObject({
      state: 'rejected',
      comment: 'не согласен',
    })
  })

  it('T8: what is none of 0 to 4 is not guessed, nor is 4 for one file', async () => {
    for (const status of ['5', '01', '', -1, 1.5, 'signed', '4', 4]) {
      const server = await answering({ status })
      const error = await caughtAs(
        'signme.unreadable-answer',
        testSignme(server.url).status(testSuffix),
      )
      expect(error.data, String(status)).toMatchObject({ reason: 'unknown-status', retry: 'final' })
    }
    for (const body of [{}, { status: null }, { status: true }, [], '"0"', '0']) {
      const server = await answering(body)
      const error = await caughtAs(
        'signme.unreadable-answer',
        testSignme(server.url).status(testSuffix),
      )
      expect(error.data.reason).toBe('wrong-shape')
    }
  })

  it('truncated JSON may be whole the next time', async () => {
    const server = await answering('{"status":"1"')
    const error = await caughtAs(
      'signme.unreadable-answer',
      testSignme(server.url).status(testSuffix),
    )
    expect(error.data).toMatchObject({ reason: 'not-json', retry: 'safe' })
  })

  it('404 is a suffix that the host does not know', async () => {
    const server = await serve(() => ({ status: 404, body: 'no' }))
    expect((await caught(testSignme(server.url).status(testSuffix))).code).toBe('signme.not-found')
  })

  it('a suffix or UUID that is none never leaves', async () => {
    const server = await answering({ status: '1' })
    const signme = testSignme(server.url)
    for (const suffix of ['', '1', '../x', '1/../2', '1/a?b', '1/a b', '1/%2e', 'x/y', '1//2']) {
      expect((await caught(signme.status(suffix))).code, suffix).toBe('signme.invalid-argument')
    }
    for (const uuid of ['', testUuid.slice(1), `${testUuid}/1`, testUuid.replace('f', 'g')]) {
      expect((await caught(signme.groupStatus(uuid))).code).toBe('signme.invalid-argument')
    }
    expect(server.arrived).toHaveLength(0)
  })
})

describe('2.2: the status of a request of several files', () => {
  it('2.2: GET /signapi/multicheck/ and the UUID, answered as 1.4', async () => {
    const server = await answering({ status: '1' })
    expect((await testSignme(server.url).groupStatus(testUuid)).state).toBe('signed')
    expect(server.arrived[0]).toMatchObject({
      method: 'GET',
      url: `/signapi/multicheck/${testUuid}`,
    })
  })

  it('2.2: status 4, the files differ, is no end', async () => {
    const server = await answering(
      '{"status": 4, "comment": "Различные состояния отдельных файлов"}',
    )
    expect(await testSignme(server.url).groupStatus(testUuid)).toEqual({
      status: 4,
      state: 'mixed',
      isFinal: false,
      comment: 'Различные состояния отдельных файлов',
    })
  })
})
