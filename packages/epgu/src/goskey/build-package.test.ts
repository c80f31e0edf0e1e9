import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readZip } from '@muhr/zip'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PackageSource } from '../gateway/package-source.ts'
import { buildPackage, packSigned } from './build-package.ts'
import { documentOf, type PackageDocument } from './documents.ts'
import { pdf, request18, request19, txt } from './testing/requests.ts'
import {
  collect,
  signerOf,
  type TestIdentity,
  type TestPki,
  testNow,
  testPki,
} from './testing/test-pki.ts'

const limits = { entries: 100, totalBytes: 2 ** 28, ratio: 100 } as const

let pki: TestPki
let sender: TestIdentity

beforeAll(async () => {
  pki = await testPki()
  sender = await pki.issue([
    ['CN', 'ООО Пример'],
    ['OGRN', '1027700132195'],
    ['C', 'RU'],
  ])
})

const documents = [pdf('a.pdf'), pdf('b c.pdf', 'two'), txt('c.txt', 'Текст')]

const build = (given: readonly PackageDocument[] = documents) =>
  buildPackage({
    request: request19,
    documents: given,
    sealedAt: testNow,
    sign: signerOf(sender),
  })

describe('a package', () => {
  it('is flat: req.xml, documents in their order, a signature beside every file', async () => {
    const zip = await build()
    const files = readZip(await collect(zip.open()), { limits, isFlat: true })
    expect([...files.keys()]).toEqual([
      'req.xml',
      'req.xml.sig',
      'a.pdf',
      'a.pdf.sig',
      'b c.pdf',
      'b c.pdf.sig',
      'c.txt',
      'c.txt.sig',
    ])
    expect(zip.names).toEqual([...files.keys()])
    expect(Buffer.from(files.get('c.txt') ?? []).toString()).toBe('Текст')
  })

  it('has the same octets whenever it is read, whole or in chunks', async () => {
    const zip = await build()
    const whole = await collect(zip.open())
    expect(whole.byteLength).toBe(zip.size)
    // The source that the gateway uploads.
    const source: PackageSource = zip
    const chunks: Uint8Array[] = []
    for (let start = 0; start < zip.size; start += 1000) {
      chunks.push(await collect(source.slice(start, Math.min(start + 1000, zip.size))))
    }
    expect(Buffer.compare(Buffer.concat(chunks), whole)).toBe(0)
  })

  it('has the same octets when it is built again with the same signatures', async () => {
    const kept = new Map<string, Uint8Array>()
    const first = await buildPackage({
      request: request18,
      documents,
      sealedAt: testNow,
      sign: async (file) => {
        const signature = await signerOf(sender)(file)
        kept.set(file.name, signature)

        return signature
      },
    })
    // A clerk's signatures come from elsewhere: nothing is read for them.
    const again = await buildPackage({
      request: request18,
      documents,
      sealedAt: testNow,
      sign: async ({ name }) => kept.get(name) ?? new Uint8Array(),
    })
    expect(Buffer.compare(await collect(first.open()), await collect(again.open()))).toBe(0)
  })

  it('is read one chunk at a time: a hundred megabytes are never in memory', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    let alive = 0
    let most = 0
    const big = (name: string): PackageDocument => ({
      name,
      size: 24 * chunk.byteLength,
      open: async function* ({ start, end } = { start: 0, end: 24 * chunk.byteLength }) {
        for (let at = start; at < end; at += chunk.byteLength) {
          alive += 1
          most = Math.max(most, alive)
          yield chunk.subarray(0, Math.min(chunk.byteLength, end - at))
          alive -= 1
        }
      },
    })
    const zip = await build([big('a.txt'), big('b.txt')])
    let size = 0
    for await (const piece of zip.open()) {
      size += piece.byteLength
    }
    expect(size).toBe(zip.size)
    expect(most).toBe(1)
  })

  it('over the limits, or with a wrong request, is refused before anything is signed', async () => {
    let signed = 0
    const refused = (change: Partial<Parameters<typeof buildPackage>[0]>) =>
      buildPackage({
        request: request19,
        documents,
        sealedAt: testNow,
        sign: async () => {
          signed += 1

          return new Uint8Array([0x30])
        },
        ...change,
      })
    const late = new Date(testNow.getTime() + 24 * 60 * 60 * 1000)
    const many = Array.from({ length: 16 }, (_, index) => pdf(`${index}.pdf`))
    for (const [change, rule] of [
      [{ documents: many }, 'documents-count'],
      [{ documents: [{ ...pdf('a.pdf'), size: 100_000_001 }] }, 'documents-size'],
      [{ documents: [pdf('a.pdf'), pdf('A.pdf')] }, 'name-duplicate'],
      [{ sealedAt: late }, 'expiration-past'],
    ] as const) {
      await expect(refused(change)).rejects.toMatchObject({
        code: 'goskey.rules-broken',
        data: { violations: [{ rule }] },
      })
    }
    expect(signed).toBe(0)
    await refused({})
    expect(signed).toBe(4)
  })

  it('of a document that changes while it is built is refused', async () => {
    const shorter = { ...pdf('a.pdf'), size: 1000 }
    await expect(build([shorter])).rejects.toMatchObject({
      code: 'goskey.source-changed',
      data: { file: 'a.pdf' },
    })
    let reading = 0
    const changing: PackageDocument = {
      name: 'a.txt',
      size: 3,
      open: () => {
        reading += 1

        return [Buffer.from(reading === 1 ? 'one' : 'two')]
      },
    }
    const zip = await build([changing])
    await expect(collect(zip.open())).rejects.toMatchObject({ code: 'zip.source-changed' })
  })

  it('has nothing when a signature cannot be made', async () => {
    const failing = buildPackage({
      request: request19,
      documents,
      sealedAt: testNow,
      sign: () => Promise.reject(new RangeError('no token')),
    })
    await expect(failing).rejects.toThrow('no token')
  })
})

