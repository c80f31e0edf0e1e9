import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeSignerKey } from '../describe-signer-key.ts'
import { describeSignerKeyContract } from '../testing/contract.ts'
import {
  createTestAuthority,
  startStandInService,
  type TestAuthority,
  type TestOrganisationKey,
} from '../testing/index.ts'
import { openRemoteKey, readRemoteCertificate } from './open-remote-key.ts'

const secret = 'a-long-secret-of-the-service'

for (const [sends, bits] of [
  ['digest', 256],
  ['digest', 512],
  ['content', 256],
] as const) {
  describeSignerKeyContract(`remote, ${sends}, ${bits} bits`, async ({ authority }) => {
    const own = await authority.issue({ kind: `ru-2012-${bits}` })
    const thumbprint = describeSignerKey('remote', own.certificate).sha1
    const service = await startStandInService({ key: own, thumbprint, secret })
    const settings = { url: service.url, thumbprint, secret, sends }

    return {
      key: openRemoteKey(settings, own.certificate, { fetch }),
      certificate: own.certificate,
      close: service.close,
    }
  })
}

describe('a remote signing service', () => {
  let authority: TestAuthority
  let own: TestOrganisationKey
  let thumbprint: string
  const services: { readonly close: () => Promise<void> }[] = []
  beforeAll(async () => {
    authority = await createTestAuthority()
    own = await authority.issue()
    thumbprint = describeSignerKey('remote', own.certificate).sha1
  })
  afterAll(async () => {
    await Promise.all(services.map(({ close }) => close()))
  })

  const start = async (
    wish: Partial<Parameters<typeof startStandInService>[0]> = {},
  ): ReturnType<typeof startStandInService> => {
    const service = await startStandInService({ key: own, thumbprint, secret, ...wish })
    services.push(service)

    return service
  }
  const content = new TextEncoder().encode('Договор')
  const codeOf = async (run: () => Promise<unknown>): Promise<unknown> => {
    try {
      await run()
    } catch (error) {
      const { code, message, data } = error as Record<string, unknown>
      expect(`${message} ${JSON.stringify(data)}`).not.toContain(secret)

      return code
    }

    return 'signed'
  }
  const sign = (url: string, more: object = {}) =>
    codeOf(() =>
      openRemoteKey({ url, thumbprint, secret, ...more }, own.certificate, { fetch }).signDetached(
        content,
        { signingTime: new Date() },
      ),
    )

  it('is told the thumbprint, the time and the digest, and no more', async () => {
    const service = await start()
    const signingTime = new Date('2026-06-01T10:00:00Z')
    const settings = { url: service.url, thumbprint, secret }
    await openRemoteKey(settings, own.certificate, { fetch }).signDetached(content, { signingTime })
    expect(service.requests()).toEqual([
      {
        version: 1,
        thumbprint,
        format: 'CAdES-BES',
        detached: true,
        signingTime: '2026-06-01T10:00:00.000Z',
        digest: { algorithm: '1.2.643.7.1.1.2.2', value: expect.stringMatching(/^[\w+/]{43}=$/) },
      },
    ])
  })

  it.each([
    ['signer-key.service-redirect', 'redirect'],
    ['signer-key.service-answer', 'flood'],
    ['signer-key.service-answer', 'not-json'],
    ['signer-key.service-refused', 'refuse'],
    ['signer-key.wrong-pin', 'wrong-pin'],
    ['signer-key.seal-other-content', 'other-content'],
  ] as const)('%s when it answers with: %s', async (code, fault) => {
    expect(await sign((await start({ fault })).url)).toBe(code)
  })

  it('is left when it does not answer in time, and when nobody waits', async () => {
    const { url } = await start({ fault: 'hang' })
    expect(await sign(url, { timeoutMs: 200 })).toBe('signer-key.service-timeout')
    const abort = new AbortController()
    const key = openRemoteKey({ url, thumbprint, secret }, own.certificate, { fetch })
    const signing = codeOf(() =>
      key.signDetached(content, { signingTime: new Date(), signal: abort.signal }),
    )
    abort.abort()
    expect(await signing).toBe('signer-key.aborted')
  })

  it('is told apart when it is not there, and when it does not know us', async () => {
    const { url, close } = await start()
    expect(await sign(url, { secret: 'other' })).toBe('signer-key.service-denied')
    await close()
    expect(await sign(url)).toBe('signer-key.service-unreachable')
  })

  it('has its certificate found by the thumbprint, and no other', async () => {
    const io = { fetch, now: () => new Date() }
    for (const kind of ['ru-2012-256', 'ru-2012-512'] as const) {
      const key = await authority.issue({ kind })
      const { sha1 } = describeSignerKey('remote', key.certificate)
      const { url } = await start({ key, thumbprint: sha1 })
      const settings = { url, thumbprint: sha1, secret }
      expect(await readRemoteCertificate(settings, io)).toEqual(key.certificate)
      const other = { ...settings, thumbprint: '0'.repeat(40) }
      expect(await codeOf(() => readRemoteCertificate(other, io))).toBe('signer-key.key-not-found')
    }
  })

  it.each([
    'http://sign.example.ru/',
    'https://name:password@sign.example.ru/',
    'ftp://127.0.0.1/',
    'sign',
  ])('has an address that is not used: %s', async (url) => {
    expect(await sign(url)).toBe('signer-key.service-address')
  })
})
