import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { testRandom } from '../testing/test-pki.ts'
import { openPki } from './test-pki.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-sandbox-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** What is there; nothing when a folder took its last name while it was being read. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error

    return []
  }
}

/** Starts a generation and kills it at the first moment at which `isTime` sees what it waits for. */
async function killWhen(isTime: (names: readonly string[]) => boolean): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../testing/generate-in-child.ts'), dir],
    { stdio: 'ignore' },
  )
  const exit = once(child, 'exit')
  for (let i = 0; i < 20_000 && child.exitCode === null; i++) {
    if (isTime(await namesIn(dir))) break
    await pause(1)
  }
  child.kill('SIGKILL')
  await exit
}

const moments: readonly [string, (names: readonly string[]) => boolean][] = [
  ['when its folder is just made', (names) => names.length === 1],
  ['when some files are written', (names) => names.some((name) => name.endsWith('.cer'))],
  ['when the citizens are being written', (names) => names.some((name) => name.endsWith('.p12'))],
  ['when the trust file is there', (names) => names.some((name) => name.endsWith('ca.pem'))],
]

it.each(moments)(
  'a generation killed %s is made whole by the next start',
  async (_name, isTime) => {
    await killWhen(isTime)
    // Either nothing stands under the name, or all of it does.
    if ((await readdir(dir)).includes('pki')) {
      expect(await readdir(join(dir, 'pki'))).toContain('pki.json')
    }
    const pki = await openPki({
      dir,
      trustUrl: 'http://127.0.0.1:8104',
      now: () => new Date(),
      random: testRandom,
      log: () => undefined,
    })
    expect(await readdir(dir)).toEqual(['pki'])
    expect(pki.manifest().certificates.length).toBe(38)
    const key = await pki.citizenKey({
      account: 'person',
      algorithm: 'kz-2015-512',
      state: 'valid',
    })
    expect(key.certificate.length).toBeGreaterThan(500)
  },
)
