import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { refusals } from './refusals/refusals.ts'
import { serve } from './testing/serve.ts'
import { containerSample, fieldOf, testSuffix } from './testing/test-signme.ts'

const run = promisify(execFile)
const entry = pathToFileURL(join(import.meta.dirname, 'index.ts')).href
const readme = () => readFile(join(import.meta.dirname, '../README.md'), 'utf8')

/** The block of the README that bears the name, with this package in place of its name. */
async function exampleOf(name: string): Promise<string> {
  const block = new RegExp(`\`\`\`\\w+ example=${name}\\n(.*?)\`\`\``, 's').exec(
    await readme(),
  )?.[1]
  expect(block, `the README has an example ${name}`).toBeDefined()

  return (block ?? '').replace("'@muhr/signme'", `'${entry}'`)
}

async function runExample(
  source: string,
): Promise<{ readonly folder: string; readonly stdout: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-signme-readme-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'contract.pdf'), 'Hello')
  await writeFile(join(folder, 'example.ts'), source)
  const { stdout } = await run(process.execPath, [join(folder, 'example.ts')], {
    cwd: folder,
    env: { ...process.env, SIGNME_KEY: 'TESTKEY', NODE_NO_WARNINGS: '1' },
  })

  return { folder, stdout }
}

describe('the README, followed to the letter by a stranger under Node', () => {
  it('sends, waits and fetches', async () => {
    let asked = 0
    const server = await serve(({ path }) => {
      if (path === '/signapi/sjson') return { status: 200, body: testSuffix }
      if (path.startsWith('/signapi/check/')) {
        asked += 1

        return { status: 200, body: { status: asked < 3 ? '0' : '1' } }
      }

      return { status: 200, body: containerSample }
    })
    const source = await exampleOf('send')
    const { folder, stdout } = await runExample(
      source.replace('https://sandbox.sign.me', server.url).replace('30_000', '1'),
    )
    expect(stdout).toBe(`sign here: ${server.url}/signapi/sjson/${testSuffix}\nsigned\n`)
    expect(await readFile(join(folder, 'contract.pdf.p7s'))).toEqual(containerSample)
    expect(fieldOf(server.arrived[0]?.body ?? Buffer.of(), 'rfile')).toMatchObject({
      filet: 'SGVsbG8=',
      key: 'TESTKEY',
      url: 'GET:https://gw.example.test/cb/signme/k7Qm2xV9sT4pWb1cLh8Rz0Ny',
    })
    expect(asked).toBe(3)
  })

  it('reads what comes back', async () => {
    const { stdout } = await runExample(await exampleOf('callbacks'))
    expect(stdout).toBe('wrong-password false\n8b1a9953c4611296a827abf8c47804d7 2012-256\n')
  })

  it('names every code of errors', async () => {
    const types = await readFile(join(import.meta.dirname, 'error.ts'), 'utf8')
    const codes = new Set(types.match(/'signme\.[a-z-]+'/g)?.map((code) => code.slice(1, -1)))
    const text = await readme()
    expect(codes.size).toBe(8)
    expect([...codes].filter((code) => !text.includes(`| \`${code}\` |`))).toEqual([])
    for (const entry of Object.values(refusals).flatMap((group) => Object.values(group))) {
      expect(entry.meaning).not.toBe('')
    }
  })
})
