import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPem } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testRandom } from '../testing/test-pki.ts'
import type { Manifest } from './manifest.ts'
import { organisationSpecs } from './russian-profile.ts'
import { openPki } from './test-pki.ts'

describe('a PKI that an earlier version made', () => {
  let dir: string
  const open = (now = new Date()) =>
    openPki({
      dir,
      trustUrl: 'http://127.0.0.1:8104',
      now: () => now,
      random: testRandom,
      log: () => undefined,
    })

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-complete-'))
    await open()
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it('gets what it lacks, and keeps everything that it has', async () => {
    const file = join(dir, 'pki/pki.json')
    const whole = JSON.parse(await readFile(file, 'utf8')) as Manifest
    const old = whole.certificates.filter(({ name }) => !/(^|-)ru(-|$)/.test(name))
    expect(old).toHaveLength(25)
    await writeFile(file, JSON.stringify({ ...whole, certificates: old }))
    await writeFile(join(dir, 'pki/ca.pem'), '')
    const pki = await open()
    expect(pki.manifest().certificates.slice(0, 25)).toEqual(old)
    expect(pki.manifest().certificates).toHaveLength(38)
    expect(readPem(await readFile(pki.caFile, 'latin1'))).toHaveLength(6)
    const again = await open()
    expect(again.manifest()).toEqual(pki.manifest())
  })

  it('issues organisations anew before they expire, but those that are to be expired', async () => {
    const pki = await open(new Date(Date.now() + 350 * 86_400_000))
    const count = (name: string): number =>
      pki.manifest().certificates.filter((record) => record.name === name).length
    for (const { name, state } of organisationSpecs) {
      expect([name, count(name)]).toEqual([name, state === 'expired' ? 1 : 2])
    }
  })
})