describe('several signatures of one document', () => {
  const more = (name: string) => ({
    documentName: 'a.pdf',
    signatures: [{ name, description: 'Покупатель', bytes: Buffer.from('signature') }],
  })

  it('are named in sign_config.xml, which is signed as well', async () => {
    const zip = await buildPackage({
      request: request19,
      documents,
      sealedAt: testNow,
      sign: signerOf(sender),
      moreSignatures: more('buyer.sig'),
    })
    expect(zip.names.slice(-3)).toEqual(['sign_config.xml', 'sign_config.xml.sig', 'buyer.sig'])
    const files = readZip(await collect(zip.open()), { limits, isFlat: true })
    const config = Buffer.from(files.get('sign_config.xml') ?? []).toString()
    expect(config).toContain('<signFileName>a.pdf.sig</signFileName>')
    expect(config).toContain('<signFileName>buyer.sig</signFileName>')
  })

  it.each([
    ['a.pdf.sig', 'sign-config-duplicate'],
    ['in/buyer.sig', 'name-characters'],
    ['buyer.p7s', 'name-characters'],
  ])('are refused under the name %s', async (name, rule) => {
    await expect(
      buildPackage({
        request: request19,
        documents,
        sealedAt: testNow,
        sign: signerOf(sender),
        moreSignatures: more(name),
      }),
    ).rejects.toMatchObject({ data: { violations: [{ rule }] } })
  })
})

const gostConf = `openssl_conf = o
[o]
engines = e
[e]
gost = g
[g]
engine_id = gost
default_algorithms = ALL
`
const hasPeers =
  spawnSync('unzip', ['--help']).error === undefined &&
  spawnSync('openssl', ['engine', 'gost']).status === 0

describe.skipIf(!hasPeers)('unzip and OpenSSL with gost-engine', () => {
  it('unpack the package, and verify every signature over its file, and over no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muhr-goskey-'))
    try {
      const own = packSigned([documentOf('trans_1.xml', Buffer.from('<a/>'))], {
        sign: signerOf(sender),
      })
      writeFileSync(join(folder, 'own.zip'), await collect((await own).open()))
      writeFileSync(join(folder, 'p.zip'), await collect((await build()).open()))
      writeFileSync(join(folder, 'root.pem'), pki.rootPem)
      writeFileSync(join(folder, 'o.cnf'), gostConf)
      for (const zip of ['p.zip', 'own.zip']) {
        expect(spawnSync('unzip', ['-q', zip], { cwd: folder }).status).toBe(0)
      }
      const verify = (file: string, signature: string): number | null =>
        spawnSync(
          'openssl',
          [
            ...['cms', '-verify', '-engine', 'gost', '-binary', '-inform', 'DER'],
            ...['-in', signature, '-content', file, '-CAfile', 'root.pem', '-purpose', 'any'],
            ...['-attime', String(testNow.getTime() / 1000), '-out', '/dev/null'],
          ],
          { cwd: folder, env: { ...process.env, OPENSSL_CONF: join(folder, 'o.cnf') } },
        ).status
      const signatures = readdirSync(folder).filter((name) => name.endsWith('.sig'))
      expect(signatures).toHaveLength(5)
      for (const signature of signatures) {
        expect(verify(signature.slice(0, -4), signature)).toBe(0)
        expect(verify('root.pem', signature)).not.toBe(0)
      }
      expect(existsSync(join(folder, 'req.xml'))).toBe(true)
      expect(readFileSync(join(folder, 'c.txt'), 'utf8')).toBe('Текст')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
