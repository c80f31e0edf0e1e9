import { createTrustStore, decodeBase64, verifySignature } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { caught, caughtAs, everythingIn } from '../testing/caught.ts'
import { type Answer, serve } from '../testing/serve.ts'
import { testIo, testNow } from '../testing/test-io.ts'
import { testSigner } from '../testing/test-signer.ts'
import { testJwt } from '../testing/test-token.ts'
import { createTokenSource, type TokenSourceOptions } from './token-source.ts'

const apiKey = '3F0C2b1e-93a4-4c1d-8a55-0d2f6c7b8e90'
const cms = Uint8Array.of(0x30, 0x80, 0xfb, 0xff, 0xbe, 0x00)
const unix = (at: Date) => Math.floor(at.getTime() / 1000)

/** Answers with tokens `t1`, `t2`, … that live for that many seconds from the test's clock. */
function answering(clock: { nowMs: number }, lifeSeconds: number) {
  let count = 0

  return (): Answer => {
    count += 1
    const iat = unix(new Date(clock.nowMs))
    const accessTkn = testJwt({ exp: iat + lifeSeconds, iat, jti: `t${count}` })

    return { status: 200, body: { accessTkn } }
  }
}

function source(esiaUrl: string, changes: Partial<TokenSourceOptions> = {}) {
  return createTokenSource({
    esiaUrl,
    apiKey,
    signing: { kept: () => ({ cms, signedAt: testNow }) },
    io: testIo(),
    ...changes,
  })
}

describe('the request for a token', () => {
  it('carries a CMS over the 36 octets of the API-Key, in base64url without padding', async () => {
    const io = testIo()
    const esia = await serve(answering(io.clock, 10_800))
    const signer = await testSigner(testNow)
    let signed: Uint8Array | undefined
    const tokens = source(`${esia.url}/`, {
      io,
      signing: {
        sign: (content) => {
          signed = content

          return signer.sign(content)
        },
      },
    })
    await tokens.get()

    const [request] = esia.arrived
    expect(request?.method).toBe('GET')
    expect(request?.path).toBe(`/esia-rs/api/public/v1/orgs/ext-app/${apiKey}/tkn`)
    expect(request?.headers.authorization).toBeUndefined()
    expect(request?.body.length).toBe(0)
    expect(new TextDecoder().decode(signed)).toBe(apiKey)

    const raw = /signature=(.*)$/.exec(request?.url ?? '')?.[1] ?? ''
    expect(raw).toMatch(/^[\w-]+$/)
    const { report } = await verifySignature({
      container: decodeBase64(raw),
      content: new TextEncoder().encode(apiKey),
      trust: createTrustStore([{ certificate: signer.certificate, origin: 'explicit' }]),
      policy: 'etsi-basic',
      now: testNow,
    })
    expect(report.signatures).toHaveLength(1)
    expect(report.signatures[0]?.cryptography).toBe('valid')
    expect(report.signatures[0]?.signingTime).toBe(testNow.toISOString())
  })

  it('sends octets that need - and _ as such', async () => {
    const io = testIo()
    const esia = await serve(answering(io.clock, 10_800))
    await source(esia.url, { io }).get()
    expect(esia.arrived[0]?.query.get('signature')).toBe('MID7_74A')
  })

  it('refuses a key that is no UUID, with the key in no error', () => {
    const bad = '3f0c2b1e-93a4-4c1d-8a55-0d2f6c7b8e90\n'
    let error: unknown
    try {
      source('http://127.0.0.1:9', { apiKey: bad })
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code: 'esia.invalid-api-key' })
    expect(everythingIn(error)).not.toContain('3f0c2b1e')
  })

  it('refuses an address with credentials or of another scheme', () => {
    for (const url of [
      'esia.test',
      'ftp://esia.test',
      'https://me:secret@esia.test',
      'https://a/?b',
    ]) {
      expect(() => source(url), url).toThrow(
        expect.objectContaining({ code: 'epgu.invalid-argument' }),
      )
    }
  })
})

