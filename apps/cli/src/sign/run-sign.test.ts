import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { rootsPem, stampOver, type TestPki, testPki, testTimes } from '@muhr/evidence/testing'
import {
  buildTimeStampResponse,
  buildTimeStampToken,
  parseSignedData,
  parseTimeStampRequest,
  readPem,
  writePem,
  writePkcs12,
} from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runVerify } from '../verify/run-verify.ts'
import { runSign } from './run-sign.ts'

const world = createCommandWorld(testTimes.now)
const document = Buffer.from('Договор № 17\n')
const kinds = ['ru-2012-256', 'ru-2012-512', 'kz-2015-512', 'uz-1092-2', 'rsa-2048'] as const
type Kind = (typeof kinds)[number]
const pkis = new Map<Kind, TestPki>()

beforeAll(async () => {
  world.write('document.txt', document)
  world.write('act.xml', '<act><sum>100</sum></act>')
  world.write('password', 'Qwerty12\n')
  for (const kind of kinds) {
    const pki = await testPki({ kind, sandbox: false })
    pkis.set(kind, pki)
    world.write(`${kind}.roots`, rootsPem(pki))
    world.write(`${kind}.key`, writePem('PRIVATE KEY', pki.person.pkcs8))
    world.write(
      `${kind}.pem`,
      [pki.person, pki.authority]
        .map(({ certificate }) => writePem('CERTIFICATE', certificate.bytes))
        .join(''),
    )
    world.write(
      `${kind}.p12`,
      writePkcs12({
        password: 'Qwerty12',
        entries: [
          {
            key: pki.person.pkcs8,
            certificates: [pki.person.certificate.bytes, pki.authority.certificate.bytes],
          },
        ],
      }),
    )
  }
})
afterAll(world.remove)

const sign = (args: string, options?: Parameters<typeof world.run>[2]) =>
  world.run(runSign, args.split(' '), options)
const verify = async (args: string) => {
  const run = await world.run(runVerify, `${args} --json`.split(' '))

  return JSON.parse(run.stdout) as {
    readonly indication: string
    readonly signatures: readonly { readonly format: string }[]
  }
}

describe.each(kinds)('muhr sign with a key of %s', (kind) => {
  const keyed = `--key ${kind}.p12 --password-file password`

  it('makes what muhr verify proves: detached and attached, CMS and CAdES-B', async () => {
    for (const [format, expected] of [
      ['cms', 'CMS'],
      ['cades-b', 'CAdES-B'],
    ] as const) {
      for (const form of ['', ' --attached', ' --attached --encoding ber', ' --encoding pem']) {
        const out = `${kind}-${format}`
        const run = await sign(
          `document.txt ${keyed} --format ${format}${form} --out ${out} --force`,
        )
        expect(run.code, run.stderr).toBe(0)
        const content = form.includes('attached') ? '' : ' --content document.txt'
        expect(await verify(`${out}${content} --trust ${kind}.roots`)).toMatchObject({
          indication: 'TOTAL-PASSED',
          signatures: [{ format: expected }],
        })
      }
    }
  })

  it('takes a PEM key with its certificates beside it', async () => {
    const run = await sign(`document.txt --key ${kind}.key --cert ${kind}.pem --out ${kind}-pem`)
    expect(run.code, run.stderr).toBe(0)
    const report = await verify(`${kind}-pem --content document.txt --trust ${kind}.roots`)
    expect(report.indication).toBe('TOTAL-PASSED')
  })

  it.skipIf(kind === 'uz-1092-2')('signs XML, as XMLDSig and as XAdES-B', async () => {
    for (const [format, expected] of [
      ['xmldsig', 'XMLDSig'],
      ['xades-b', 'XAdES-B'],
    ] as const) {
      const run = await sign(`act.xml ${keyed} --format ${format} --out ${kind}-${format}.xml`)
      expect(run.code, run.stderr).toBe(0)
      expect(await verify(`${kind}-${format}.xml --trust ${kind}.roots`)).toMatchObject({
        indication: 'TOTAL-PASSED',
        signatures: [{ format: expected }],
      })
    }
  })
})

