import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  makeEvidence,
  signWith,
  stampOver,
  type TestPki,
  testPki,
  testTimes,
} from '@muhr/evidence/testing'
import {
  algorithmOid,
  buildCrl,
  buildOcspRequest,
  buildOcspResponse,
  buildTimeStampRequest,
  buildTimeStampResponse,
  certIdOf,
  parsePkcs8,
  writePem,
  writePkcs12,
} from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runInspect } from './run-inspect.ts'

const world = createCommandWorld(testTimes.now)
let gost: TestPki
let rsa: TestPki

beforeAll(async () => {
  gost = await testPki({ kind: 'kz-2015-512', sandbox: true })
  rsa = await testPki({ kind: 'rsa-2048', sandbox: true })
})
afterAll(world.remove)

/** What `muhr inspect --json` says of some octets. */
async function inspect(
  bytes: Uint8Array | string,
  args: readonly string[] = [],
): Promise<{
  readonly code: number
  readonly json: Record<string, unknown>
  readonly text: string
}> {
  world.write('file', bytes)
  const { code, stdout } = await world.run(runInspect, ['file', '--json', ...args])
  const words = await world.run(runInspect, ['file', ...args])

  return {
    code,
    json: JSON.parse(stdout) as Record<string, unknown>,
    text: words.stdout + words.stderr,
  }
}

describe('a file is told by what it is', () => {
  it('a certificate, DER or PEM, one or several', async () => {
    const { certificate } = gost.head
    const one = await inspect(certificate.bytes)
    expect(one).toMatchObject({
      code: 0,
      json: {
        kind: 'certificate',
        certificates: [
          {
            holder: { iin: '000140000025', bin: '000240000025', organisation: 'ЖШС «ҮЛГІ»' },
            serialNumber: certificate.serialNumber,
            sha256: certificate.sha256,
            keyUsage: ['digitalSignature', 'nonRepudiation'],
            key: { bits: 512 },
            sandbox: true,
            authority: false,
          },
        ],
      },
    })
    expect(one.text).toContain('iin: 000140000025')
    expect(one.text).toContain('shown as they stand in the file itself')
    const several = await inspect(
      [gost, rsa].map(({ root }) => writePem('CERTIFICATE', root.certificate.bytes)).join(''),
    )
    expect(several.json['certificates']).toHaveLength(2)
  })

  it('a signature, attached or detached', async () => {
    const content = Buffer.from('Договор')
    const attached = await signWith(rsa.person, { content, form: 'attached', tsa: rsa.tsa })
    expect(await inspect(attached)).toMatchObject({
      code: 0,
      json: {
        kind: 'cms-signature',
        signature: {
          form: 'attached',
          contentBytes: content.length,
          signers: [
            {
              name: 'ТЕСТОВ ТЕСТ',
              format: 'CAdES-T',
              claimedTime: testTimes.signed.toISOString(),
              timeStamps: [testTimes.stamped.toISOString()],
            },
          ],
          certificates: [{ holder: { iin: '000140000017' } }],
        },
      },
      text: expect.stringContaining('Check it with muhr verify.'),
    })
    const detached = await signWith(rsa.person, { content, form: 'detached' })
    expect((await inspect(detached)).json).toMatchObject({ signature: { form: 'detached' } })
  })

  it('a damaged signature', async () => {
    const signature = await signWith(rsa.person, { content: Buffer.from('x'), form: 'attached' })
    expect((await inspect(signature.subarray(0, 300))).json).toMatchObject({ kind: 'cms-damaged' })
  })

  it('a time-stamp token, an answer with one, and the question', async () => {
    const data = Buffer.from('x')
    const token = await stampOver(rsa.tsa, data)
    const genTime = testTimes.stamped.toISOString()
    expect((await inspect(token)).json).toMatchObject({
      kind: 'time-stamp-token',
      timeStamp: { stamp: { genTime, policy: '1.2.398.3.3.2.6.4' } },
    })
    const answer = buildTimeStampResponse({ token })
    expect((await inspect(answer)).json).toMatchObject({
      kind: 'time-stamp-response',
      answer: { status: 'granted', token: { stamp: { genTime } } },
    })
    const query = buildTimeStampRequest({ data, digestOid: algorithmOid.sha256, nonce: 5n })
    expect((await inspect(query)).json).toMatchObject({
      kind: 'time-stamp-query',
      question: { nonce: '5', certReq: true },
    })
  })

  it('an OCSP question and answer, and a revocation list', async () => {
    const subject = { certificate: rsa.person.certificate, issuer: rsa.authority.certificate }
    const { serialNumber } = rsa.person.certificate
    expect((await inspect(buildOcspRequest(subject))).json).toMatchObject({
      kind: 'ocsp-request',
      question: { certificates: [{ serialNumber }] },
    })
    const answer = await buildOcspResponse(
      {
        responses: [
          {
            certId: certIdOf(subject, algorithmOid.sha256),
            certStatus: {
              status: 'revoked',
              revokedAt: testTimes.created,
              reason: 'keyCompromise',
            },
            thisUpdate: testTimes.received,
          },
        ],
        producedAt: testTimes.received,
        responder: rsa.ocsp.certificate,
      },
      rsa.ocsp.key,
    )
    expect((await inspect(answer)).json).toMatchObject({
      kind: 'ocsp-response',
      answer: {
        status: 'successful',
        answers: [{ certificate: { serialNumber }, status: 'revoked', reason: 'keyCompromise' }],
      },
    })
    const list = await buildCrl(
      {
        issuer: rsa.authority.certificate.subject.bytes,
        thisUpdate: testTimes.created,
        nextUpdate: testTimes.now,
        crlNumber: 7n,
        entries: [{ serialNumber: '1234', revokedAt: testTimes.created, reason: 'superseded' }],
      },
      rsa.authority.key,
    )
    expect((await inspect(list)).json).toMatchObject({
      kind: 'crl',
      list: { number: '7', count: 1, revoked: [{ serialNumber: '1234', reason: 'superseded' }] },
    })
  })

  it('an evidence bundle, with what it claims', async () => {
    const { bytes } = await makeEvidence({ onlyRsa: true })
    expect(await inspect(bytes)).toMatchObject({
      code: 0,
      json: {
        kind: 'evidence-bundle',
        bundle: {
          hasManifestTimestamp: true,
          envelope: { state: 'completed' },
          documents: [{ title: 'Договор поставки № 17' }, {}, {}],
          signatures: [{ claimed: 'TOTAL-PASSED' }, {}, {}],
        },
      },
    })
  })

  it.each([
    ['empty', Buffer.alloc(0), 65],
    ['binary', Buffer.from([1, 2, 0xff]), 65],
    ['pdf', Buffer.from('%PDF-1.7'), 0],
    ['text', Buffer.from('Договор'), 0],
  ])('%s', async (kind, bytes, code) => {
    world.write('file', bytes)
    const run = await world.run(runInspect, ['file', '--json'])
    expect(run.code).toBe(code)
    expect(run.stdout).toContain(`"kind": "${kind}"`)
  })
})

