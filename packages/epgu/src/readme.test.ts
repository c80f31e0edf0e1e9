import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { createSigningKey, generateKey, writePkcs12 } from '@muhr/pki'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contours } from './gateway/contours.ts'
import { serve } from './testing/serve.ts'
import { readMultipart } from './testing/test-gateway.ts'
import { selfSigned } from './testing/test-signer.ts'
import { testJwt } from './testing/test-token.ts'

const run = promisify(execFile)
const entry = pathToFileURL(join(import.meta.dirname, 'index.ts')).href
const pki = import.meta.resolve('@muhr/pki')
const apiKey = '3f0c2b1e-93a4-4c1d-8a55-0d2f6c7b8e90'

const readme = () => readFile(join(import.meta.dirname, '../README.md'), 'utf8')

/** The block of the README that bears the name. */
async function exampleOf(name: string): Promise<string> {
  const block = new RegExp(`\`\`\`\\w+ example=${name}\\n(.*?)\`\`\``, 's').exec(
    await readme(),
  )?.[1]
  expect(block, `the README has an example ${name}`).toBeDefined()

  return block ?? ''
}

async function workFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-epgu-readme-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const pkcs8 = generateKey('ru-2012-256')
  const certificate = await selfSigned(createSigningKey(pkcs8))
  await writeFile(
    join(folder, 'organisation.p12'),
    writePkcs12({
      password: 'Qwerty12',
      entries: [{ key: pkcs8, certificates: [certificate.bytes] }],
    }),
  )
  await writeFile(join(folder, 'package.zip'), 'PK zip of the service')

  return folder
}

/** ESIA and gateway in one, as little of them as the example needs. */
function portal() {
  return serve((request) => {
    const { path } = request
    if (path.startsWith('/esia-rs/')) {
      const iat = Math.floor(Date.now() / 1000)

      return { status: 200, body: { accessTkn: testJwt({ iat, exp: iat + 10_800 }) } }
    }
    if (!request.headers.authorization?.startsWith('Bearer ey')) return { status: 401 }
    if (path === '/api/gusmev/order') return { status: 200, body: { orderId: 4654755604 } }
    if (path === '/api/gusmev/push/chunked') return { status: 200, body: { orderId: 4654755604 } }
    if (path.startsWith('/api/gusmev/files/download/')) return { status: 200, body: 'result' }

    const order = {
      id: 4654755604,
      orderStatusId: 3,
      closed: true,
      orderResponseFiles: [{ fileName: 'a.sig', link: 'terrabyte://00/21032616219/a/3' }],
    }

    return { status: 200, body: { code: 'OK', order: JSON.stringify(order) } }
  })
}

describe('the README, followed to the letter by a stranger under Node', () => {
  it('gets a token, reserves, sends, reads the status and downloads', async () => {
    const folder = await workFolder()
    const server = await portal()
    const source = (await exampleOf('send'))
      .replace("'@muhr/epgu'", `'${entry}'`)
      .replace("'@muhr/pki'", `'${pki}'`)
      .replace('contours.test.esiaUrl', `'${server.url}'`)
      .replace('contours.test.epguUrl', `'${server.url}'`)
    expect(source).not.toContain('contours.test.')
    await writeFile(join(folder, 'send.ts'), source)
    const { stdout } = await run(process.execPath, [join(folder, 'send.ts')], {
      cwd: folder,
      env: { ...process.env, ESIA_API_KEY: apiKey, NODE_NO_WARNINGS: '1' },
    })
    expect(stdout).toContain('4654755604')
    expect(stdout).toContain('status 3')
    expect(stdout).toContain('a.sig')
    expect(await readFile(join(folder, '4654755604-0'), 'utf8')).toBe('result')

    const [token, reserved, sent, asked, downloaded] = server.arrived
    expect(token?.path).toContain(apiKey)
    expect(reserved?.path).toBe('/api/gusmev/order')
    expect(asked?.path).toBe('/api/gusmev/order/4654755604')
    expect(downloaded?.query.get('mnemonic')).toBe('a')
    if (sent === undefined) throw new Error('No package arrived.')
    const file = (await readMultipart(sent)).get('file') as File
    expect(await file.text()).toBe('PK zip of the service')
  })

  it('names every known contour, and every error code of the gateway', async () => {
    const text = await readme()
    for (const { esiaUrl, epguUrl } of Object.values(contours)) {
      expect(text).toContain(new URL(esiaUrl).host)
      expect(text).toContain(new URL(epguUrl).host)
    }
    const source = await Promise.all(
      ['esia/error-data.ts', 'gateway/error-data.ts'].map((path) =>
        readFile(join(import.meta.dirname, path), 'utf8'),
      ),
    )
    const codes = source.join('').matchAll(/readonly '((?:esia|epgu)\.[a-z-]+)'/g)
    for (const [, code] of codes) expect(text, code).toContain(`\`${code}\``)
  })
})
