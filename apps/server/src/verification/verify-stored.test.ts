import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTrustStore } from '@muhr/pki'
import { openSoftwareKey, type UnattendedSignerKey } from '@muhr/signer-key'
import { createTestAuthority } from '@muhr/signer-key/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStore } from '../store/blob-store.ts'
import { createFileStore } from '../store/file-store.ts'
import { verifyStored } from './verify-stored.ts'

const megabyte = 1024 * 1024
const now = new Date()

let folder: string
let store: BlobStore
let key: UnattendedSignerKey

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muhr-verify-stored-'))
  store = await createFileStore(folder)
  const own = await (await createTestAuthority()).issue()
  key = await openSoftwareKey({ files: new TextEncoder().encode(own.keyPem + own.certificatePem) })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const rules = { trust: createTrustStore([]), policy: 'etsi-basic', now } as const

/** Octets that nobody holds. */
async function* octets(bytes: number): AsyncGenerator<Uint8Array> {
  const piece = randomBytes(megabyte)
  for (let at = 0; at < bytes; at += piece.length) yield piece.slice(0, bytes - at)
}

const sign = (content: AsyncIterable<Uint8Array> | Uint8Array) =>
  key.signDetached(content, { signingTime: now })

/** Runs, and says by how many octets the process grew at most. */
async function growthOf(run: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 2)
  try {
    await run()
  } finally {
    clearInterval(watch)
  }

  return Math.max(peak, process.memoryUsage.rss()) - before
}

describe('a stored signature', () => {
  it('over 140 MB of stored content is verified without it being in memory', async () => {
    const content = await store.put(octets(140 * megabyte))
    const container = await store.put(await sign(store.open(content.sha256)))
    const growth = await growthOf(async () => {
      const { report } = await verifyStored(store, { ...rules, container, content })
      expect(report.signatures).toMatchObject([{ cryptography: 'valid' }])
      expect(report.signatures[0]?.checks).toContainEqual(
        expect.objectContaining({ name: 'content-digest', result: 'passed' }),
      )
    })
    expect(growth).toBeLessThan(128 * megabyte)
  })

  it('over other content is told from one that is right', async () => {
    const container = await store.put(await sign(randomBytes(100)))
    const content = await store.put(randomBytes(100))
    const { report } = await verifyStored(store, { ...rules, container, content })
    expect(report.subIndication).toBe('HASH_FAILURE')
  })

  it('that is none is refused, and leaves no file open', async () => {
    const content = await store.put(randomBytes(300_000))
    const openFiles = async () => (await readdir('/proc/self/fd')).length
    const container = await store.put(randomBytes(700_000))
    const before = await openFiles()
    for (let round = 0; round < 5; round += 1) {
      const { report } = await verifyStored(store, { ...rules, container, content })
      expect(report).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'FORMAT_FAILURE',
        signatures: [],
      })
    }
    await expect.poll(openFiles).toBeLessThanOrEqual(before)
  })

  it('over content that was damaged in the store says nothing of it', async () => {
    const bytes = randomBytes(500_000)
    const container = await store.put(await sign(bytes))
    const content = await store.put(bytes)
    const file = (await readdir(folder, { recursive: true })).find((name) =>
      name.endsWith(content.sha256),
    )
    await truncate(join(folder, file ?? ''), 400_000)
    await expect(verifyStored(store, { ...rules, container, content })).rejects.toMatchObject({
      code: 'store.corrupt',
    })
  })
})