describe('a time-stamp', () => {
  let server: Server
  const tsa = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let answer: (query: Uint8Array) => Promise<Uint8Array>
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const pieces: Uint8Array[] = []
      for await (const piece of request) {
        pieces.push(piece as Uint8Array)
      }
      response.end(await answer(Buffer.concat(pieces)))
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
  })
  afterAll(() => server.close())

  it('is asked of the service that was named, and makes it CAdES-T', async () => {
    for (const kind of ['rsa-2048', 'kz-2015-512'] as const) {
      const pki = pkis.get(kind)
      answer = async (query) => {
        const { messageImprint, nonce } = parseTimeStampRequest(query)
        if (pki === undefined) {
          throw new RangeError('the PKI was made')
        }

        return buildTimeStampResponse({
          token: await buildTimeStampToken(
            { ...pki.tsa, policy: '1.2.398.3.3.2.6.4' },
            {
              messageImprint: {
                digestOid: messageImprint.algorithm.oid,
                hash: messageImprint.hash,
              },
              serialNumber: 77n,
              genTime: testTimes.now,
              nonce,
            },
          ),
        })
      }
      const run = await sign(
        `document.txt --key ${kind}.p12 --password-file password --format cades-t --tsa ${tsa()} --out ${kind}-t`,
      )
      expect(run.code, run.stderr).toBe(0)
      expect(await verify(`${kind}-t --content document.txt --trust ${kind}.roots`)).toMatchObject({
        indication: 'TOTAL-PASSED',
        signatures: [{ format: 'CAdES-T' }],
      })
    }
  })

  it('is held to the question', async () => {
    answer = async () => buildTimeStampResponse({ failure: 'bad-request' })
    const args = 'document.txt --key rsa-2048.p12 --password-file password --format cades-t'
    expect(await sign(`${args} --tsa ${tsa()} --out stamped`)).toMatchObject({ code: 65 })
    const pki = pkis.get('rsa-2048')
    const other = Buffer.from('another signature')
    answer = async () =>
      pki === undefined
        ? new Uint8Array()
        : buildTimeStampResponse({ token: await stampOver(pki.tsa, other) })
    expect(await sign(`${args} --tsa ${tsa()} --out stamped`)).toMatchObject({ code: 65 })
    expect(existsSync(join(world.folder, 'stamped'))).toBe(false)
  })

  it('of a service that is not there leaves nothing behind', async () => {
    const run = await sign(
      'document.txt --key rsa-2048.p12 --password-file password --format cades-t --tsa http://127.0.0.1:9 --out stamped',
    )
    expect(run.code).toBe(65)
    expect(run.stderr).toContain('does not answer')
    expect(existsSync(join(world.folder, 'stamped'))).toBe(false)
  })
})

