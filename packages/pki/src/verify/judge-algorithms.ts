import { isPkiError } from '../error.ts'
import { curveOfKey, expectUsableKey, signatureSchemes } from '../keys/index.ts'
import { hasEnded, type VerificationPolicy } from '../policy/index.ts'
import type { Certificate } from '../x509/index.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { CheckName } from './report.ts'
import type { SignerFacts } from './types.ts'

const weak = (detail: string): Outcome => failed('algorithms', 'CRYPTO_CONSTRAINTS_FAILURE', detail)

/**
 * Is the signature of a scheme and strength that the policy believes, at the time for which there is
 * proof? (ETSI EN 319 102-1 §5.2.8)
 */
export const judgeAlgorithms = (
  { certificate, check, referenceTime, referenceSource }: SignerFacts,
  policy: VerificationPolicy,
): readonly Outcome[] => {
  const { scheme } = check
  const key = certificate?.spki.key
  if (scheme === undefined || key === undefined) {
    return []
  }
  if (!policy.signerSchemes.includes(scheme.id)) {
    return [weak(`algorithm-weak ${scheme.id}`)]
  }
  if (key.type === 'rsa' && key.bits < policy.minRsaBits) {
    return [weak(`key-too-short ${key.bits}`)]
  }
  if (hasEnded(policy, { scheme: scheme.id, at: referenceTime })) {
    const detail = `algorithm-ended ${scheme.id}`
    return referenceSource === 'time-stamp'
      ? [weak(detail)]
      : [indeterminate('algorithms', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', detail)]
  }
  return [
    scheme.legacy
      ? passed('algorithms', `warning.algorithm-legacy ${scheme.id}`)
      : passed('algorithms'),
  ]
}

/**
 * Why no signature of the key can hold, where one did not: off its curve, of small order. A signature that
 * holds was checked with the key, so there is nothing to add.
 */
export const judgeKey = ({ certificate, check }: SignerFacts): readonly Outcome[] => {
  const { scheme } = check
  if (certificate === undefined || scheme === undefined || check.signature !== 'invalid') {
    return []
  }
  try {
    expectUsableKey({ spki: certificate.spki, scheme }, { minRsaBits: 0 })
    return []
  } catch (error) {
    if (isPkiError(error)) {
      return [failed('algorithms', 'SIG_CRYPTO_FAILURE', error.code)]
    }
    throw error
  }
}

/** Schemes of which a parameter set may mean several curves. */
const schemesByPoint = signatureSchemes.filter(
  (scheme) => scheme.family === 'gost' && scheme.byPoint.curves.length > 0,
)

/** Parameter sets of keys that lie on another curve than the set names, with that curve. */
const keysByPoint = (certificates: readonly Certificate[]): ReadonlyMap<string, string> =>
  new Map(
    certificates.flatMap(({ spki: { algorithm, key } }) =>
      key.type !== 'gost'
        ? []
        : schemesByPoint.flatMap((scheme) => {
            const found =
              scheme.family === 'gost' && scheme.keyOid === algorithm.oid
                ? curveOfKey(scheme, key)
                : undefined
            return found?.rule === 'point' ? [[key.parameterSet, found.curve] as const] : []
          }),
    ),
  )

/**
 * A key whose point lies on another curve than its parameter set names holds mathematically, and what the
 * set means is open (uz-eimzo-didox.md §3.3): the signature is open too, unless the policy lists the set.
 */
export const judgeCurves = (
  name: CheckName,
  certificates: readonly Certificate[],
  policy: VerificationPolicy,
): readonly Outcome[] =>
  [...keysByPoint(certificates)].map(([set, curve]) =>
    policy.parameterSetsByPoint.includes(set)
      ? passed(name, `warning.curve-by-point ${set} ${curve}`)
      : indeterminate(name, 'CRYPTO_CONSTRAINTS_FAILURE', `curve-by-point ${set} ${curve}`),
  )
