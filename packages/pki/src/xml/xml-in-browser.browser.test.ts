import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VerificationReport } from '../verify/index.ts'
import { sampleNow, sampleSigningTime, testPki } from '../verify/testing/test-pki.ts'
import { createXmlSignature } from './create/create-xml-signature.ts'
import { writeBase64 } from './read-base64.ts'

const CHROMIUM = '/usr/bin/chromium'

const entry = `
import { createTrustStore, parseCertificate, verifySignature } from ${JSON.stringify(join(import.meta.dirname, '../index.ts'))}
const octets = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
globalThis.verifyXml = async ({ container, roots, now }) => {
  const trust = createTrustStore(roots.map((root) => ({ certificate: parseCertificate(octets(root)), origin: 'explicit' })))
  const { report } = await verifySignature({ container: octets(container), trust, policy: 'etsi-basic', now: new Date(now) })
  return report
}
document.title = 'ready'
`

describe.skipIf(!existsSync(CHROMIUM))('XML signatures in Chromium', () => {
  let folder: string
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-xml-browser-'))
    await writeFile(join(folder, 'entry.js'), entry)
    const built = await build({
      configFile: false,
      logLevel: 'error',
      root: folder,
      build: {
        write: false,
        target: 'esnext',
        minify: false,
        rollupOptions: { input: join(folder, 'entry.js'), output: { format: 'es' } },
      },
    })
    const outputs = Array.isArray(built) ? built : [built]
    const files = new Map<string, string | Uint8Array>()
    for (const result of outputs) {
      for (const file of 'output' in result ? result.output : []) {
        files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source)
      }
    }
    const main = [...files.keys()].find((name) => name.includes('entry'))
    server = createServer((request, response) => {
      const file = files.get(request.url ?? '')
      response.setHeader('content-type', file === undefined ? 'text/html' : 'text/javascript')
      response.end(file ?? `<script type="module" src="${main}"></script>`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    })
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('are verified as in Node, good and changed', async () => {
    const pki = await testPki('kz-2015-512')
    const signed = await createXmlSignature({
      form: 'enveloped',
      document: new TextEncoder().encode('<contract><sum>100</sum></contract>'),
      signer: pki.signer,
      id: 's',
      xades: { signingTime: sampleSigningTime },
    })
    const changed = new TextEncoder().encode(new TextDecoder().decode(signed).replace('100', '900'))
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction(() => document.title === 'ready')
    const verify = (container: Uint8Array): Promise<VerificationReport> =>
      page.evaluate(
        (input) =>
          (
            globalThis as unknown as {
              verifyXml: (input: unknown) => Promise<VerificationReport>
            }
          ).verifyXml(input),
        {
          container: writeBase64(container),
          roots: [pki.root, pki.authority].map(({ certificate }) => writeBase64(certificate.bytes)),
          now: sampleNow.toISOString(),
        },
      )
    expect(await verify(signed)).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ format: 'XAdES-B', country: 'KZ', cryptography: 'valid' }],
    })
    expect(await verify(changed)).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    })
  })
})
