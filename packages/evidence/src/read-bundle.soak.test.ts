import { expect, it } from 'vitest'
import { verifyBundle } from './judge/verify-bundle.ts'
import { makeEvidence, testTimes } from './testing/make-evidence.ts'
import { trustIn } from './testing/test-pki.ts'

it('any changed octet of a bundle fails it, changed in any of eight ways', async () => {
  const evidence = await makeEvidence()
  const options = {
    trust: trustIn(...evidence.pkis),
    policy: 'etsi-basic',
    now: testTimes.now,
  } as const
  expect((await verifyBundle(evidence.bytes, options)).indication).toBe('TOTAL-PASSED')
  const bytes = Uint8Array.from(evidence.bytes)
  const undetected: string[] = []
  for (let at = 0; at < bytes.length; at += 1) {
    const right = bytes[at] ?? 0
    for (let bit = 0; bit < 8; bit += 1) {
      bytes[at] = right ^ (1 << bit)
      const { indication } = await verifyBundle(bytes, options)
      if (indication !== 'TOTAL-FAILED') {
        undetected.push(`${at} bit ${bit}: ${indication}`)
      }
    }
    bytes[at] = right
  }
  expect(undetected).toEqual([])
})
