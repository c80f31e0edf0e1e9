import { isSelfIssued } from '../x509/match-names.ts'
import { anyPolicyOid } from '../x509/oids.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import {
  addPolicies,
  authorityPolicies,
  mapPolicies,
  type PolicyGraph,
  startPolicyGraph,
  type ValidPolicy,
} from './policy-graph.ts'
import type { PathFailureCode, PathPolicies, PolicyInputs } from './types.ts'

type Failure = { readonly code: PathFailureCode; readonly detail?: string }

/** The state variables of RFC 5280 §6.1.2 that are about policies. */
export type PolicyState = {
  readonly graph: PolicyGraph
  readonly explicitPolicy: number
  readonly policyMapping: number
  readonly inhibitAnyPolicy: number
}

/** RFC 5280 §6.1.2 (a), (d)–(f), for a path of `length` certificates without its anchor. */
export const startPolicies = (length: number, inputs: PolicyInputs): PolicyState => {
  const countdown = (isSet: boolean | undefined): number => (isSet === true ? 0 : length + 1)
  return {
    graph: startPolicyGraph(),
    explicitPolicy: countdown(inputs.requireExplicitPolicy),
    policyMapping: countdown(inputs.inhibitPolicyMapping),
    inhibitAnyPolicy: countdown(inputs.inhibitAnyPolicy),
  }
}

/** RFC 5280 §4.2.1.4: a policy stands once. Two that differ would let the reader choose. */
const duplicatePolicy = ({ extensions }: Certificate): Failure | undefined => {
  const policies = extensions.certificatePolicies?.policies ?? []
  return new Set(policies.map(({ oid }) => oid)).size < policies.length
    ? { code: 'policy-malformed', detail: 'a policy stands twice' }
    : undefined
}

/** RFC 5280 §6.1.3 (d)–(f): what a certificate asserts, and whether any policy is left. */
export const enterPolicies = (
  state: PolicyState,
  { certificate, isLast }: { readonly certificate: Certificate; readonly isLast: boolean },
): { readonly state: PolicyState; readonly failure: Failure | undefined } => {
  const { certificatePolicies } = certificate.extensions
  const graph =
    certificatePolicies === undefined
      ? null
      : addPolicies(state.graph, {
          policies: certificatePolicies.policies,
          allowAny: state.inhibitAnyPolicy > 0 || (!isLast && isSelfIssued(certificate)),
        })
  const isMissing = state.explicitPolicy === 0 && graph === null
  return {
    state: { ...state, graph },
    failure: duplicatePolicy(certificate) ?? (isMissing ? { code: 'policy-required' } : undefined),
  }
}

/** The mappings of a CA by the policy that they map. */
const mappingsOf = ({ extensions }: Certificate): ReadonlyMap<string, ReadonlySet<string>> => {
  const byIssuerPolicy = new Map<string, Set<string>>()
  for (const mapping of extensions.policyMappings?.mappings ?? []) {
    const known = byIssuerPolicy.get(mapping.issuerDomainPolicy) ?? new Set<string>()
    byIssuerPolicy.set(mapping.issuerDomainPolicy, known.add(mapping.subjectDomainPolicy))
  }
  return byIssuerPolicy
}

const least = (value: number, limit: number | undefined): number =>
  limit === undefined ? value : Math.min(value, limit)

/** RFC 5280 §6.1.4 (a), (b), (h)–(j): what a CA says about policies below it. */
export const leavePolicies = (
  state: PolicyState,
  certificate: Certificate,
): { readonly state: PolicyState; readonly failure: Failure | undefined } => {
  const { policyMappings, policyConstraints, inhibitAnyPolicy } = certificate.extensions
  const mapsAny = policyMappings?.mappings.some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === anyPolicyOid || subjectDomainPolicy === anyPolicyOid,
  )
  const graph =
    policyMappings === undefined
      ? state.graph
      : mapPolicies(state.graph, {
          mappings: mappingsOf(certificate),
          isInhibited: state.policyMapping === 0,
        })
  const step = isSelfIssued(certificate) ? 0 : 1
  const down = (value: number): number => Math.max(0, value - step)
  return {
    state: {
      graph,
      explicitPolicy: least(down(state.explicitPolicy), policyConstraints?.requireExplicitPolicy),
      policyMapping: least(down(state.policyMapping), policyConstraints?.inhibitPolicyMapping),
      inhibitAnyPolicy: least(down(state.inhibitAnyPolicy), inhibitAnyPolicy?.skipCerts),
    },
    failure: mapsAny === true ? { code: 'policy-mapping-invalid' } : undefined,
  }
}

/** RFC 5280 §6.1.5 (a), (b), RFC 9618 §5.5 (g): what is left for the caller, and whether it is enough. */
export const finishPolicies = (
  state: PolicyState,
  { certificate, inputs }: { readonly certificate: Certificate; readonly inputs: PolicyInputs },
): { readonly policies: PathPolicies; readonly failure: Failure | undefined } => {
  const required = certificate.extensions.policyConstraints?.requireExplicitPolicy
  const explicitPolicy = required === 0 ? 0 : Math.max(0, state.explicitPolicy - 1)
  const authority = authorityPolicies(state.graph)
  const user = constrainToUser(authority, inputs.initialPolicySet)
  const explicit = explicitPolicy === 0
  return {
    policies: { explicit, authority, user },
    failure: explicit && user.length === 0 ? { code: 'policy-required' } : undefined,
  }
}

/** user_constrained_policy_set of RFC 9618 §5.5 (g). */
const constrainToUser = (
  authority: readonly ValidPolicy[],
  wanted: readonly string[] | undefined,
): readonly ValidPolicy[] => {
  if (wanted === undefined || wanted.includes(anyPolicyOid)) {
    return authority
  }
  const any = authority.find(({ oid }) => oid === anyPolicyOid)
  return [...new Set(wanted)].flatMap((oid) => {
    const found = authority.find((policy) => policy.oid === oid)
    return found ?? (any === undefined ? [] : { oid, qualifiers: any.qualifiers })
  })
}
