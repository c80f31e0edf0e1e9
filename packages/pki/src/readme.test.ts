import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSigningKey, generateKey } from './keys/index.ts'
import { writePkcs12 } from './pkcs12/index.ts'
import { issue } from './verify/testing/test-pki.ts'

const run = promisify(execFile)
const entry = pathToFileURL(join(import.meta.dirname, 'index.ts')).href
const content = new TextEncoder().encode('Договор № 17')

/** The block of the README that bears the name. */
const exampleOf = async (name: string): Promise<string> => {
  const text = await readFile(join(import.meta.dirname, '../README.md'), 'utf8')
  const block = new RegExp(`\`\`\`\\w+ example=${name}\\n(.*?)\`\`\``, 's').exec(text)?.[1]
  expect(block, `the README has an example ${name}`).toBeDefined()
  return block ?? ''
}

describe('the README, followed to the letter by a stranger under Node', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-pki-readme-'))
    // The examples look at the clock of the machine: these are valid whenever the test runs.
    const notAfter = new Date('2049-01-01T00:00:00Z')
    const root = await issue({ commonName: 'TEST root', kind: 'ru-2012-256', ca: {}, notAfter })
    const pkcs8 = generateKey('ru-2012-256')
    const signer = await issue(
      { commonName: 'TEST signer', key: createSigningKey(pkcs8), notAfter },
      root,
    )
    await writeFile(join(folder, 'root.cer'), root.certificate.bytes)
    await writeFile(join(folder, 'contract.pdf'), content)
    const store = writePkcs12({
      password: 'Qwerty12',
      entries: [{ key: pkcs8, certificates: [signer.certificate.bytes] }],
    })
    await writeFile(join(folder, 'signer.p12'), store)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const runExample = async (name: string): Promise<string> => {
    const source = (await exampleOf(name)).replace("'@muhr/pki'", `'${entry}'`)
    const file = join(folder, `${name}.ts`)
    await writeFile(file, source)
    const { stdout } = await run(process.execPath, [file], { cwd: folder })
    return stdout
  }

  it('signs, and verifies what it signed; another document fails', async () => {
    await runExample('sign')
    expect(await runExample('verify')).toContain('TOTAL-PASSED')
    await writeFile(join(folder, 'contract.pdf'), 'another')
    expect(await runExample('verify')).toContain('TOTAL-FAILED')
    await writeFile(join(folder, 'contract.pdf'), content)
  })
})
