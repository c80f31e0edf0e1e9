import { randomFillSync } from 'node:crypto'
import { median, print } from '../figure.ts'
import type { HttpClient } from './http-client.ts'
import { memoryOf } from './processes.ts'

const size = 100 * 1024 * 1024 - 1024
const chunkSize = 64 * 1024
const rounds = 5

/** 100 MB that no cache has seen: every chunk begins with its own number. */
async function* freshBytes(seed: number): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(chunkSize)
  randomFillSync(chunk)
  for (let sent = 0; sent < size; sent += chunkSize) {
    const part = Buffer.from(chunk.subarray(0, Math.min(chunkSize, size - sent)))
    part.writeDoubleLE(seed, 0)
    part.writeUInt32LE(sent / chunkSize, 8)
    yield part
  }
}

async function upload(client: HttpClient, seed: number): Promise<number> {
  const start = performance.now()
  const answer = await client.send('POST', '/v1/documents?fileName=large.bin', {
    bytes: freshBytes(seed),
    type: 'application/octet-stream',
    length: size,
  })
  if (answer.status !== 201) {
    throw new Error(`upload answered ${answer.status}: ${answer.body.toString()}`)
  }

  return size / 1e6 / ((performance.now() - start) / 1000)
}

/** A 100 MB upload, ours and the peer's in turn; the peak of the server's RSS over what it was before. */
export async function measureUpload(
  us: HttpClient,
  peer: HttpClient,
  serverPid: number,
): Promise<void> {
  await upload(us, Math.random())
  await upload(peer, Math.random())
  const before = memoryOf(serverPid, 'Rss')
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(serverPid, 'Rss'))
  }, 20)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await upload(us, Math.random()))
    theirs.push(await upload(peer, Math.random()))
  }
  clearInterval(watch)
  print({
    metric: 'upload of 100 MB, streamed',
    value: median(ours),
    unit: 'MB/s',
    peer: 'plain Fastify, same fsync and one INSERT',
    peerValue: median(theirs),
    ratio: median(ours) / median(theirs),
    bar: '>= 150',
  })
  print({
    metric: 'peak RSS growth during uploads',
    value: peak - before,
    unit: 'MB',
    bar: '<= 150',
  })
}
