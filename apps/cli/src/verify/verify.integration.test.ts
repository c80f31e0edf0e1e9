import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeEvidence, rootsPem, signWith, testPki } from '@muhr/evidence/testing'
import { writePem } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../../..')
const launcher = resolve(root, 'apps/cli/bin/muhr.js')
const program = existsSync(launcher) ? launcher : resolve(root, 'apps/cli/src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'muhr-verify-'))
const content = Buffer.from('%PDF-1.7\nДоговор № 17\n%%EOF\n')

const place = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(folder, name), bytes)

  return join(folder, name)
}

/** The command as a person types it, in a process of its own. */
function muhr(args: readonly string[], input?: Uint8Array) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, MUHR_DATA: join(folder, 'data'), MUHR_TRUST: '' },
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  })

  return { code: status, stdout, stderr }
}

let signature: Uint8Array

beforeAll(async () => {
  const pki = await testPki({ kind: 'rsa-2048', sandbox: true })
  const gost = await testPki({ kind: 'kz-2015-512', sandbox: true })
  signature = await signWith(pki.person, { content, form: 'detached', tsa: pki.tsa })
  place('a.pdf', content)
  place('a.p7s', signature)
  place('bundle.zip', (await makeEvidence()).bytes)
  place('ca.pem', rootsPem(pki, gost) + writePem('CERTIFICATE', pki.authority.certificate.bytes))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('muhr verify as a process', () => {
  it('ends with 0, 1, 2, 64 and 65', () => {
    const signed = ['a.p7s', '--content', 'a.pdf']
    const changed = Uint8Array.from(signature)
    changed[changed.length - 40] = (changed[changed.length - 40] ?? 0) ^ 1
    place('changed.p7s', changed)
    expect(muhr(['verify', ...signed, '--trust', 'ca.pem'])).toMatchObject({ code: 0, stderr: '' })
    expect(muhr(['verify', 'changed.p7s', '--content', 'a.pdf', '--trust', 'ca.pem']).code).toBe(1)
    expect(muhr(['verify', ...signed]).code).toBe(2)
    expect(muhr(['verify', ...signed, '--bogus']).code).toBe(64)
    expect(muhr(['verify']).code).toBe(64)
    expect(muhr(['verifi', ...signed])).toMatchObject({ code: 64, stdout: '' })
    expect(muhr([]).code).toBe(64)
    expect(muhr(['verify', 'a.pdf', '--trust', 'ca.pem']).code).toBe(65)
  })

  it('takes --trust more than once, standard input and --json', () => {
    const run = muhr(
      ['verify', '-', '--content', 'a.pdf', '--trust', 'ca.pem', '--trust', 'ca.pem', '--json'],
      signature,
    )
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: true })
  })

  it('judges a bundle, and one with a changed octet', async () => {
    const { bytes } = await makeEvidence()
    expect(muhr(['verify', 'bundle.zip', '--trust', 'ca.pem']).code).toBe(0)
    expect(muhr(['verify', 'bundle.zip']).code).toBe(2)
    for (const at of [0, 40, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x10
      expect(muhr(['verify', place('changed.zip', changed), '--trust', 'ca.pem']).code).toBe(1)
    }
  })
})

describe('muhr inspect and trust as processes', () => {
  it('end with 0, 64 and 65', () => {
    expect(muhr(['inspect', 'a.p7s'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('a CMS signature'),
    })
    expect(muhr(['inspect']).code).toBe(64)
    expect(muhr(['inspect', 'nowhere']).code).toBe(65)
    expect(muhr(['trust', 'list'])).toMatchObject({ code: 0 })
    expect(muhr(['trust', 'add', 'ca.pem']).code).toBe(65)
    expect(muhr(['trust']).code).toBe(64)
  })
})
