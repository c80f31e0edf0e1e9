import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPkiError } from '../error.ts'
import type { VerificationReport } from './report.ts'
import { type SampleContainer, sampleContainers } from './testing/sample-containers.ts'
import { sampleNow } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'
import { verifySignatureStream } from './verify-signature-stream.ts'

type Edit = { readonly at: number; readonly remove: number; readonly insert: Uint8Array }

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(3),
    insert: fc.uint8Array({ maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 2 },
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

const outcome = async (
  verify: () => Promise<{ readonly report: VerificationReport }>,
): Promise<unknown> => {
  try {
    // Of several faults a reader of pieces may meet another first: that there is a code is compared.
    const { code, ...report } = (await verify()).report
    return { ...report, isUnreadable: code !== undefined }
  } catch (error) {
    if (isPkiError(error)) {
      return error.code
    }
    throw error
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += 100) {
    yield bytes.subarray(offset, offset + 100)
  }
}

const compare = async (
  { trust, content }: SampleContainer,
  container: Uint8Array,
): Promise<void> => {
  const setting = {
    trust,
    policy: 'etsi-basic' as const,
    now: sampleNow,
    ...(content === undefined ? {} : { content }),
  }
  expect(
    await outcome(() => verifySignatureStream({ ...setting, container: inPieces(container) })),
  ).toEqual(await outcome(() => verifySignature({ ...setting, container })))
}

describe('whatever a file holds, the stream says what memory says', async () => {
  const samples = await sampleContainers('rsa-2048')
  for (const sample of [samples[0], samples[1], samples[3]].filter((each) => each !== undefined)) {
    it(`edits of: ${sample.name}`, async () => {
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          await compare(sample, edited(sample.container, changes))
        }),
        { numRuns: 150 },
      )
    })

    it(`edits of the beginning of: ${sample.name}`, async () => {
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          const head = edited(sample.container.subarray(0, 60), changes)
          await compare(sample, Uint8Array.of(...head, ...sample.container.subarray(60)))
        }),
        { numRuns: 150 },
      )
    })
  }
})
