import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { rootsPem, signWith, testPki, testTimes } from '@muhr/evidence/testing'
import { readPem } from '@muhr/pki'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'

const root = join(import.meta.dirname, '../../../..')
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
const content = Buffer.from('Договор № 17')

async function exampleOf(name: string): Promise<string> {
  const text = await readFile(join(root, 'packages/pki/README.md'), 'utf8')
  const block = new RegExp(`\`\`\`\\w+ example=${name}\\n(.*?)\`\`\``, 's').exec(text)?.[1]
  expect(block, `the README has an example ${name}`).toBeDefined()

  return block ?? ''
}

describe.skipIf(!hasChromium)('the page of the README of packages/pki, in Chromium', () => {
  let folder = ''
  let server: Server
  let browser: TestBrowser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-pki-readme-'))
    const source = join(folder, 'source')
    const out = join(folder, 'out')
    await mkdir(source)
    await writeFile(join(source, 'index.html'), await exampleOf('page'))
    await writeFile(join(source, 'check.ts'), await exampleOf('browser'))
    await build({
      root: source,
      configFile: false,
      logLevel: 'error',
      // The stranger's page is in a folder of its own, as if the package were installed beside it.
      resolve: { alias: { '@muhr/pki': join(root, 'packages/pki/src/index.ts') } },
      build: { outDir: out, emptyOutDir: true, target: 'esnext', modulePreload: false },
    })
    server = createServer(async (request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
      const file = join(out, path === '/' ? 'index.html' : path)
      const found = await readFile(file).catch(() => undefined)
      response.writeHead(found === undefined ? 404 : 200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
      })
      response.end(found)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('says of a signature what it is, and of another document that it is not signed', async () => {
    const pki = await testPki({ kind: 'kz-2015-512', sandbox: false })
    // The authority is trusted: the Kazakh profile leaves its certificate out.
    const authority = readPem(rootsPem({ ...pki, root: pki.authority }))[0]?.bytes
    const signature = await signWith(pki.person, { content, form: 'detached' })
    const page = await browser.open()
    await page.clock.setFixedTime(testTimes.now)
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const choose = (id: string, buffer: Uint8Array) =>
      page.locator(`#${id}`).setInputFiles({
        name: id,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(buffer),
      })
    await choose('root', authority ?? new Uint8Array())
    await choose('signature', signature)
    await choose('document', content)
    await expect.poll(() => page.locator('#verdict').textContent()).toBe('TOTAL-PASSED')
    await choose('document', Buffer.from('another'))
    await expect.poll(() => page.locator('#verdict').textContent()).toBe('TOTAL-FAILED')
    await page.close()
    expect(browser.faults.filter((fault) => !fault.includes('favicon'))).toEqual([])
  })
})
