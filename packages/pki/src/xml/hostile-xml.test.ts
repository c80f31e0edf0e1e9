import { describe, expect, it } from 'vitest'
import { type Verification, verifySignature } from '../verify/index.ts'
import { sampleNow } from '../verify/testing/test-pki.ts'
import { type HostileXmlSample, hostileXmlSamples } from './testing/hostile-xml.ts'

const verify = (
  { content, trust }: HostileXmlSample,
  container: Uint8Array,
): Promise<Verification> =>
  verifySignature({
    container,
    ...(content === undefined ? {} : { content }),
    trust,
    policy: 'etsi-basic',
    now: sampleNow,
  })

/** Every code that a verification gives for what is wrong. */
const codesOf = ({ facts, report }: Verification): readonly string[] => [
  ...(facts.container.readable ? [] : [facts.container.code]),
  ...report.signatures.flatMap(({ checks }) =>
    checks.flatMap(({ result, detail = '' }) =>
      result === 'passed' ? [] : [detail, ...detail.split(' ')],
    ),
  ),
]

for (const kind of ['rsa-2048', 'kz-2015-512', 'ru-2012-256'] as const) {
  const samples = await hostileXmlSamples(kind)

  describe(`XML signed with ${kind} is refused`, () => {
    it.each(samples.map((sample) => [sample.name, sample.code, sample] as const))(
      '%s: %s',
      async (_name, code, sample) => {
        const twin = await verify(sample, sample.twin)
        const open = twin.report.signatures.flatMap(({ checks }) =>
          checks.filter(({ result }) => result !== 'passed'),
        )
        expect(open).toEqual([])
        expect(twin.report.indication).toBe('TOTAL-PASSED')

        const hostile = await verify(sample, sample.hostile)
        expect(hostile.report.indication).not.toBe('TOTAL-PASSED')
        expect(codesOf(hostile)).toContain(code)
      },
    )
  })
}
