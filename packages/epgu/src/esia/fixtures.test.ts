import { createTrustStore, verifySignature } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { fixtureBytes, fixtureText, hasFixtures } from '../testing/fixtures.ts'
import { serve } from '../testing/serve.ts'
import { testIo, testNow } from '../testing/test-io.ts'
import { testJwt } from '../testing/test-token.ts'
import { parseApiKey } from './api-key.ts'
import { apiKeyContent, signatureParameter } from './api-key-signature.ts'
import { readClaims } from './token.ts'
import { createTokenSource } from './token-source.ts'

describe.skipIf(!hasFixtures)('ESIA vectors of the operator', () => {
  it('the BER of the first is sent exactly as the operator’s collection sends it', async () => {
    const key = fixtureText('esia-apikey-1.txt')
    const cms = fixtureBytes('esia-apikey-1.sig.ber')
    const expected = fixtureText('esia-apikey-1.sig.b64url.txt').trim()
    expect(signatureParameter({ cms, signedAt: testNow }, testNow)).toBe(expected)
    expect(apiKeyContent(parseApiKey(key))).toEqual(fixtureBytes('esia-apikey-1.txt'))

    const esia = await serve(() => ({ status: 200, body: { accessTkn: 'opaque' } }))
    await createTokenSource({
      esiaUrl: esia.url,
      apiKey: key,
      signing: { kept: () => ({ cms, signedAt: testNow }) },
      io: testIo(),
    }).get()
    expect(esia.arrived[0]?.url).toBe(
      `/esia-rs/api/public/v1/orgs/ext-app/${key}/tkn?signature=${expected}`,
    )
  })

  it('the second, which the guide writes as percent-encoded base64, is sent as base64url', () => {
    const cms = fixtureBytes('esia-apikey-2.sig.der')
    const percent = fixtureText('esia-apikey-2.sig.percent.txt').trim()
    const standard = decodeURIComponent(percent).replace(/=+$/, '')
    const sent = signatureParameter({ cms, signedAt: testNow }, testNow)
    expect(sent).toBe(standard.replaceAll('+', '-').replaceAll('/', '_'))
  })

  it.each([1, 2])('both verify over the octets that this package signs: %i', async (number) => {
    const key = parseApiKey(fixtureText(`esia-apikey-${number}.txt`))
    const { report } = await verifySignature({
      container: fixtureBytes(`esia-apikey-${number}.sig.${number === 1 ? 'ber' : 'der'}`),
      content: apiKeyContent(key),
      trust: createTrustStore([]),
      policy: 'etsi-basic',
      now: testNow,
    })
    expect(report.signatures.map(({ cryptography }) => cryptography)).toEqual(['valid'])
  })

  it('claims of the sample token', () => {
    const { payload } = JSON.parse(fixtureText('esia-token-claims-sample.json'))
    const claims = readClaims(testJwt(payload))
    expect(claims).toEqual({
      expiresAt: new Date(1594747641_000),
      issuedAt: new Date(1594736841_000),
      notBefore: undefined,
      issuer: 'http://esia.gosuslugi.ru/',
      clientId: '1234567',
      tokenId: '4457af69-fda5-4cc2-9ec3-51778db12107',
      subjectOid: '1077118396',
      scopes: payload.scope.split(' '),
      organisationOids: ['1077101265'],
      authority: undefined,
    })
  })
})

describe('claims', () => {
  it('a power of attorney is told', () => {
    const claims = readClaims(testJwt({ 'urn:esia:authority': { expired: '01.02.2027', id: 17 } }))
    expect(claims?.authority).toEqual({ id: '17', expired: '01.02.2027' })
  })

  it('members that every object has, and wild times, are not claims', () => {
    const claims = readClaims(testJwt({ exp: 1e300, iat: '5', nbf: -1, scope: 7 }))
    expect(claims).toMatchObject({
      expiresAt: undefined,
      issuedAt: undefined,
      notBefore: undefined,
    })
    expect(claims?.scopes).toEqual([])
  })

  it('what is no JWT has none', () => {
    for (const text of ['', 'a.b', 'a.%.c', `a.${Buffer.from('[1]').toString('base64url')}.c`]) {
      expect(readClaims(text), text).toBeUndefined()
    }
  })
})
