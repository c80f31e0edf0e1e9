import { policies, type VerificationPolicy } from '../../policy/index.ts'
import { judgeSigner, type SignerCase } from '../judge-signer.ts'
import type { Outcome } from '../outcome.ts'
import type { ReadTimeStampFacts, SignerFacts } from '../types.ts'
import { createSampleJudge } from './sample-judge.ts'
import type { TestPki } from './test-pki.ts'

/** An outcome in one line: check, result, sub-indication, detail. */
export const lineOf = (outcome: Outcome): string =>
  [
    outcome.name,
    outcome.result,
    ...(outcome.result === 'passed' ? [] : [outcome.subIndication]),
    ...(outcome.detail === undefined ? [] : [outcome.detail]),
  ].join(' ')

export const linesOf = (outcomes: readonly Outcome[]): readonly string[] => outcomes.map(lineOf)

/** True facts of a good signature with a time-stamp, for tests that change one of them. */
export type SampleFacts = {
  readonly pki: TestPki
  readonly signerCase: SignerCase
  readonly signer: SignerFacts
  readonly timeStamp: ReadTimeStampFacts
  /** What is said of a signer with changed facts that is not said of the sample. */
  readonly newLines: (
    changed: Partial<SignerFacts>,
    rest?: Partial<Omit<SignerCase, 'signer'>>,
  ) => readonly string[]
}

/** Gathers the facts of the stamped sample of {@link createSampleJudge}, judged by `etsi-basic`. */
export const createSampleFacts = async (
  policy: VerificationPolicy = policies['etsi-basic'],
): Promise<SampleFacts> => {
  const { pki, stamped, verify } = await createSampleJudge()
  const { facts } = await verify(stamped)
  const [signer] = facts.signers
  const [timeStamp] = signer?.timeStamps ?? []
  const { container } = facts
  if (signer === undefined || timeStamp?.readable !== true || !container.readable) {
    throw new Error('The sample is not read.')
  }
  const signerCase = { facts, container, signer, policy }
  const good = new Set(linesOf(judgeSigner(signerCase)))
  return {
    pki,
    signerCase,
    signer,
    timeStamp,
    newLines: (changed, rest = {}) =>
      linesOf(judgeSigner({ ...signerCase, ...rest, signer: { ...signer, ...changed } })).filter(
        (line) => !good.has(line),
      ),
  }
}
