import { createSignedData } from '../../cms/index.ts'
import type { VerificationReport } from '../report.ts'
import type { VerificationInput } from '../types.ts'
import { type Verification, verifySignature } from '../verify-signature.ts'
import { sampleContent, trustIn, withTimeStamp } from './sample-containers.ts'
import {
  sampleNow,
  sampleSigningTime,
  type TestIdentity,
  type TestPki,
  testPki,
} from './test-pki.ts'

/** What a test changes of a verification that would pass. */
export type JudgeOptions = Partial<VerificationInput> & {
  readonly policy?: Parameters<typeof verifySignature>[0]['policy']
}

/** Signs and verifies the sample content, all as it should be but for what a test changes. */
export type SampleJudge = {
  readonly pki: TestPki
  /** A good detached signature. */
  readonly plain: Uint8Array
  /** The same with a good time-stamp. */
  readonly stamped: Uint8Array
  readonly sign: (
    signer: TestIdentity,
    options?: { readonly signingTime?: Date },
  ) => Promise<Uint8Array>
  readonly verify: (container: Uint8Array, options?: JudgeOptions) => Promise<Verification>
  readonly report: (container: Uint8Array, options?: JudgeOptions) => Promise<VerificationReport>
}

/** Makes a {@link SampleJudge} on the RSA test PKI. */
export const createSampleJudge = async (): Promise<SampleJudge> => {
  const pki = await testPki('rsa-2048')
  const sign: SampleJudge['sign'] = (signer, { signingTime = sampleSigningTime } = {}) =>
    createSignedData({
      content: sampleContent,
      form: 'detached',
      signers: [{ ...signer, signingTime }],
      certificates: [pki.authority.certificate.bytes],
    })
  const verify: SampleJudge['verify'] = (container, options = {}) =>
    verifySignature({
      container,
      content: sampleContent,
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
      ...options,
    })
  const plain = await sign(pki.signer)
  return {
    pki,
    plain,
    stamped: await withTimeStamp(plain, pki.tsa),
    sign,
    verify,
    report: async (container, options) => (await verify(container, options)).report,
  }
}

/** Checks of a report that did not pass, as one line each. */
export const notPassed = ({ signatures }: VerificationReport): readonly string[] =>
  signatures.flatMap(({ checks }) =>
    checks
      .filter(({ result }) => result !== 'passed')
      .map(({ name, result, detail }) => `${name} ${result} ${detail ?? ''}`),
  )

export const passedReport = { indication: 'TOTAL-PASSED' } as const

export const failedFor = (subIndication: string) =>
  ({ indication: 'TOTAL-FAILED', subIndication }) as const

export const openFor = (subIndication: string) =>
  ({ indication: 'INDETERMINATE', subIndication }) as const
