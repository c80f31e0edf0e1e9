import { describe, expect, it } from 'vitest'
import { everyValue, findUndetectedChanges, tellingValues } from './testing/change-octets.ts'
import { isRespelling, sampleContainers } from './testing/sample-containers.ts'
import { sampleNow } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'

/** Every octet of every sample; RSA to every value, GOST to the telling ones. Hours on one core. */
const plans = {
  'rsa-2048': { stride: 1, values: everyValue },
  'kz-2015-512': { stride: 1, values: tellingValues },
} as const

const timeoutMs = 12 * 3_600_000

describe.each(['rsa-2048', 'kz-2015-512'] as const)('every octet changed, %s', async (kind) => {
  for (const sample of await sampleContainers(kind)) {
    it(
      `fails: ${sample.name}`,
      async () => {
        const { trust, stored, content } = sample
        const undetected = await findUndetectedChanges(
          sample.container,
          async (container) => {
            const { report } = await verifySignature({
              container,
              ...(content === undefined ? {} : { content }),
              trust,
              policy: 'etsi-basic',
              now: sampleNow,
              ...(stored === undefined ? {} : { stored }),
            })
            return report
          },
          plans[kind],
        )
        expect(undetected.filter((change) => !isRespelling(sample, change))).toEqual([])
      },
      timeoutMs,
    )
  }
})
