import { beforeAll, describe, expect, it } from 'vitest'
import { algorithmOid, schemeById } from '../keys/index.ts'
import { policies } from '../policy/index.ts'
import { judgeCoverage } from './judge-coverage.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import type { CoverageFact, SignerFacts } from './types.ts'

let sample: SampleFacts
beforeAll(async () => {
  sample = await createSampleFacts()
})

const whole: CoverageFact = {
  covers: 'document',
  uncovered: undefined,
  digestOids: [algorithmOid.sha256],
  hasManifest: false,
  parts: [],
}

const judge = (
  changed: Partial<CoverageFact>,
  more: Partial<SignerFacts> = {},
  policy = policies['etsi-basic'],
): readonly string[] =>
  linesOf(
    judgeCoverage({
      ...sample.signerCase,
      policy,
      signer: { ...sample.signer, coverage: { ...whole, ...changed }, ...more },
    }),
  )

describe('what a signature covers', () => {
  it('is not asked in formats that know no parts', () => {
    expect(judgeCoverage(sample.signerCase)).toEqual([])
  })

  it('all of the document: passes; all but something: open, whatever else it covers', () => {
    expect(judge({})).toEqual(['coverage passed'])
    for (const covers of ['document', 'external', ['/a']] as const) {
      expect(judge({ covers, uncovered: '/a/b', hasManifest: true })).toEqual([
        'coverage indeterminate SIG_CONSTRAINTS_FAILURE partial-coverage /a/b',
      ])
    }
  })

  it('outside of the file, or elements of it, is named', () => {
    expect(judge({ covers: 'external' })).toEqual(['coverage passed external'])
    expect(judge({ covers: ['/a', '/b'] })).toEqual(['coverage passed elements /a /b'])
  })

  it('through a manifest is not followed: a word beside the document, open where it is all', () => {
    expect(judge({ hasManifest: true })).toEqual(['coverage passed warning.manifest-not-followed'])
    expect(judge({ covers: [], hasManifest: true })).toEqual([
      'coverage indeterminate SIGNED_DATA_NOT_FOUND manifest-not-followed',
    ])
    expect(judge({ covers: [] })).toEqual([])
  })
})

describe('a broken digest of a part', () => {
  const sha1 = { digestOids: [algorithmOid.sha256, algorithmOid.sha1] }
  const weak = `algorithms failed CRYPTO_CONSTRAINTS_FAILURE digest-weak ${algorithmOid.sha1}`
  const historic = {
    check: { scheme: schemeById('rsa-sha1') },
  }

  it('fails and is named, one that nobody knows is not', () => {
    expect(judge(sha1)).toEqual(['coverage passed', weak])
    expect(judge({ digestOids: [algorithmOid.sha1, algorithmOid.sha1] })).toEqual([
      'coverage passed',
      `${weak} ${algorithmOid.sha1}`,
    ])
    expect(judge({ digestOids: ['1.2.3.4'] })).toEqual(['coverage passed'])
  })

  it('is let pass where the policy lists the scheme of the signature, which is as old', () => {
    const check = { ...sample.signer.check, ...historic.check }
    const basic = policies['etsi-basic']
    const listing = { ...basic, signerSchemes: [...basic.signerSchemes, 'rsa-sha1' as const] }
    expect(judge(sha1, { check }, listing)).toEqual(['coverage passed'])
    expect(judge(sha1, { check })).toEqual(['coverage passed', weak])
    expect(judge(sha1, {}, listing)).toEqual(['coverage passed', weak])
    expect(judge(sha1, { check: { ...check, scheme: undefined } }, listing)).toEqual([
      'coverage passed',
      weak,
    ])
  })
})
