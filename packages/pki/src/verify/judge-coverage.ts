import { digestByOid, isKnownDigest } from '../keys/index.ts'
import type { SignerCase } from './judge-signer.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { CoverageFact } from './types.ts'

const isHistoric = (oid: string): boolean => isKnownDigest(oid) && digestByOid(oid).historic

/** A digest that is broken is worth no more inside of a reference than in the signature itself. */
const judgeDigests = (
  { digestOids }: CoverageFact,
  { signer, policy }: SignerCase,
): readonly Outcome[] => {
  const { scheme } = signer.check
  const allowsHistory = scheme?.historic === true && policy.signerSchemes.includes(scheme.id)
  const weak = allowsHistory ? [] : digestOids.filter(isHistoric)
  return weak.length === 0
    ? []
    : [failed('algorithms', 'CRYPTO_CONSTRAINTS_FAILURE', `digest-weak ${weak.join(' ')}`)]
}

const judgeParts = ({ covers, uncovered, hasManifest }: CoverageFact): readonly Outcome[] => {
  const name = 'coverage'
  if (uncovered !== undefined) {
    return [indeterminate(name, 'SIG_CONSTRAINTS_FAILURE', `partial-coverage ${uncovered}`)]
  }
  if (covers === 'document') {
    return [hasManifest ? passed(name, 'warning.manifest-not-followed') : passed(name)]
  }
  if (covers === 'external') {
    return [passed(name, 'external')]
  }
  if (covers.length === 0) {
    return hasManifest
      ? [indeterminate(name, 'SIGNED_DATA_NOT_FOUND', 'manifest-not-followed')]
      : []
  }
  return [passed(name, `elements ${covers.join(' ')}`)]
}

/**
 * Does the signature cover the document, or only a part of it? A part is signed all the same, but what
 * the reader sees beside it is not: that nobody may call valid (security.md row 10). Wrappers that say
 * nothing of their own, SOAP headers that carry signatures, and signatures themselves do not count.
 */
export const judgeCoverage = (signerCase: SignerCase): readonly Outcome[] => {
  const { coverage } = signerCase.signer
  return coverage === undefined
    ? []
    : [...judgeParts(coverage), ...judgeDigests(coverage, signerCase)]
}
