import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compute } from './gost-page/compute.ts'
import { hasChromium, openBrowser, type TestBrowser } from './open-browser.ts'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }
const policyOf = (scripts: string): string =>
  `default-src 'none'; script-src ${scripts}; worker-src 'self'`

/** The code of packages/gost/README.md for a browser. */
async function readExample(): Promise<string> {
  const path = fileURLToPath(new URL('../README.md', import.meta.resolve('@muhr/gost')))
  const [, code = ''] = /```ts\n(\/\/ page\.ts\n.*?)```/s.exec(await readFile(path, 'utf8')) ?? []

  return code
}

describe.skipIf(!hasChromium)('packages/gost bundled by Vite, in Chromium', () => {
  let folder: string
  let sources: string
  let server: Server
  let browser: TestBrowser
  let policy = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-gost-page-'))
    sources = await mkdtemp(join(import.meta.dirname, '.gost-page-'))
    await cp(join(import.meta.dirname, 'gost-page'), sources, { recursive: true })
    await writeFile(
      join(sources, 'readme.html'),
      '<!doctype html><title>gost</title><body><script type="module" src="./readme.ts"></script>',
    )
    await writeFile(join(sources, 'readme.ts'), await readExample())
    await build({
      root: sources,
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'esnext',
        modulePreload: false,
        rollupOptions: { input: ['index.html', 'readme.html'].map((name) => join(sources, name)) },
      },
      worker: { format: 'es' },
    })
    server = createServer(async (request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
      const file = join(folder, path === '/' ? 'index.html' : path)
      const contents = await readFile(file).catch(() => undefined)
      response.writeHead(contents === undefined ? 404 : 200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
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
    await rm(sources, { recursive: true, force: true })
  })

  it('runs the example of the README: a file chosen by the user is hashed', async () => {
    policy = policyOf("'self' 'wasm-unsafe-eval'")
    const page = await browser.open()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readme.html`)
    await page.setInputFiles('input', {
      name: 'abc.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('abc'),
    })
    await page.locator('output:not(:empty)').waitFor()
    expect(await page.locator('output').textContent()).toBe(
      '4e2919cf137ed41ec4fb6270c61826cc4fffb660341e0af3688cd0626d23b481 wasm-relaxed-simd',
    )
    await page.close()
  })

  /** What the page computed under a content security policy. */
  const computeInPage = async (contentSecurityPolicy: string) => {
    policy = contentSecurityPolicy
    const page = await browser.open()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const text = await page.locator('output').textContent()
    await page.close()

    return JSON.parse(text ?? '')
  }

  it('hashes, signs and verifies as Node does, also in a pool, on WebAssembly', async () => {
    const inNode = await compute()
    expect(await computeInPage(policyOf("'self' 'wasm-unsafe-eval'"))).toEqual(inNode)
    expect(inNode.backend).toBe('wasm-relaxed-simd')
    expect(inNode.inPool).toEqual(new Array(20).fill(true))
    for (const { isAccepted, isAlteredAccepted } of inNode.signatures) {
      expect({ isAccepted, isAlteredAccepted }).toEqual({
        isAccepted: true,
        isAlteredAccepted: false,
      })
    }
  })

  it('gives the same in TypeScript where the policy of the page forbids WebAssembly', async () => {
    const inNode = await compute()
    expect(await computeInPage(policyOf("'self'"))).toEqual({ ...inNode, backend: 'typescript' })
  })
})