describe('keys', () => {
  /** Any eight octets of a private key in a row, in hex or base64, would be too much. */
  const leaks = (text: string, secret: Uint8Array): readonly string[] =>
    Array.from({ length: secret.length - 8 }, (_, index) => secret.subarray(index, index + 8))
      .flatMap((part) => [
        Buffer.from(part).toString('hex'),
        Buffer.from(part).toString('base64').slice(0, 10),
      ])
      .filter((part) => text.includes(part))

  it('are named by their kind and never shown', async () => {
    const { pkcs8, certificate } = gost.person
    const secret = parsePkcs8(pkcs8)
    const octets = secret.type === 'gost' ? secret.privateKey : new Uint8Array()
    expect(octets.length).toBe(64)
    const plain = await inspect(pkcs8)
    expect(plain.json).toMatchObject({
      kind: 'private-key',
      privateKey: { type: 'gost', key: { bits: 512 } },
    })
    const store = writePkcs12({
      entries: [{ key: pkcs8, certificates: [certificate.bytes] }],
      password: 'Qwerty12',
      random: (length) => new Uint8Array(randomBytes(length)),
    })
    world.write('password.txt', 'Qwerty12\n')
    const opened = await inspect(store, ['--password-file', 'password.txt'])
    expect(opened).toMatchObject({
      code: 0,
      json: {
        kind: 'pkcs12',
        keyStore: {
          locked: false,
          entries: [
            { privateKey: { bits: 512 }, certificates: [{ holder: { iin: '000140000017' } }] },
          ],
        },
      },
    })
    for (const { json, text } of [plain, opened]) {
      expect(leaks(text + JSON.stringify(json), octets)).toEqual([])
      expect(leaks(text + JSON.stringify(json), octets.toReversed())).toEqual([])
    }
    expect(leaks(Buffer.from(octets).toString('hex'), octets)).not.toEqual([])
  })

  it('in a store need its password: asked for, in a file, or none', async () => {
    const store = writePkcs12({
      entries: [{ key: rsa.person.pkcs8, certificates: [rsa.person.certificate.bytes] }],
      password: 'Qwerty12',
      random: (length) => new Uint8Array(randomBytes(length)),
    })
    world.write('a.p12', store)
    world.write('wrong.txt', 'qwerty')
    const run = (args: readonly string[], answers?: readonly string[]) =>
      world.run(runInspect, ['a.p12', '--json', ...args], answers === undefined ? {} : { answers })
    expect(JSON.parse((await run([])).stdout)).toMatchObject({ keyStore: { locked: true } })
    const asked = await run([], ['Qwerty12'])
    expect(JSON.parse(asked.stdout)).toMatchObject({ keyStore: { locked: false } })
    expect(asked.questions).toEqual(['Password of the key store: '])
    const wrong = await run(['--password-file', 'wrong.txt'])
    expect(wrong.code).toBe(65)
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'pkcs12.wrong-password' } })
    expect(wrong.stdout + wrong.stderr).not.toContain('qwerty')
  })

  it('of PEM files are told by their label', async () => {
    const key = rsa.person.pkcs8
    for (const [label, kind] of [
      ['PRIVATE KEY', 'private-key'],
      ['RSA PRIVATE KEY', 'private-key'],
      ['ENCRYPTED PRIVATE KEY', 'encrypted-private-key'],
      ['CERTIFICATE REQUEST', 'certificate-request'],
      ['PUBLIC KEY', 'public-key'],
    ]) {
      expect((await inspect(writePem(label ?? '', key))).json).toMatchObject({ kind })
    }
  })
})

