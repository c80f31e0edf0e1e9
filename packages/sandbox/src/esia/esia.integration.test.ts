import { createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signatureProfiles } from '@muhr/pki'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import { askEsia, controlOf, openSender, type Sender } from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'

const API_KEY = '00000000-0000-4000-8000-000000001001'
const HOUR = 3_600_000

let dir: string
let sandbox: Sandbox
let sender: Sender
let control: ReturnType<typeof controlOf>

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-esia-'))
  sandbox = await startSandbox({ dir, ports: FREE_PORTS })
  sender = await openSender(sandbox)
  control = controlOf(sandbox)
})
afterEach(async () => {
  await control('clock', 'PUT', { offsetMs: 0 })
})
afterAll(async () => {
  await sandbox.stop()
  await rm(dir, { recursive: true, force: true })
})

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const answer = async (signature: string, apiKey = API_KEY) => {
  const response = await askEsia(sandbox, apiKey, signature)
  const { code, accessTkn } = await response.json()

  return { status: response.status, code, token: accessTkn as string | undefined }
}
const signed = async (options: Parameters<Sender['sign']>[1] = {}, by = sender) =>
  by.sign(Buffer.from(API_KEY), options)

describe('a token', () => {
  it('is a JWT of RS256 with the claims of the guide, good for three hours', async () => {
    const { token = '' } = await answer(base64url(await signed()))
    const [header = '', payload = '', signature = ''] = token.split('.')
    const text = Buffer.from(payload, 'base64url').toString()
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      ver: 1,
      typ: 'JWT',
      sbt: 'access',
      alg: 'RS256',
    })
    const claims = JSON.parse(text)
    expect(claims).toMatchObject({
      iss: 'http://esia.gosuslugi.ru/',
      client_id: 'MUHR_TEST',
      'urn:esia:sbj_id': 1_000_910_001,
    })
    expect(claims.exp - claims.iat).toBe(10_800)
    expect(claims.scope.split(' ')).toEqual([
      'http://esia.gosuslugi.ru/org_ful?org_oid=1000900001',
      'http://esia.gosuslugi.ru/org_inf?org_oid=1000900001',
    ])
    expect(text).toContain(String.raw`http:\/\/esia.gosuslugi.ru\/`)
    const pem = await fetch(`${sandbox.ready.epgu}/_sim/epgu/token-key`, {
      headers: { 'x-muhr-sim-secret': sandbox.ready.control.secret },
    })
    const key = createPublicKey(await pem.text())
    const input = Buffer.from(`${header}.${payload}`)
    expect(verify('RSA-SHA256', input, key, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it('is given for base64url, and for base64 that is percent-encoded, padded or not', async () => {
    const bytes = Buffer.from(await signed())
    const padded = encodeURIComponent(bytes.toString('base64'))
    expect((await answer(padded)).status).toBe(200)
    expect((await answer(padded.replace(/(%3D)+$/, ''))).status).toBe(200)
  })

  it('is given for BER, for plain CMS with signing time, and for the UUID embedded', async () => {
    expect((await answer(base64url(await signed({ encoding: 'ber' })))).status).toBe(200)
    const profile = signatureProfiles['ru-tc26']
    expect((await answer(base64url(await signed({ profile })))).status).toBe(200)
    expect((await answer(base64url(await signed({ form: 'attached' })))).status).toBe(200)
  })

  it('is given for a 512-bit key', async () => {
    const big = await openSender(sandbox, { algorithm: 'ru-2012-512' })
    expect((await answer(base64url(await signed({}, big)))).status).toBe(200)
  })

  it('is given until the signature is 24 hours old by the clock of the sandbox', async () => {
    const signature = base64url(await signed())
    await control('clock', 'PUT', { offsetMs: 24 * HOUR - 60_000 })
    expect((await answer(signature)).status).toBe(200)
    await control('clock', 'PUT', { offsetMs: 24 * HOUR + 60_000 })
    expect(await answer(signature)).toMatchObject({ status: 400, code: 'ESIA-005002' })
    const early = base64url(await signed({ at: new Date(Date.now() + HOUR) }))
    await control('clock', 'PUT', { offsetMs: 0 })
    expect(await answer(early)).toMatchObject({ code: 'ESIA-005002' })
  })
})

describe('a signature is refused with ESIA-005002', () => {
  it('when its plus signs came raw, and so as blanks', async () => {
    // Attributes are random enough: some signature of a few holds a plus.
    for (;;) {
      const text = Buffer.from(await signed()).toString('base64')
      if (!text.includes('+')) continue
      expect((await answer(text.replaceAll('/', '%2F').replaceAll('+', '%2B'))).status).toBe(200)
      const raw = await answer(text.replaceAll('/', '%2F'))
      expect(raw).toMatchObject({ status: 400, code: 'ESIA-005002' })
      break
    }
  })

  it('when it is of another UUID, embedded or not, or of nothing', async () => {
    const other = Buffer.from('00000000-0000-4000-8000-000000001002')
    for (const form of ['detached', 'attached'] as const) {
      const bytes = await sender.sign(other, { form })
      expect(await answer(base64url(bytes))).toMatchObject({ code: 'ESIA-005002' })
    }
    expect(await answer(base64url(Buffer.from('no CMS')))).toMatchObject({ code: 'ESIA-005002' })
  })

  it.each(['expired', 'revoked', 'foreign', 'no-organisation'])(
    'when the certificate is %s',
    async (state) => {
      const bad = await openSender(sandbox, { state })
      expect(await answer(base64url(await signed({}, bad)))).toMatchObject({
        status: 400,
        code: 'ESIA-005002',
      })
    },
  )

  it('when the certificate is of another organisation than the key', async () => {
    const second = await openSender(sandbox, { account: 'second' })
    expect(await answer(base64url(await signed({}, second)))).toMatchObject({ code: 'ESIA-005002' })
    const own = '00000000-0000-4000-8000-000000001011'
    const bytes = await second.sign(Buffer.from(own))
    expect((await answer(base64url(bytes), own)).status).toBe(200)
  })
})

describe('an API-Key', () => {
  it.each([
    ['ESIA-005002', 400],
    ['ESIA-005027', 403],
    ['ESIA-020000', 400],
    ['ESIA-037213', 403],
    ['ESIA-037214', 403],
    ['ESIA-037215', 403],
    ['ESIA-037216', 403],
    ['ESIA-037217', 403],
    ['ESIA-037218', 404],
    ['ESIA-037219', 403],
    ['ESIA-038000', 403],
  ])('of the scenario %s is answered so', async (code, status) => {
    const { apiKey = '' } =
      sandbox.ready.accounts.epgu.scenarioKeys.find((each) => each.code === code) ?? {}
    const bytes = await sender.sign(Buffer.from(apiKey))
    expect(await answer(base64url(bytes), apiKey)).toMatchObject({ status, code })
  })

  it('that nobody has is not found, and one without signature is a bad request', async () => {
    expect(await answer('AAAA', '1234')).toMatchObject({ status: 404, code: 'ESIA-037218' })
    expect(await answer('')).toMatchObject({ status: 400, code: 'ESIA-020000' })
  })

  it('and its signature stand in no journal', async () => {
    await answer(base64url(await signed()))
    const { calls } = (await control('journal')).body
    expect(JSON.stringify(calls)).not.toContain(API_KEY)
    expect(calls.at(-1)).toMatchObject({ simulator: 'esia', status: 200, note: 'token' })
  })
})
