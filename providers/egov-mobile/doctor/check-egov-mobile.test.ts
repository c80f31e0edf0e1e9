import { jsonReply, refusalReply, type ServiceReply } from '@muhr/egov-mobile'
import { describe, expect, test } from 'vitest'
import { checkEgovMobile } from './check-egov-mobile.ts'

const asked: { url: string; init: RequestInit | undefined }[] = []

function answering(answer: () => Response | Promise<Response>): typeof fetch {
  return async (url, init) => {
    asked.push({ url: String(url), init })

    return answer()
  }
}

function responseOf({ status, headers, body }: ServiceReply): Response {
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers: { ...headers } })
}

async function check(publicUrl: string, answer: () => Response | Promise<Response>) {
  asked.length = 0
  const findings = await checkEgovMobile({
    publicUrl,
    fetch: answering(answer),
    random: (bytes) => new Uint8Array(bytes).fill(7),
    signal: new AbortController().signal,
  })

  return findings.map(({ check, result, message, detail }) =>
    [check, result, message, ...(detail === undefined ? [] : [detail])].join(' '),
  )
}

const ours = (): Response => responseOf(refusalReply('unknown-session', 'kk'))

describe('the doctor', () => {
  test('is content when the address is https and we answer behind it', async () => {
    expect(await check('https://muhr.example/', ours)).toEqual([
      'public-url passed doctor.url.passed',
      'callback-path passed doctor.path.passed',
      'allow-list notice doctor.allow-list',
    ])
    expect(asked[0]?.url).toBe(`https://muhr.example/cb/egov-mobile/${'07'.repeat(16)}/mgovSign`)
    expect(asked[0]?.init).toMatchObject({ redirect: 'manual' })
  })

  test('warns that loopback serves the simulator only', async () => {
    expect(await check('http://127.0.0.1:8080', ours)).toEqual([
      'public-url warning doctor.url.loopback',
      'callback-path passed doctor.path.passed',
    ])
  })

  test.each([
    ['http://muhr.example', 'public-url failed doctor.url.scheme'],
    ['https://мұхр.қаз', 'public-url failed doctor.url.invalid not-ascii'],
    ['https://user@muhr.example', 'public-url failed doctor.url.invalid credentials'],
    ['muhr.example', 'public-url failed doctor.url.invalid not-absolute'],
  ])('refuses %s without calling anybody', async (publicUrl, finding) => {
    expect(await check(publicUrl, ours)).toEqual([finding])
    expect(asked).toEqual([])
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['failed doctor.path.other 200', () => new Response('<html>', { status: 200 })],
    ['failed doctor.path.other 404', () => new Response('Not Found', { status: 404 })],
    ['failed doctor.path.other 404', () => responseOf(jsonReply(404, { message: 'Not Found' }))],
    ['failed doctor.path.redirect 301', () => new Response(null, { status: 301 })],
    [
      'failed doctor.path.tls CERT_HAS_EXPIRED',
      () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'CERT_HAS_EXPIRED' } })),
    ],
    [
      'failed doctor.path.unreachable ENOTFOUND',
      () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })),
    ],
    ['failed doctor.path.unreachable', () => Promise.reject(new Error('aborted'))],
  ])('%s', async (finding, answer) => {
    expect(await check('https://muhr.example', answer)).toContain(`callback-path ${finding}`)
  })
})
