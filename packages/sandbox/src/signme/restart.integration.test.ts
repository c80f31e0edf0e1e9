import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'
import { md5Of, packageFor, signmeClient } from '../testing/signme-client.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-signme-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const NOW = Date.parse('2026-05-05T09:00:00Z')
const start = (signmeSeed?: string) =>
  startSandbox({
    dir,
    ports: FREE_PORTS,
    now: () => new Date(NOW),
    ...(signmeSeed === undefined ? {} : { signmeSeed }),
  })

it('requests, signatures, files and accounts outlive the process; people go on', async () => {
  const first = await start()
  const before = signmeClient(first)
  const signed = await before.sign(packageFor('one'))
  const open = await before.sign(packageFor('two'))
  const waiting = await before.sign(packageFor('three', { user_ph: '+79990000006' }))
  const uuid = await before.multi({
    files: [{ filet: 'eA==', fname: 'x.txt' }],
    key: 'TESTKEY',
    user_ph: '+79990000001',
  })
  await before.act(signed, 'sign', { user: 'anna' })
  await before.control('accounts', 'PUT', { users: [{ id: 'anna', password: 'other' }] })
  const container = await before.container(md5Of('one'))
  await first.stop()

  const second = await start()
  const after = signmeClient(second)
  expect(await after.status(signed)).toEqual({ status: '1' })
  expect(await after.status(open)).toEqual({ status: '0' })
  expect(await after.multiStatus(uuid)).toEqual({ status: '0' })
  expect(await after.container(md5Of('one'))).toEqual(container)
  const page = await after.form(`/signapi/sjson/${open}`, { action: 'sign', password: 'other' })
  expect(await page.text()).toContain('Документ подписан')
  await fetch(`${after.base}/_sim/clock`, {
    method: 'PUT',
    headers: { 'x-muhr-sim-secret': second.ready.control.secret },
    body: '{"offsetMs":3601000}',
  })
  await expect.poll(() => after.status(waiting)).toEqual({ status: '1' })
  const next = await after.sign(packageFor('four'))
  expect(Number(next.split('/')[0])).toBe(Number(waiting.split('/')[0]) + 2)
  await second.stop()
})

it('gives the same suffixes and UUIDs for the same seed, clock and calls', async () => {
  const run = async (): Promise<readonly string[]> => {
    await rm(join(dir, 'signme'), { recursive: true, force: true })
    const sandbox = await start('a seed')
    const signme = signmeClient(sandbox)
    const given = [
      await signme.sign(packageFor('one')),
      await signme.multi({ files: [{ filet: 'eA==', fname: 'x.txt' }], key: 'TESTKEY' }),
      await signme.multi({ files: [{ filet: 'eA==', fname: 'x.txt' }], key: 'TESTKEY' }),
    ]
    await sandbox.stop()

    return given
  }
  const given = await run()
  expect(new Set(given).size).toBe(3)
  expect(await run()).toEqual(given)
})
