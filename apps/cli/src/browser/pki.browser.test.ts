import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import * as pki from '@muhr/pki'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'
import { type PkiSamples, useSamples } from './pki-page/use-samples.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
}
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
const now = new Date('2026-01-01T00:00:00Z')
const password = 'Құпия 1'

const fixtures = join(
  process.env['MUHR_FIXTURES'] ?? join(import.meta.dirname, '../../../../../shared/fixtures'),
  'crypto/kz-nca-test',
)

const base64 = (octets: Uint8Array): string => pki.encodeBase64(octets)

/** A root of its own with a signer under it. */
const issue = async (kind: pki.GenerateKeyKind) => {
  const spec = {
    notBefore: new Date('2024-01-01T00:00:00Z'),
    notAfter: new Date('2034-01-01T00:00:00Z'),
  }
  const rootName = pki.buildName([['CN', 'TEST root']])
  const rootKey = pki.createSigningKey(pki.generateKey('kz-2015-512'))
  const root = await pki.buildCertificate(
    {
      ...spec,
      serialNumber: 1n,
      issuer: rootName,
      subject: rootName,
      spki: rootKey.spki,
      extensions: [
        pki.extension.basicConstraints({ ca: true }),
        pki.extension.keyUsage(['keyCertSign', 'cRLSign']),
        pki.extension.subjectKeyIdentifier(pki.keyIdentifierOf(rootKey.spki)),
      ],
    },
    rootKey,
  )
  const pkcs8 = pki.generateKey(kind)
  const key = pki.createSigningKey(pkcs8)
  const certificate = await pki.buildCertificate(
    {
      ...spec,
      serialNumber: 2n,
      issuer: rootName,
      subject: pki.buildName([['CN', 'TEST signer']]),
      spki: key.spki,
      extensions: [pki.extension.keyUsage(['digitalSignature', 'nonRepudiation'])],
    },
    rootKey,
  )

  return { root, pkcs8, key, certificate }
}

const makeSamples = async (): Promise<PkiSamples> => {
  const stores: PkiSamples['stores'][number][] = []
  const signatures: PkiSamples['signatures'][number][] = []
  const content = new TextEncoder().encode('TEST document')
  for (const kind of ['ru-2012-256', 'kz-2015-512', 'uz-1092-2', 'rsa-2048'] as const) {
    const { root, pkcs8, key, certificate } = await issue(kind)
    const entries = [{ key: pkcs8, certificates: [certificate, root] }]
    for (const profile of ['kz-nca', 'rfc9548'] as const) {
      const file = base64(pki.writePkcs12({ entries, password, profile, iterations: 200 }))
      stores.push({ name: `${kind} ${profile}`, file, password })
    }
    const signer = { key, certificate: pki.parseCertificate(certificate), signingTime: now }
    const container = await pki.createSignedData({ content, form: 'detached', signers: [signer] })
    signatures.push({
      name: kind,
      container: base64(container),
      content: base64(content),
      anchor: base64(root),
    })
  }

  if (existsSync(fixtures)) {
    const read = async (name: string) => new Uint8Array(await readFile(join(fixtures, name)))
    signatures.push({
      name: 'XMLDSig of the Kazakh NCA',
      container: base64(await read('xmldsig-gost2015-512-enveloped.xml')),
      content: null,
      anchor: base64(pki.decodeContainer(await read('ca-nca_gost2015_test.cer'))),
    })
  }

  return { stores, signatures, now: now.toISOString() }
}

describe.skipIf(!hasChromium)('packages/pki bundled by Vite, in Chromium', () => {
  let folder: string
  let server: Server
  let browser: TestBrowser
  let samples: PkiSamples

  beforeAll(async () => {
    samples = await makeSamples()
    folder = await mkdtemp(join(tmpdir(), 'muhr-pki-page-'))
    await build({
      root: join(import.meta.dirname, 'pki-page'),
      configFile: false,
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true, target: 'esnext', modulePreload: false },
      worker: { format: 'es' },
    })
    server = createServer(async (request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
      const file = join(folder, path === '/' ? 'index.html' : path)
      const contents =
        path === '/samples.json'
          ? JSON.stringify(samples)
          : await readFile(file).catch(() => undefined)
      response.writeHead(contents === undefined ? 404 : 200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      })
      response.end(contents)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('opens key stores and judges signatures as Node does', async () => {
    const inNode = await useSamples(samples)
    for (const judged of inNode.judged) {
      expect(judged).toMatchObject(
        judged.altered === null
          ? { report: { signatures: [{ format: 'XMLDSig', cryptography: 'valid' }] } }
          : { report: { indication: 'TOTAL-PASSED' }, altered: 'TOTAL-FAILED' },
      )
    }
    const page = await browser.open()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const inPage = JSON.parse((await page.locator('output').textContent()) ?? '')
    await page.close()
    expect(inPage).toEqual(JSON.parse(JSON.stringify(inNode)))
    expect(browser.faults.filter((fault) => !fault.includes('favicon'))).toEqual([])
  })
})
