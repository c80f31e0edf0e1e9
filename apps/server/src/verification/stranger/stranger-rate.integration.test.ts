import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestInstallation, type TestInstallation } from '../../testing/index.ts'

describe('verifications of strangers', () => {
  let muhr: TestInstallation
  beforeAll(async () => {
    muhr = await startTestInstallation({
      env: { MUHR_VERIFICATIONS_PER_MINUTE: '2', MUHR_PROXY_HOPS: '1' },
    })
  })
  afterAll(() => muhr.stop())

  const statusOf = async (forwarded: string) => {
    const answer = await fetch(`${muhr.server.url}/v1/verifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
      body: JSON.stringify({ container: 'aGVsbG8=' }),
    })

    return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
  }

  it('are counted by the address that the nearest proxy saw, whatever stands before it', async () => {
    for (const forged of ['203.0.113.1', '203.0.113.2']) {
      expect((await statusOf(`${forged}, 192.0.2.7`)).status).toBe(422)
    }
    const refused = await statusOf('203.0.113.3, 192.0.2.7')
    expect(refused).toEqual({ status: 429, retryAfter: expect.stringMatching(/^[1-9]\d*$/) })
    expect((await statusOf('192.0.2.8')).status).toBe(422)
    await muhr.passTime(Number(refused.retryAfter) * 1000)
    expect((await statusOf('192.0.2.7')).status).toBe(422)
  })
})
