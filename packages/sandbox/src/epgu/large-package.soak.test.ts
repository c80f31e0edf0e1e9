import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sandbox } from '../start-sandbox.ts'
import { askToken, controlOf, epguClient, openSender, packageOf } from '../testing/epgu-client.ts'

const MB = 1_000_000

let dir: string
let child: ChildProcess
let sandbox: Sandbox

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-large-'))
  child = fork(join(import.meta.dirname, '../testing/sandbox-child.ts'), [dir])
  const [ready] = await once(child, 'message')
  sandbox = { ready, stop: async () => undefined }
})
afterAll(async () => {
  child.disconnect()
  await once(child, 'exit')
  await rm(dir, { recursive: true, force: true })
})

const peak = async (): Promise<number> => {
  child.send('peak')
  const [{ peakBytes }] = await once(child, 'message')

  return peakBytes
}

it('a package of 15 documents and 100 MB is taken and signed, and never stands in memory', async () => {
  const sender = await openSender(sandbox)
  const token = await askToken(sandbox, sender)
  const client = epguClient(sandbox, () => token)
  // A small one first: code and tables are loaded with it.
  const small = await client.reserve()
  await client.chunk(small, await packageOf(sender))
  await client.settled(small)
  const before = await peak()
  const documents = Array.from({ length: 15 }, (_, index) => ({
    name: `${index}.pdf`,
    bytes: Buffer.alloc(Math.floor((100 * MB) / 15), index),
  }))
  const archive = await packageOf(sender, { documents })
  const id = await client.reserve()
  const chunks = Math.ceil(archive.length / (40 * MB))
  for (let chunk = 0; chunk < chunks; chunk++) {
    const piece = archive.subarray(chunk * 40 * MB, (chunk + 1) * 40 * MB)
    const { status } = await client.chunk(id, piece, { chunk, chunks })
    expect(status).toBe(chunk === chunks - 1 ? 200 : 206)
  }
  expect((await client.settled(id)).code).toBe('OK')
  await controlOf(sandbox)(`epgu/orders/${id}/sign`, 'POST', {})
  expect((await client.details(id)).order.orderStatusId).toBe(3)
  expect((await peak()) - before).toBeLessThan(96 * MB)
}, 240_000)
