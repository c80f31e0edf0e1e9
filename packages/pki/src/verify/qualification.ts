import { ruleFor, type VerificationPolicy } from '../policy/index.ts'
import { knownAuthority } from '../trust/index.ts'
import {
  type Certificate,
  isSelfIssued,
  type NationalIdentity,
  type RuToolClass,
  russianFacts,
  ruToolClasses,
} from '../x509/index.ts'
import { isSandboxCertificate } from './judge-path.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { SignatureReport } from './report.ts'
import type { SignerFacts } from './types.ts'

/** The level of a signature, and by codes what speaks against it or was not seen. */
export type Qualification = {
  readonly level: SignatureReport['level']
  readonly codes: readonly string[]
}

const highest = (classes: readonly RuToolClass[]): number =>
  Math.max(-1, ...classes.map((each) => ruToolClasses.indexOf(each)))

/** Classes of an authority: of its own tool and of the tools that make it a CA. */
const classesOf = (issuer: Certificate): readonly RuToolClass[] => {
  const { toolClasses, caToolClasses } = russianFacts(issuer)
  return [...toolClasses, ...caToolClasses]
}

/** Does the certificate name its owner as order No. 795 asks: a person, or an organisation? */
const namesOwner = ({ snils, ogrn, organisationInn }: NationalIdentity): boolean =>
  ogrn === undefined ? snils !== undefined : organisationInn !== undefined

/** What a certificate lacks of a Russian qualified one (authority.md §2.4, Q3 and Q4). */
const russianGaps = (
  leaf: Certificate,
  { issuer, identity }: { issuer: Certificate | undefined; identity: NationalIdentity },
): readonly string[] => {
  const facts = russianFacts(leaf)
  const gaps: string[] = []
  if (facts.toolClasses.length === 0) {
    gaps.push('tool-class-missing')
  }
  // A CA that states no class, anyPolicy alone for one, leaves nothing to compare with.
  const ofIssuer = issuer === undefined ? [] : classesOf(issuer)
  if (ofIssuer.length > 0 && highest(facts.toolClasses) > highest(ofIssuer)) {
    gaps.push('tool-class-above-issuer')
  }
  if (facts.subjectSignTool === undefined) {
    gaps.push('subject-sign-tool-missing')
  }
  if (facts.issuerSignTool === undefined) {
    gaps.push('issuer-sign-tool-missing')
  }
  if (!namesOwner(identity)) {
    gaps.push('owner-missing')
  }
  return gaps
}

/**
 * Is the signer's certificate a qualified one? Beside the indication, which it changes only where a
 * policy requires a level. Every national answer begins with a valid path through an authority of the
 * table; Russia asks for more (authority.md §2.4), and for a list of accredited CAs that is not read
 * here, so without a policy that does without it the level stays unknown.
 */
export const qualificationOf = (
  { path, identity }: Pick<SignerFacts, 'path' | 'identity'>,
  policy: VerificationPolicy,
): Qualification => {
  const chain = path?.result.status === 'valid' ? path.result.chain : []
  const [leaf, issuer] = chain
  const anchor = chain.at(-1)
  if (leaf === undefined || anchor === undefined || identity === undefined) {
    return { level: 'unknown', codes: [] }
  }
  if (chain.some(isSandboxCertificate)) {
    return { level: 'unqualified', codes: ['sandbox-certificate'] }
  }
  const authorities = chain.slice(1).flatMap(({ sha256 }) => knownAuthority(sha256) ?? [])
  if (authorities.some(({ environment }) => environment === 'test')) {
    return { level: 'unqualified', codes: ['test-authority'] }
  }
  const [authority] = authorities
  if (authority === undefined) {
    return identity.country === 'RU' && isSelfIssued(anchor)
      ? { level: 'unqualified', codes: ['authority-not-national'] }
      : { level: 'unknown', codes: [] }
  }
  const rule = ruleFor(policy.qualification, authority.country)
  if (rule === 'national-authorities') {
    return { level: 'qualified', codes: [] }
  }
  const gaps = russianGaps(leaf, { issuer, identity })
  if (gaps.length > 0) {
    return { level: 'unqualified', codes: gaps }
  }
  return {
    level: rule === 'anchor-and-extensions' ? 'qualified' : 'unknown',
    codes: ['accreditation-not-checked'],
  }
}

/** The level as a check: of consequence where the policy requires one, else a word beside. */
export const judgeLevel = (signer: SignerFacts, policy: VerificationPolicy): readonly Outcome[] => {
  const { level, codes } = qualificationOf(signer, policy)
  const detail = [`level-${level}`, ...codes].join(' ')
  if (policy.requiredLevel === 'any' || level === 'qualified') {
    return codes.length === 0 ? [] : [passed('level', `warning.${detail}`)]
  }
  return level === 'unknown'
    ? [indeterminate('level', 'CHAIN_CONSTRAINTS_FAILURE', detail)]
    : [failed('level', 'CHAIN_CONSTRAINTS_FAILURE', detail)]
}
