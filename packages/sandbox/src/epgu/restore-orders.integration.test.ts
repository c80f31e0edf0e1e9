import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sandbox } from '../start-sandbox.ts'
import {
  askToken,
  controlOf,
  epguClient,
  openSender,
  packageOf,
  request19,
} from '../testing/epgu-client.ts'

let dir: string
let child: ChildProcess | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-restore-'))
})
afterEach(async () => {
  await kill()
  await rm(dir, { recursive: true, force: true })
})

async function kill(): Promise<void> {
  if (child === undefined) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  child = undefined
}

/** Starts a sandbox in the folder, after killing the one that runs. */
async function start() {
  await kill()
  child = fork(join(import.meta.dirname, '../testing/sandbox-child.ts'), [dir])
  const [ready] = await once(child, 'message')
  const sandbox: Sandbox = { ready, stop: async () => undefined }
  const sender = await openSender(sandbox)
  const token = await askToken(sandbox, sender)

  return { sender, client: epguClient(sandbox, () => token), control: controlOf(sandbox) }
}

it('orders of a sandbox that was killed are all there at the next start, and go on', async () => {
  const first = await start()
  await first.control('epgu/recipients', 'PUT', {
    recipients: [{ id: 'own', snils: '000-000-077 77', behaviour: 'manual' }],
  })
  const send = async (request?: string): Promise<number> => {
    const id = await first.client.reserve()
    const archive = await packageOf(first.sender, request === undefined ? {} : { request })
    await first.client.chunk(id, archive)

    return id
  }
  const reserved = await first.client.reserve()
  const signed = await send()
  await first.client.settled(signed)
  await first.control(`epgu/orders/${signed}/sign`, 'POST', {})
  const waiting = await send(request19({ recipient: '<Snils>000-000-077 77</Snils>' }))
  await first.client.settled(waiting)
  const before = await first.client.details(signed)
  const unchecked = await send()

  const second = await start()
  const { client } = second
  expect(await client.details(signed)).toEqual(before)
  expect((await client.settled(unchecked)).order.orderStatusId).toBe(17)
  expect((await client.details(reserved)).order.orderStatusId).toBe(0)
  await second.control(`epgu/orders/${waiting}/sign`, 'POST', {})
  const { order } = await client.details(waiting)
  expect([order.orderStatusId, order.orderResponseFiles.length]).toEqual([3, 3])
  expect(order.currentStatusHistoryId).toBeGreaterThan(before.order.currentStatusHistoryId)
  expect(await client.reserve()).toBeGreaterThan(unchecked)
  const bulk = await client.call(
    '/api/gusmev/order/getUpdatedAfter?pageNum=0&pageSize=10&updatedAfter=2020-01-01T00:00:00.000',
  )
  expect((await bulk.json()).totalCount).toBe(5)
})