describe('the life of a token', () => {
  it('is that of exp, and one request serves all until 60 s before', async () => {
    const io = testIo()
    const esia = await serve(answering(io.clock, 10_800))
    const tokens = source(esia.url, { io })
    const first = await tokens.get()
    expect(first.expiresAt.getTime() - testNow.getTime()).toBe(10_800_000)

    io.clock.nowMs += 10_800_000 - 60_001
    expect(await tokens.get()).toBe(first)
    expect(esia.arrived).toHaveLength(1)

    io.clock.nowMs += 1
    const others = await Promise.all(Array.from({ length: 25 }, () => tokens.get()))
    expect(new Set(others.map(({ value }) => value)).size).toBe(1)
    expect(others[0]?.value).not.toBe(first.value)
    expect(esia.arrived).toHaveLength(2)
  })

  it('is 300 s when the token cannot be read, or what the answer says in seconds', async () => {
    const bodies = [
      { accessTkn: 'opaque' },
      { accessTkn: 'a.b.c' },
      { accessTkn: testJwt({ sub: 'no exp' }) },
      { accessTkn: 'opaque', expires_in: 900 },
      { accessTkn: 'opaque', expiresIn: '1200' },
    ]
    const lives = []
    for (const body of bodies) {
      const esia = await serve(() => ({ status: 200, body }))
      const token = await source(esia.url).get()
      lives.push((token.expiresAt.getTime() - testNow.getTime()) / 1000)
    }
    expect(lives).toEqual([300, 300, 300, 900, 1200])
  })

  it('a refused token is replaced once for all who met the refusal', async () => {
    const io = testIo()
    const esia = await serve(answering(io.clock, 10_800))
    const tokens = source(esia.url, { io })
    const first = await tokens.get()

    const renewed = await Promise.all([
      tokens.renew(first),
      tokens.renew(first),
      tokens.renew(first),
    ])
    expect(new Set(renewed.map(({ value }) => value)).size).toBe(1)
    // Who held the first one for long gets the second, not a third.
    expect(await tokens.renew(first)).toBe(renewed[0])
    expect(esia.arrived).toHaveLength(2)
  })

  it('a failure reaches all who wait and is not kept', async () => {
    const io = testIo()
    let isBlocked = true
    const good = answering(io.clock, 10_800)
    const esia = await serve(() =>
      isBlocked ? { status: 403, body: { code: 'ESIA-037214', message: 'blocked' } } : good(),
    )
    const tokens = source(esia.url, { io })
    const outcomes = await Promise.allSettled([tokens.get(), tokens.get(), tokens.get()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(esia.arrived).toHaveLength(1)

    isBlocked = false
    expect((await tokens.get()).value).toContain('.')
  })
})

describe('a kept signature', () => {
  it('serves for 24 h, and after that nothing leaves', async () => {
    const io = testIo()
    const esia = await serve(answering(io.clock, 120))
    const tokens = source(esia.url, { io })
    await tokens.get()
    io.clock.nowMs += 86_400_000 - 1
    await tokens.get()
    expect(esia.arrived).toHaveLength(2)

    io.clock.nowMs += 120_000
    const error = await caughtAs('esia.invalid-signature', tokens.get())
    expect(error.data.reason).toBe('too-old')
    expect(esia.arrived).toHaveLength(2)
  })

  it('that is PEM, empty or huge is refused before anything leaves', async () => {
    const esia = await serve(() => ({ status: 500 }))
    const huge = new Uint8Array(20_000).fill(0x30)
    const reasons = []
    for (const bad of [new Uint8Array(), new TextEncoder().encode('-----BEGIN CMS'), huge]) {
      const tokens = source(esia.url, {
        signing: { kept: () => ({ cms: bad, signedAt: testNow }) },
      })
      const error = await caughtAs('esia.invalid-signature', tokens.get())
      reasons.push(error.data.reason)
    }
    expect(reasons).toEqual(['empty', 'not-cms', 'too-large'])
    expect(esia.arrived).toHaveLength(0)
  })
})

describe('repeats', () => {
  it('waits out 503 by its own plan and 429 by Retry-After', async () => {
    const io = testIo()
    const good = answering(io.clock, 10_800)
    const answers: Answer[] = [
      { status: 503 },
      { status: 429, headers: { 'retry-after': '7' } },
      {
        status: 502,
        headers: { 'retry-after': new Date(testNow.getTime() + 20_000).toUTCString() },
      },
    ]
    const esia = await serve(() => answers.shift() ?? good())
    await source(esia.url, { io }).get()
    expect(io.slept[0]).toBeGreaterThanOrEqual(500)
    expect(io.slept[0]).toBeLessThanOrEqual(1000)
    expect(io.slept[1]).toBe(7000)
    expect(testNow.getTime() + 20_000).toBe(io.clock.nowMs)
  })

  it('gives up where ESIA asks for a longer wait than ours, and tells it', async () => {
    const esia = await serve(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
    const error = await caughtAs('esia.unavailable', source(esia.url).get())
    expect(error.data).toEqual({ httpStatus: 429, retryAfterMs: 3_600_000 })
    expect(esia.arrived).toHaveLength(1)
  })

  it('tries a broken connection again, then tells the code of the system', async () => {
    const esia = await serve((_, { request }) => {
      request.socket.destroy()

      return undefined
    })
    const io = testIo()
    const error = await caughtAs('esia.unreachable', source(esia.url, { io }).get())
    expect(esia.arrived).toHaveLength(4)
    expect(io.slept).toHaveLength(3)
    expect(error.data.host).toBe(new URL(esia.url).host)
    expect(error.data.systemCode).toMatch(/^(ECONNRESET|UND_ERR_SOCKET)$/)
  })
})

describe('hostile answers of ESIA', () => {
  const bomb = '['.repeat(60_000)
  const cases: readonly (readonly [string, Answer, string, string])[] = [
    ['nested without end', { status: 200, body: bomb }, 'esia.unreadable-answer', 'too-deep'],
    [
      'larger than any token',
      { status: 200, body: `"${'a'.repeat(70_000)}"` },
      'esia.unreadable-answer',
      'too-large',
    ],
    ['a page', { status: 200, body: '<html>login</html>' }, 'esia.unreadable-answer', 'not-json'],
    [
      'another member',
      { status: 200, body: { access_token: 'x' } },
      'esia.unreadable-answer',
      'wrong-shape',
    ],
    [
      'a line end in the token',
      { status: 200, body: { accessTkn: 'a\r\nX: y' } },
      'esia.unreadable-answer',
      'wrong-shape',
    ],
    [
      'octets that are no UTF-8',
      { status: 200, body: Uint8Array.of(0x22, 0xff, 0x22) },
      'esia.unreadable-answer',
      'not-utf8',
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      'esia.unreadable-answer',
      'redirect',
    ],
  ]

  it.each(cases)('%s', async (_, answer, code, reason) => {
    const esia = await serve(() => answer)
    const error = await caught(source(esia.url).get())
    expect(error.code).toBe(code)
    expect(error.data).toMatchObject({ reason })
    expect(esia.arrived).toHaveLength(1)
  })

  it('an answer that is cut off', async () => {
    const esia = await serve((_, { response }) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"accessTkn":')
      setImmediate(() => response.destroy())

      return undefined
    })
    const error = await caughtAs('esia.unreadable-answer', source(esia.url).get())
    expect(error.data.reason).toBe('cut-off')
  })
})

describe('secrets', () => {
  const secretCms = Uint8Array.from({ length: 600 }, (_, at) =>
    at === 0 ? 0x30 : (at * 167) % 256,
  )

  it('the API-Key and the signature are in no error, whatever ESIA or fetch write', async () => {
    const signing = { kept: () => ({ cms: secretCms, signedAt: testNow }) }
    const echo = await serve(({ url }) => ({
      status: 400,
      body: { code: 'ESIA-005002', message: `Bad call ${decodeURIComponent(url)} of ${apiKey}` },
    }))
    const refused = await caughtAs('esia.refused', source(echo.url, { signing }).get())
    expect(refused.data.said).toContain('Bad call')

    const io = testIo({
      fetch: async (url) => {
        throw new TypeError(`Failed to parse URL from ${url}`)
      },
    })
    const failed = await caughtAs(
      'esia.unreachable',
      source('http://esia.test', { signing, io }).get(),
    )

    const signature = echo.arrived[0]?.query.get('signature') ?? ''
    expect(signature).toHaveLength(800)
    for (const error of [refused, failed]) {
      expect(everythingIn(error).toLowerCase()).not.toContain(apiKey.toLowerCase())
      expect(everythingIn(error)).not.toContain(signature.slice(100, 120))
    }
  })
})
