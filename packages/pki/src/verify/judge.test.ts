import { beforeAll, describe, expect, it } from 'vitest'
import { policies } from '../policy/index.ts'
import { judge } from './judge.ts'
import { createSampleFacts, type SampleFacts } from './testing/sample-facts.ts'
import { sampleNow } from './testing/test-pki.ts'
import type { SignerFacts, VerificationFacts } from './types.ts'

let facts: VerificationFacts
let signer: SignerFacts
let sample: SampleFacts
beforeAll(async () => {
  sample = await createSampleFacts()
  signer = sample.signer
  facts = sample.signerCase.facts
})

const policy = policies['etsi-basic']
const over = (signers: readonly SignerFacts[]) => judge({ ...facts, signers }, policy)

describe('the judgement of a container', () => {
  it('names policy and time, and passes with its signature', () => {
    expect(over([signer])).toMatchObject({
      indication: 'TOTAL-PASSED',
      policy: 'etsi-basic',
      validationTime: sampleNow.toISOString(),
      sandbox: false,
      signatures: [{ indication: 'TOTAL-PASSED' }],
    })
    expect(over([signer])).not.toHaveProperty('subIndication')
  })

  it('that cannot be read fails by its code, that nobody signed by another', () => {
    const base = {
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
      policy: 'etsi-basic',
      validationTime: sampleNow.toISOString(),
      sandbox: false,
      signatures: [],
    }
    expect(over([])).toEqual({ ...base, code: 'cms.no-signers' })
    const container = { readable: false, kind: 'cms', code: 'asn1.truncated' } as const
    expect(judge({ ...facts, container, signers: [] }, policy)).toEqual({
      ...base,
      code: 'asn1.truncated',
    })
    expect(judge({ ...facts, container }, policy)).toMatchObject({ code: 'asn1.truncated' })
  })

  it('is that of its worst signature, in whatever order they stand', () => {
    const open: SignerFacts = { ...signer, identification: 'absent' }
    const bad: SignerFacts = { ...signer, content: 'differs' }
    for (const signers of [
      [signer, open, bad],
      [bad, open, signer],
    ]) {
      expect(over(signers)).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'HASH_FAILURE',
      })
    }
    expect(over([signer, open])).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
      signatures: [{ indication: 'TOTAL-PASSED' }, { indication: 'INDETERMINATE' }],
    })
  })

  it('reports who signed over a signature, and takes nothing from it', () => {
    const bad: SignerFacts = { ...signer, content: 'differs' }
    const counterSignatures = [{ ...bad, counterSignatures: [signer] }]
    const report = over([{ ...signer, counterSignatures }])
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.counterSignatures).toMatchObject([
      {
        indication: 'TOTAL-FAILED',
        counterSignatures: [{ indication: 'TOTAL-PASSED' }],
      },
    ])
    expect(over([signer]).signatures[0]).not.toHaveProperty('counterSignatures')
  })
})
