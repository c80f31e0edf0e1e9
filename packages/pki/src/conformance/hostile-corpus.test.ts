import { describe, expect, it } from 'vitest'
import { outcomeCodes } from '../policy/index.ts'
import { hostileCorpus } from './testing/hostile-corpus.ts'
import { type Finding, findingOf, type HostileCase } from './testing/hostile-sample.ts'

const corpus = await hostileCorpus()

const findings = new Map<HostileCase, Promise<Finding>>()

/** Many samples share a twin: every case is verified once. */
const findingOnce = (each: HostileCase): Promise<Finding> => {
  const known = findings.get(each) ?? findingOf(each)
  findings.set(each, known)
  return known
}

describe('the hostile corpus', () => {
  it('has more than 300 files, each of a name of its own', () => {
    const names = corpus.flatMap(({ samples }) => samples.map(({ name }) => name))
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('is refused by nothing but codes that the policies name', async () => {
    const found = await Promise.all(
      corpus.flatMap(({ samples }) => samples.map(({ hostile }) => findingOnce(hostile))),
    )
    const known = outcomeCodes.map(({ check, code }) => `${check} ${code}`)
    const strange = found
      .flatMap(({ codes }) => codes)
      .filter((code) => code.includes(' ') && !known.some((name) => code.startsWith(name)))
    expect([...new Set(strange)]).toEqual([])
  })

  for (const { family, samples } of corpus) {
    describe(family, () => {
      it.each(samples.map((sample) => [sample.name, sample.code, sample] as const))(
        '%s is refused as %s',
        async (_name, code, { hostile, twin, indication }) => {
          const { codes, ...found } = await findingOnce(hostile)
          expect(found.indication, codes.join('; ')).not.toBe('TOTAL-PASSED')
          if (indication !== 'refused') {
            expect(found.indication, codes.join('; ')).toBe(indication)
          }
          expect(
            codes.some((each) => each.includes(code)),
            codes.join('; '),
          ).toBe(true)
          expect(await findingOnce(twin)).toEqual({ indication: 'TOTAL-PASSED', codes: [] })
        },
      )
    })
  }
})
