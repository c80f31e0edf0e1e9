import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTrustStore, parseCertificate, readTrustAnchors, verifySignature } from '@muhr/pki'
import { packZip } from '@muhr/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import { askEsia, controlOf, epguClient, request19 } from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'

const CONFIG = `openssl_conf = openssl_init
[openssl_init]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
default_algorithms = ALL
`
const API_KEY = '00000000-0000-4000-8000-000000001001'
const DOCUMENT = Buffer.from('%PDF-1.4 TEST of the peer\n')

const hasGostEngine = ((): boolean => {
  try {
    return execFileSync('openssl', ['engine', 'gost']).toString().includes('gost')
  } catch {
    return false
  }
})()

describe.skipIf(!hasGostEngine)('OpenSSL with gost-engine as the peer', () => {
  let dir: string
  let sandbox: Sandbox
  let token = ''
  let client: ReturnType<typeof epguClient>
  let control: ReturnType<typeof controlOf>

  const openssl = (...parameters: string[]): { status: number | null; text: string } => {
    const { status, stdout, stderr } = spawnSync('openssl', parameters, {
      cwd: dir,
      env: { ...process.env, OPENSSL_CONF: join(dir, 'openssl.cnf') },
    })

    return { status, text: `${stdout}${stderr}` }
  }
  const place = (name: string): string => join(dir, name)
  const senderPem = (): string =>
    sandbox.ready.keys.find(
      (key) =>
        key.country === 'RU' &&
        key.format === 'pkcs8-pem' &&
        key.account === 'sender' &&
        key.state === 'valid',
    )?.file ?? ''
  /** Detached CMS in DER by the sender; CAdES-BES where asked for. */
  const sign = async (content: Uint8Array, { isCades = true } = {}): Promise<Uint8Array> => {
    await writeFile(place('content'), content)
    const { status, text } = openssl(
      ...['cms', '-sign', '-binary', '-in', 'content', '-outform', 'DER', '-out', 'signed'],
      ...['-signer', senderPem(), '-inkey', senderPem(), '-md', 'md_gost12_256'],
      ...(isCades ? ['-cades'] : []),
      '-nosmimecap',
    )
    expect([status, text]).toEqual([0, expect.any(String)])

    return readFile(place('signed'))
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-peer-'))
    await writeFile(place('openssl.cnf'), CONFIG)
    sandbox = await startSandbox({ dir: place('sandbox'), ports: FREE_PORTS, epguStepMs: 0 })
    client = epguClient(sandbox, () => token)
    control = controlOf(sandbox)
  })
  afterAll(async () => {
    await sandbox?.stop()
    await rm(dir, { recursive: true, force: true })
  })

  it('signs an API-Key that ESIA takes', async () => {
    const signature = Buffer.from(await sign(Buffer.from(API_KEY))).toString('base64url')
    const response = await askEsia(sandbox, API_KEY, signature)
    expect(response.status).toBe(200)
    token = (await response.json()).accessTkn
  })

  it.each([
    ['CAdES-BES', true, 'OK'],
    ['plain CMS', false, 'FILES_VERIFICATION_FAILED'],
  ])('signs a package with %s', async (_name, isCades, code) => {
    const files = [
      { path: 'req.xml', bytes: Buffer.from(request19()) },
      { path: 'a.pdf', bytes: DOCUMENT },
    ]
    const archive: { path: string; bytes: Uint8Array }[] = []
    for (const file of files) {
      archive.push(file, { path: `${file.path}.sig`, bytes: await sign(file.bytes, { isCades }) })
    }
    const id = await client.reserve()
    await client.chunk(id, packZip(archive))
    expect((await client.settled(id)).code).toBe(code)
  })

  it.each([
    ['BER, UNEP', '10000000374', 'sign_document', '<Snils>000-000-001 01</Snils>', '00000000101'],
    [
      'DER, UKEP',
      '10000000374',
      'sign_document_ukep',
      '<Snils>000-000-011 03</Snils>',
      '00000001103',
    ],
    [
      'of a legal entity',
      '60025907',
      'sign_document_ukep_legalperson',
      '<RFOrg><Snils>000-000-007 07</Snils><OGRN>1009900000043</OGRN></RFOrg>',
      '00000000707',
    ],
  ])('verifies the recipient’s signature: %s', async (_name, code, namespace, recipient, snils) => {
    const meta = { region: '77', serviceCode: code, targetCode: `-${code}` }
    const request = Buffer.from(
      request19({ recipient, namespace: `urn://mpkey.gosuslugi.ru/${namespace}/1.0.0` }),
    )
    const archive = packZip([
      { path: 'req.xml', bytes: request },
      { path: 'req.xml.sig', bytes: await sign(request) },
      { path: 'a.pdf', bytes: DOCUMENT },
      { path: 'a.pdf.sig', bytes: await sign(DOCUMENT) },
    ])
    const id = await client.reserve(meta)
    await client.chunk(id, archive, undefined, meta)
    await client.settled(id)
    const acted = await control(`epgu/orders/${id}/sign`, 'POST', {})
    // Those who sign by themselves have done it by now, or will not mind.
    expect([200, 400]).toContain(acted.status)
    await expect.poll(async () => (await client.details(id)).order.orderStatusId).toBe(3)
    const { order } = await client.details(id)
    const path = `/api/gusmev/files/download/${order.currentStatusHistoryId}/3?mnemonic=a.pdf&eserviceCode=${code}`
    const signature = Buffer.from(await (await client.call(path)).arrayBuffer())
    await writeFile(place('result'), signature)
    await writeFile(place('document'), DOCUMENT)
    const issuing = join(dir, 'sandbox/pki/ca/ca-ru.cer')
    openssl('x509', '-inform', 'DER', '-in', issuing, '-out', 'issuing.pem')
    const check = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'result', '-cades']
    const trust = ['-CAfile', sandbox.ready.caFile, '-certfile', 'issuing.pem', '-purpose', 'any']
    // Our critical test policy is known to nobody else: that is what keeps these signatures in the sandbox.
    const policy = ['-ignore_critical']
    const good = openssl(...check, ...trust, ...policy, '-content', 'document', '-out', 'out')
    expect(good.text).toMatch(/[Vv]erification successful/)
    await writeFile(place('document'), Buffer.concat([DOCUMENT, Buffer.from('x')]))
    expect(
      openssl(...check, ...trust, ...policy, '-content', 'document', '-out', 'out').status,
    ).not.toBe(0)

    const anchors = readTrustAnchors(await readFile(sandbox.ready.caFile), 'sandbox')
    const { report } = await verifySignature({
      container: signature,
      content: DOCUMENT,
      trust: createTrustStore(anchors),
      policy: 'sandbox',
      now: new Date(),
      sources: {
        ocsp: async (ask) => {
          const answer = await fetch(`${sandbox.ready.trust}/ocsp`, {
            method: 'POST',
            body: new Uint8Array(ask),
          })

          return new Uint8Array(await answer.arrayBuffer())
        },
      },
      stored: { certificates: [parseCertificate(await readFile(issuing)).bytes] },
    })
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: true })
    expect(report.signatures[0]).toMatchObject({
      format: 'CAdES-B',
      country: 'RU',
      signer: { snils },
    })
  })

  it('opens the PKCS#12 of a sender', () => {
    const p12 = senderPem().replace(/\.pem$/, '.p12')
    const { status, text } = openssl('pkcs12', '-in', p12, '-passin', 'pass:12345678', '-noenc')
    expect([status, text]).toEqual([0, expect.stringContaining('BEGIN PRIVATE KEY')])
  })
})
