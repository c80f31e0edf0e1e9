import { describe, expect, it } from 'vitest'
import { hostileCorpus } from './testing/hostile-corpus.ts'
import { type Finding, findingOf, type HostileCase } from './testing/hostile-sample.ts'

const corpus = await hostileCorpus()

/** Many samples share a twin, which is verified once. */
const twins = new Map<HostileCase, Promise<Finding>>()

const twinFinding = (twin: HostileCase): Promise<Finding> => {
  const known = twins.get(twin) ?? findingOf(twin)
  twins.set(twin, known)
  return known
}

describe('the hostile corpus', () => {
  it('has more than 300 files, each of a name of its own', () => {
    const names = corpus.flatMap(({ samples }) => samples.map(({ name }) => name))
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  for (const { family, samples } of corpus) {
    describe(family, () => {
      it.each(samples.map((sample) => [sample.name, sample.code, sample] as const))(
        '%s is refused as %s',
        async (_name, code, { hostile, twin, indication }) => {
          const { codes, ...found } = await findingOf(hostile)
          expect(found.indication, codes.join('; ')).not.toBe('TOTAL-PASSED')
          if (indication !== 'refused') {
            expect(found.indication, codes.join('; ')).toBe(indication)
          }
          expect(
            codes.some((each) => each.includes(code)),
            codes.join('; '),
          ).toBe(true)
          expect(await twinFinding(twin)).toEqual({ indication: 'TOTAL-PASSED', codes: [] })
        },
      )
    })
  }
})
