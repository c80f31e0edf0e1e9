import { describe, expect, it } from 'vitest'
import type { OctetSource, RandomAccess } from '../asn1/index.ts'
import { createSignedData, createSignedDataStream } from '../cms/index.ts'
import { trustIn } from './testing/sample-containers.ts'
import { passedReport } from './testing/sample-judge.ts'
import { sampleNow, sampleSigningTime, testPki } from './testing/test-pki.ts'
import { verifySignatureStream } from './verify-signature-stream.ts'

const megabyte = 1024 * 1024
const size = 400 * megabyte
const allowedGrowth = 64 * megabyte
const timeoutMs = 3_600_000

/** Octets that nobody holds. */
const content: RandomAccess = {
  size,
  read: (offset, length, into = new Uint8Array(length)) => into.fill((offset / 4096) & 0xff),
}

/** Runs, and says by how many octets the process grew at most. */
const growthOf = async (run: () => Promise<void>): Promise<number> => {
  const before = process.memoryUsage.rss()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 5)
  try {
    await run()
  } finally {
    clearInterval(watch)
  }
  return Math.max(peak, process.memoryUsage.rss()) - before
}

describe.each(['rsa-2048', 'ru-2012-256'] as const)('400 MB, %s', async (kind) => {
  const pki = await testPki(kind)
  const signers = [{ ...pki.signer, signingTime: sampleSigningTime }]
  const certificates = [pki.authority.certificate.bytes]
  const verify = async (input: { container: OctetSource; content?: OctetSource }) => {
    const { report } = await verifySignatureStream({
      ...input,
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(report).toMatchObject(passedReport)
  }

  it(
    'detached: made and verified in constant memory',
    async () => {
      const growth = await growthOf(async () => {
        const container = await createSignedData({
          content,
          form: 'detached',
          signers,
          certificates,
        })
        await verify({ container, content })
      })
      expect(growth).toBeLessThan(allowedGrowth)
    },
    timeoutMs,
  )

  it.each(['der', 'ber'] as const)(
    'attached, %s: made and verified in constant memory',
    async (encoding) => {
      const growth = await growthOf(() =>
        verify({ container: createSignedDataStream({ content, encoding, signers, certificates }) }),
      )
      expect(growth).toBeLessThan(allowedGrowth)
    },
    timeoutMs,
  )
})
