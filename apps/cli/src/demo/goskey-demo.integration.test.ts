import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from '@muhr/server/testing'
import { readZip } from '@muhr/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goskeyExpiries, goskeyScenarios } from './goskey-scenarios.ts'

const run = promisify(execFile)
const main = join(import.meta.dirname, '..', 'main.ts')

/** Has this machine an OpenSSL that knows GOST? */
const hasGostEngine = (() => {
  try {
    return execFileSync('openssl', ['engine', 'gost']).toString().includes('gost')
  } catch {
    return false
  }
})()

type Line = { readonly scenario: string; readonly expected: string; readonly state: string }
type Manifest = {
  readonly signatures: readonly { readonly path: string; readonly content: string }[]
}

const limits = { entries: 1_000, totalBytes: 50_000_000, ratio: 1_000 } as const

describe('muhr demo --provider goskey', () => {
  let folder: string
  let out: string
  let summary: readonly (Line & { readonly evidence?: string })[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-demo-'))
    out = join(folder, 'out')
    const [port, consolePort, caPort] = await freePorts(3)
    const { stdout } = await run(
      process.execPath,
      [main, 'demo', '--provider', 'goskey', '--out', out, '--json'],
      {
        env: {
          ...process.env,
          MUHR_DATA: join(folder, 'data'),
          MUHR_PORT: String(port),
          MUHR_SANDBOX_CONSOLE_PORT: String(consolePort),
          MUHR_SANDBOX_CA_PORT: String(caPort),
          MUHR_SANDBOX_ESIA_PORT: '0',
          MUHR_SANDBOX_EPGU_PORT: '0',
          MUHR_SANDBOX_SIGNME_PORT: '0',
          MUHR_SANDBOX_TLS_PORT: '0',
        },
        timeout: 240_000,
      },
    )
    summary = JSON.parse(stdout)
  }, 250_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('ends every scenario as the spec says', () => {
    expect(summary.map(({ scenario, state }) => `${scenario} ${state}`)).toEqual(
      [...goskeyScenarios, ...goskeyExpiries].map(({ name, expected }) => `${name} ${expected}`),
    )
  })

  it('leaves evidence of every completed one, which muhr verify accepts', async () => {
    const bundles = summary.flatMap(({ evidence }) => evidence ?? [])
    expect(bundles).toHaveLength(
      goskeyScenarios.filter(({ expected }) => expected === 'completed').length,
    )
    for (const bundle of bundles) {
      // Anything but 0 throws.
      await run(process.execPath, [
        main,
        'verify',
        join(out, bundle),
        '--trust',
        join(out, 'sandbox-ca.pem'),
      ])
    }
  })

  it.skipIf(!hasGostEngine)('has signatures that OpenSSL with gost-engine accepts', async () => {
    let verified = 0
    for (const bundle of summary.flatMap(({ evidence }) => evidence ?? [])) {
      const files = readZip(new Uint8Array(await readFile(join(out, bundle))), { limits })
      const manifest: Manifest = JSON.parse(
        Buffer.from(files.get('manifest.json') ?? []).toString('utf8'),
      )
      for (const { path, content } of manifest.signatures) {
        await writeFile(join(folder, 'signature'), files.get(path) ?? '')
        await writeFile(join(folder, 'content'), files.get(content) ?? '')
        await run('openssl', [
          ...['cms', '-verify', '-engine', 'gost', '-binary', '-inform', 'DER'],
          ...['-in', join(folder, 'signature'), '-content', join(folder, 'content')],
          ...['-CAfile', join(out, 'sandbox-ca.pem'), '-purpose', 'any', '-out', '/dev/null'],
        ])
        verified += 1
      }
    }
    const asked = goskeyScenarios.filter(({ expected }) => expected === 'completed')
    expect(verified).toBe(asked.reduce((sum, { documents }) => sum + documents, 0))
  })
})