describe('muhr sign', () => {
  const keyed = '--key rsa-2048.p12 --password-file password'

  it('names its file after the document, and never writes over one unasked', async () => {
    world.write('twice.txt', document)
    expect((await sign(`twice.txt ${keyed}`)).code).toBe(0)
    const first = readFileSync(join(world.folder, 'twice.txt.p7s'))
    const second = await sign(`twice.txt ${keyed}`)
    expect(second).toMatchObject({ code: 65 })
    expect(second.stderr).toContain('twice.txt.p7s')
    expect(readFileSync(join(world.folder, 'twice.txt.p7s'))).toEqual(first)
    expect((await sign(`twice.txt ${keyed} --force`)).code).toBe(0)
    expect((await sign(`twice.txt ${keyed} --attached`)).code).toBe(0)
    expect(existsSync(join(world.folder, 'twice.txt.p7m'))).toBe(true)
  })

  it('goes through standard input and output', async () => {
    const run = await sign(`- ${keyed} --attached`, { stdin: document })
    expect(run.code, run.stderr).toBe(0)
    expect(parseSignedData(run.bytes).content).toEqual(new Uint8Array(document))
    const text = await sign(`- ${keyed} --encoding pem`, { stdin: document })
    expect(readPem(new TextDecoder().decode(text.bytes))).toHaveLength(1)
  })

  it('signs many files with one opening of the key', async () => {
    for (const name of ['a', 'b', 'c']) {
      world.write(`many-${name}`, name)
    }
    expect((await sign(`many-a many-b many-c ${keyed}`)).code).toBe(0)
    const run = await world.run(runVerify, [
      ...['many-a.p7s', 'many-b.p7s', 'many-c.p7s', '--trust', 'rsa-2048.roots'],
    ])
    expect(run.code, run.stdout).toBe(0)
  })

  it('asks for the password when there is somebody to ask, or takes it from the environment', async () => {
    const asked = await sign('document.txt --key rsa-2048.p12 --out asked', {
      answers: ['Qwerty12'],
    })
    expect([asked.code, asked.questions]).toEqual([0, ['Password of the key store: ']])
    const env = { MUHR_KEY_PASSWORD: 'Qwerty12' }
    expect((await sign('document.txt --key rsa-2048.p12 --out set', { env })).code).toBe(0)
    const nobody = await sign('document.txt --key rsa-2048.p12 --out nobody')
    expect(nobody.code).toBe(65)
    expect(nobody.stderr).toContain('--password-file')
  })

  it.each([
    [64, ''],
    [64, 'document.txt'],
    [64, `document.txt ${keyed} --password Qwerty12`],
    [64, `document.txt ${keyed} --format cades-t`],
    [64, `document.txt ${keyed} --format pades`],
    [64, `document.txt ${keyed} --tsa http://127.0.0.1:1`],
    [64, `document.txt ${keyed} --format cades-t --tsa file:///etc/passwd`],
    [64, `document.txt ${keyed} --encoding xml`],
    [64, `act.xml ${keyed} --format xmldsig --attached`],
    [64, `document.txt act.xml ${keyed} --out one`],
    [64, '- --key rsa-2048.p12 --password-file -'],
    [65, `nowhere ${keyed} --out x1`],
    [65, 'document.txt --key nowhere --out x2'],
    [65, 'document.txt --key document.txt --out x3'],
    [65, 'document.txt --key rsa-2048.key --out x4'],
    [65, 'document.txt --key rsa-2048.key --cert ru-2012-256.pem --out x5'],
    [65, 'document.txt --key rsa-2048.p12 --password-file document.txt --out x6'],
    [65, `document.txt ${keyed} --format xmldsig --out x7`],
    [65, 'act.xml --key uz-1092-2.p12 --password-file password --format xmldsig --out x8'],
  ])('%i: muhr sign %s', async (code, args) => {
    const run = await world.run(runSign, args.split(' ').filter(Boolean))
    expect(`${run.code}`, run.stderr).toBe(`${code}`)
    expect(run.stderr).not.toContain('Qwerty12')
    for (let index = 1; index < 9; index += 1) {
      expect(existsSync(join(world.folder, `x${index}`))).toBe(false)
    }
  })
})

const fixtures = join(
  process.env['MUHR_FIXTURES'] ?? join(import.meta.dirname, '../../../../../shared/fixtures'),
  'ru/cryptopro',
)

describe.skipIf(!existsSync(fixtures))('muhr sign with keys of CryptoPro CSP', () => {
  beforeAll(() => mkdirSync(join(world.folder, 'cryptopro')))

  it.each([
    ['pub-2012-256.000', '123456'],
    ['syn-2012-256-pin.000', undefined],
    ['syn-2012-512-pin.000', undefined],
    ['syn-cppbe-2012-256.pfx', 'pfx-password'],
  ] as const)('%s signs what verifies by its certificate', async (name, known) => {
    const place = join('cryptopro', name)
    cpSync(join(fixtures, name), join(world.folder, place), { recursive: true })
    const expected = join(fixtures, name, 'expected.json')
    const pin =
      known ?? (JSON.parse(readFileSync(expected, 'utf8')) as { readonly pin: string }).pin
    world.write('pin', pin)
    const run = await sign(`document.txt --key ${place} --password-file pin --out ${name}.p7s`)
    expect(run.code, run.stderr).toBe(0)
    const report = await verify(`${name}.p7s --content document.txt`)
    expect(report).toMatchObject({
      signatures: [{ cryptography: 'valid', country: 'RU', format: 'CAdES-B' }],
    })
    const wrong = await sign(`document.txt --key ${place} --password-file password --out wrong`)
    expect(wrong.code).toBe(65)
    expect(wrong.stderr).toMatch(/PIN|password/)
  })
})
