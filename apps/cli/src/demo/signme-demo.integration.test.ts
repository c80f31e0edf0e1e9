import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from '@muhr/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signmeScenarios } from './signme-scenarios.ts'

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

const completed = signmeScenarios.filter(({ expected }) => expected === 'completed')
/** One of every signer over every file. */
const containers = completed.reduce((sum, { files, signers }) => sum + files * signers.length, 0)

describe('muhr demo --provider signme', () => {
  let folder: string
  let out: string
  let trust: string
  let summary: readonly { readonly scenario: string; readonly state: string }[]
  let told: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-demo-'))
    out = join(folder, 'out')
    trust = join(out, 'sandbox-ca.pem')
    const [port, consolePort, caPort] = await freePorts(3)
    const { stdout, stderr } = await run(
      process.execPath,
      [main, 'demo', '--provider', 'signme', '--out', out, '--json'],
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
        timeout: 170_000,
      },
    )
    summary = JSON.parse(stdout)
    told = stderr
  }, 180_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('ends every scenario as the spec says', () => {
    expect(summary.map(({ scenario, state }) => `${scenario} ${state}`)).toEqual(
      signmeScenarios.map(({ name, expected }) => `${name} ${expected}`),
    )
  })

  it('has a request whose answer was lost, which its own push and signature then prove', () => {
    expect(told).toMatch(/person-lost-answer +completed .*requests were unknown/)
  })

  it('leaves evidence and containers beside their contents, which muhr verify accepts', async () => {
    // Anything but 0 throws.
    const { stdout } = await run(process.execPath, [
      main,
      'verify',
      out,
      '--trust',
      trust,
      '--json',
    ])
    const verified: readonly { readonly file: string; readonly indication: string }[] =
      JSON.parse(stdout)
    expect(verified.filter(({ file }) => file.endsWith('.p7s'))).toHaveLength(containers)
    expect(verified.filter(({ file }) => file.endsWith('.zip'))).toHaveLength(completed.length)
  })

  it.skipIf(!hasGostEngine)('has containers that OpenSSL with gost-engine accepts', async () => {
    const names = (await readdir(out, { recursive: true })).filter((name) => name.endsWith('.p7s'))
    expect(names).toHaveLength(containers)
    const algorithms = new Set<string>()
    for (const name of names) {
      const signature = join(out, name)
      const content = signature.slice(0, -'.p7s'.length)
      await run('openssl', [
        ...['cms', '-verify', '-engine', 'gost', '-binary', '-inform', 'DER'],
        ...['-in', signature, '-content', content],
        ...['-CAfile', trust, '-purpose', 'any', '-out', '/dev/null'],
      ])
      algorithms.add((await readFile(signature)).includes(gostKey) ? 'GOST' : 'RSA')
    }
    expect([...algorithms].sort()).toEqual(['GOST', 'RSA'])
  })
})

/** 1.2.643.7.1.1.1.1, a key of GOST R 34.10-2012 of 256 bits, in DER. */
const gostKey = Buffer.from('06082a85030701010101', 'hex')