describe('usage', () => {
  it.each([
    [64, []],
    [64, ['a', 'b']],
    [64, ['a', '--bogus']],
    [65, ['nowhere']],
  ])('ends with %i for %j', async (code, args) => {
    world.write('a', 'x')
    expect((await world.run(runInspect, args)).code).toBe(code)
  })

  it('refuses a password for what has none', async () => {
    world.write('a', 'x')
    expect((await world.run(runInspect, ['a', '--password-file', 'a'])).code).toBe(64)
  })
})

const fixtures = resolve(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures'),
  'kz',
)

describe.skipIf(!existsSync(fixtures))('files of the Kazakh authority', () => {
  it.each([
    ['ca-prod/root_gost_2022.cer', 'certificate'],
    ['certs/individual_sign_gost2015_2023.cer', 'certificate'],
    ['cms/gost2015-attached-tsp-legacy.p7s', 'cms-signature'],
    ['cms/two-signers-gost2015-rsa-attached.p7s', 'cms-signature'],
    ['crl/nca_gost_test.crl', 'crl'],
    ['ocsp/rsa-responder-good.der', 'ocsp-response'],
    ['tsp/response-full.der', 'time-stamp-response'],
    ['tsp/token-gost2004-sha1-imprint.der', 'time-stamp-token'],
    ['p12/individual_valid_2026.p12', 'pkcs12'],
    ['xml/gost2015-enveloped-2025.xml', 'xml-signature'],
  ])('%s is told to be %s', async (path, kind) => {
    expect(await inspect(readFileSync(resolve(fixtures, path)))).toMatchObject({
      code: 0,
      json: { kind },
    })
  })

  it('name a published root as such', async () => {
    const root = await inspect(readFileSync(resolve(fixtures, 'ca-prod/root_gost_2022.cer')))
    expect(root.text).toContain('published: KZ, root, production')
  })

  it('open with the published password', async () => {
    world.write('password.txt', 'Qwerty12')
    const { json } = await inspect(
      readFileSync(resolve(fixtures, 'p12/legal_head_valid_2026.p12')),
      ['--password-file', 'password.txt'],
    )
    expect(json).toMatchObject({
      keyStore: { entries: [{ certificates: [{ holder: { country: 'KZ' } }] }] },
    })
  })
})
