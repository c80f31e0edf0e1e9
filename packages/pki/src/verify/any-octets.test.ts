import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPkiError } from '../error.ts'
import { sampleContainers } from './testing/sample-containers.ts'
import { sampleNow } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'

type Edit = { readonly at: number; readonly remove: number; readonly insert: Uint8Array }

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(4),
    insert: fc.uint8Array({ maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
)

const edited = (octets: Uint8Array, changes: readonly Edit[]): Uint8Array =>
  changes.reduce((result, { at, remove, insert }) => {
    const position = Math.floor(at * result.length)
    return Uint8Array.of(
      ...result.subarray(0, position),
      ...insert,
      ...result.subarray(position + remove),
    )
  }, octets)

describe('any octets', async () => {
  const [stamped, plain] = await sampleContainers('rsa-2048')

  it('end in a report or in container.not-a-signature, and pass only when they are right', async () => {
    for (const sample of [stamped, plain]) {
      if (sample === undefined) {
        expect.fail('there is no sample')
      }
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          const container = edited(sample.container, changes)
          try {
            const { report } = await verifySignature({
              container,
              ...(sample.content === undefined ? {} : { content: sample.content }),
              trust: sample.trust,
              policy: 'etsi-basic',
              now: sampleNow,
            })
            const isUnchanged = Buffer.compare(container, sample.container) === 0
            expect(report.indication === 'TOTAL-PASSED').toBe(isUnchanged)
          } catch (error) {
            expect(isPkiError(error, 'container.not-a-signature')).toBe(true)
          }
        }),
        { numRuns: 150 },
      )
    }
  })
})
