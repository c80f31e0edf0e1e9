import type { PolicyInformation, PolicyQualifier } from '../x509/constraint-extensions.ts'
import { anyPolicyOid } from '../x509/oids.ts'

/**
 * One policy at one depth. RFC 9618 §3: whatever leads to it, a policy has one node at a depth, so that a
 * graph grows with the certificates and not, as the tree of RFC 5280 §6.1 does, with their product.
 */
type PolicyNode = {
  readonly validPolicy: string
  readonly qualifiers: readonly PolicyQualifier[]
  readonly expectedPolicies: ReadonlySet<string>
  readonly parents: readonly PolicyNode[]
}

/** The nodes of one depth by their policy. */
type Level = ReadonlyMap<string, PolicyNode>

/** valid_policy_graph of RFC 9618 §5.1, anchor first; `null` is the standard's NULL. */
export type PolicyGraph = { readonly levels: readonly Level[] } | null

const node = (
  validPolicy: string,
  rest: Pick<PolicyNode, 'qualifiers' | 'parents'>,
): PolicyNode => ({ validPolicy, expectedPolicies: new Set([validPolicy]), ...rest })

/** RFC 9618 §5.2: any policy is valid before the first certificate. */
export const startPolicyGraph = (): PolicyGraph => ({
  levels: [new Map([[anyPolicyOid, node(anyPolicyOid, { qualifiers: [], parents: [] })]])],
})

/** Takes away whatever leads to no node of the last depth (RFC 9618 §5.3 (d)(3)). */
const prune = (levels: readonly Level[]): PolicyGraph => {
  const [last, ...above] = levels.toReversed()
  if (last === undefined || last.size === 0) {
    return null
  }
  const kept: Level[] = [last]
  let below: Level = last
  for (const level of above) {
    const parents = new Set([...below.values()].flatMap((each) => each.parents))
    below = new Map([...level].filter(([, each]) => parents.has(each)))
    kept.unshift(below)
  }
  return { levels: kept }
}

/** Nodes of a depth by each policy that they expect below. */
const byExpectedPolicy = (level: Level): ReadonlyMap<string, readonly PolicyNode[]> => {
  const expecting = new Map<string, PolicyNode[]>()
  for (const each of level.values()) {
    for (const policy of each.expectedPolicies) {
      const known = expecting.get(policy)
      if (known === undefined) {
        expecting.set(policy, [each])
      } else {
        known.push(each)
      }
    }
  }
  return expecting
}

/**
 * RFC 9618 §5.3 (d): the next depth, from the policies of a certificate. `allowAny`: anyPolicy in it
 * still counts (inhibit_anyPolicy above 0, or a self-issued intermediate certificate).
 */
export const addPolicies = (
  graph: PolicyGraph,
  { policies, allowAny }: { policies: readonly PolicyInformation[]; allowAny: boolean },
): PolicyGraph => {
  const above = graph?.levels.at(-1)
  if (graph === null || above === undefined) {
    return null
  }
  const expecting = byExpectedPolicy(above)
  const anyAbove = above.get(anyPolicyOid)
  const level = new Map<string, PolicyNode>()
  for (const { oid, qualifiers } of policies) {
    const parents = expecting.get(oid) ?? (anyAbove === undefined ? [] : [anyAbove])
    if (oid !== anyPolicyOid && parents.length > 0) {
      level.set(oid, node(oid, { qualifiers, parents }))
    }
  }
  const any = policies.find(({ oid }) => oid === anyPolicyOid)
  if (any !== undefined && allowAny) {
    for (const [policy, parents] of expecting) {
      if (!level.has(policy)) {
        level.set(policy, node(policy, { qualifiers: any.qualifiers, parents }))
      }
    }
  }
  return prune([...graph.levels, level])
}

/**
 * RFC 9618 §5.4 (b): what the policies of the last depth are called below. `mappings` by
 * issuerDomainPolicy; `isInhibited` (policy_mapping is 0) takes a mapped policy away instead. A node that
 * stands for anyPolicy has no qualifiers here: only those of the last certificate are ever told.
 */
export const mapPolicies = (
  graph: PolicyGraph,
  {
    mappings,
    isInhibited,
  }: {
    readonly mappings: ReadonlyMap<string, ReadonlySet<string>>
    readonly isInhibited: boolean
  },
): PolicyGraph => {
  const last = graph?.levels.at(-1)
  if (graph === null || last === undefined) {
    return null
  }
  const above = graph.levels.slice(0, -1)
  if (isInhibited) {
    return prune([...above, new Map([...last].filter(([policy]) => !mappings.has(policy)))])
  }
  const anyNode = last.get(anyPolicyOid)
  const level = new Map(last)
  for (const [policy, expectedPolicies] of mappings) {
    const known = last.get(policy)
    if (known !== undefined) {
      level.set(policy, { ...known, expectedPolicies })
    } else if (anyNode !== undefined) {
      // The parent is the anyPolicy node above, which is the parent of this depth's own.
      const { parents } = anyNode
      level.set(policy, {
        validPolicy: policy,
        qualifiers: [],
        parents,
        expectedPolicies,
      })
    }
  }
  return { levels: [...above, level] }
}

/** A policy under which a path is valid, with what its certificates say of it. */
export type ValidPolicy = {
  readonly oid: string
  /** Of the last certificate's nodes that it leads to. */
  readonly qualifiers: readonly PolicyQualifier[]
}

/** Qualifiers are shown, not judged: beyond this many nobody reads them. */
const maxQualifiers = 64

/**
 * authority_constrained_policy_set of RFC 9618 §5.5 (g): the policies of the anchor's domain that hold for
 * the whole path, those nodes whose parent is anyPolicy, and anyPolicy itself where it reaches the end.
 */
export const authorityPolicies = (graph: PolicyGraph): readonly ValidPolicy[] => {
  const levels = graph?.levels ?? []
  const last = levels.at(-1)
  if (last === undefined) {
    return []
  }
  // From the end up: which nodes of the last depth each node leads to, by what they qualify.
  const qualifiers = new Map<PolicyNode, Set<PolicyQualifier>>()
  for (const each of last.values()) {
    qualifiers.set(each, new Set(each.qualifiers.slice(0, maxQualifiers)))
  }
  for (const level of levels.toReversed()) {
    for (const each of level.values()) {
      const own = qualifiers.get(each) ?? new Set<PolicyQualifier>()
      for (const parent of each.parents) {
        const known = qualifiers.get(parent)
        if (known === undefined) {
          qualifiers.set(parent, new Set(own))
        } else if (known.size < maxQualifiers) {
          own.forEach((qualifier) => {
            known.add(qualifier)
          })
        }
      }
    }
  }
  const isOfAuthority = ({ validPolicy, parents }: PolicyNode): boolean =>
    validPolicy !== anyPolicyOid && parents.some((parent) => parent.validPolicy === anyPolicyOid)
  const found = levels.flatMap((level) => [...level.values()].filter(isOfAuthority))
  const any = last.get(anyPolicyOid)
  const byOid = new Map<string, Set<PolicyQualifier>>()
  for (const each of any === undefined ? found : [...found, any]) {
    const known = byOid.get(each.validPolicy) ?? new Set<PolicyQualifier>()
    for (const qualifier of qualifiers.get(each) ?? []) {
      known.add(qualifier)
    }
    byOid.set(each.validPolicy, known)
  }
  return [...byOid].map(([oid, of]) => ({ oid, qualifiers: [...of] }))
}
