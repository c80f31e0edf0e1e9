import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PolicyInformation } from '../x509/constraint-extensions.ts'
import { anyPolicyOid } from '../x509/oids.ts'
import {
  addPolicies,
  authorityPolicies,
  mapPolicies,
  type PolicyGraph,
  startPolicyGraph,
} from './policy-graph.ts'

/** One certificate: its policies, then its mappings. */
type Step = {
  readonly policies: readonly string[]
  readonly mappings?: readonly (readonly [string, string])[]
  readonly isInhibited?: boolean
  readonly allowAny?: boolean
}

const information = (oid: string): PolicyInformation => ({
  oid,
  cps: [],
  qualifiers: [{ oid: 'of', bytes: new TextEncoder().encode(oid) }],
})

const mappingsOf = (pairs: Step['mappings'] = []): ReadonlyMap<string, ReadonlySet<string>> => {
  const mappings = new Map<string, Set<string>>()
  for (const [from, to] of pairs) {
    mappings.set(from, (mappings.get(from) ?? new Set()).add(to))
  }
  return mappings
}

const run = (steps: readonly Step[]): PolicyGraph =>
  steps.reduce<PolicyGraph>(
    (graph, { policies, mappings, isInhibited = false, allowAny = true }) => {
      const added = addPolicies(graph, { policies: policies.map(information), allowAny })
      return mappings === undefined
        ? added
        : mapPolicies(added, { mappings: mappingsOf(mappings), isInhibited })
    },
    startPolicyGraph(),
  )

const authority = (...steps: readonly Step[]): readonly string[] =>
  authorityPolicies(run(steps))
    .map(({ oid }) => oid)
    .toSorted()

describe('the policy graph', () => {
  it('keeps what every certificate asserts', () => {
    expect(authority({ policies: ['a', 'b'] }, { policies: ['b', 'c'] })).toEqual(['b'])
    expect(authority({ policies: ['a'] }, { policies: ['b'] })).toEqual([])
    expect(authority({ policies: [anyPolicyOid] }, { policies: ['b'] })).toEqual(['b'])
    expect(authority({ policies: ['a'] }, { policies: [anyPolicyOid] })).toEqual(['a'])
    expect(authority({ policies: [anyPolicyOid] }, { policies: [anyPolicyOid] })).toEqual([
      anyPolicyOid,
    ])
    expect(authority({ policies: ['a'] }, { policies: [anyPolicyOid], allowAny: false })).toEqual(
      [],
    )
  })

  it('follows mappings, and names policies as the anchor’s domain does', () => {
    const mapped: Step = {
      policies: ['a'],
      mappings: [
        ['a', 'x'],
        ['a', 'y'],
      ],
    }
    expect(authority(mapped, { policies: ['x'] })).toEqual(['a'])
    expect(authority(mapped, { policies: ['a'] })).toEqual([])
    expect(authority({ ...mapped, isInhibited: true }, { policies: ['x'] })).toEqual([])
    const twoToOne: Step = {
      policies: ['a', 'b'],
      mappings: [
        ['a', 'x'],
        ['b', 'x'],
      ],
    }
    expect(authority(twoToOne, { policies: ['x'] })).toEqual(['a', 'b'])
    const fromAny: Step = { policies: [anyPolicyOid], mappings: [['a', 'x']] }
    expect(authority(fromAny, { policies: ['x'] })).toEqual(['a'])
    expect(authority(fromAny, { policies: ['z'] })).toEqual(['z'])
  })

  it('carries qualifiers of the last certificate, and of anyPolicy where that stands for them', () => {
    const [found] = authorityPolicies(run([{ policies: ['a'] }, { policies: [anyPolicyOid] }]))
    expect(new TextDecoder().decode(found?.qualifiers[0]?.bytes)).toBe(anyPolicyOid)
  })

  it('is nothing once no policy is left, and stays so', () => {
    expect(run([{ policies: ['a'] }, { policies: ['b'] }])).toBeNull()
    expect(run([{ policies: ['a'] }, { policies: ['b'] }, { policies: [anyPolicyOid] }])).toBeNull()
    expect(run([{ policies: ['a'], mappings: [['a', 'b']], isInhibited: true }])).toBeNull()
    expect(
      run([{ policies: ['a'] }, { policies: ['b'] }, { policies: ['c'], mappings: [['c', 'd']] }]),
    ).toBeNull()
    expect(authorityPolicies(null)).toEqual([])
  })

  it('shows no more qualifiers than anybody reads, of one certificate or of several', () => {
    const many = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        oid: `${prefix}${index}`,
        bytes: new Uint8Array(),
      }))
    const first = addPolicies(startPolicyGraph(), {
      policies: [{ oid: 'a', cps: [], qualifiers: many('q', 65) }],
      allowAny: true,
    })
    expect(authorityPolicies(first)[0]?.qualifiers).toHaveLength(64)
    const mapped = mapPolicies(
      addPolicies(startPolicyGraph(), { policies: [information('a')], allowAny: true }),
      {
        mappings: mappingsOf([
          ['a', 'x'],
          ['a', 'y'],
        ]),
        isInhibited: false,
      },
    )
    const policies = ['x', 'y'].map((oid) => ({ oid, cps: [], qualifiers: many(oid, 2) }))
    const [found] = authorityPolicies(addPolicies(mapped, { policies, allowAny: true }))
    expect(found?.oid).toBe('a')
    expect(found?.qualifiers.map(({ oid }) => oid).toSorted()).toEqual(['x0', 'x1', 'y0', 'y1'])
  })

  it('grows with the certificates, where the tree of RFC 5280 grows with their product', () => {
    const names = Array.from({ length: 60 }, (_, index) => `p${index}`)
    const everyToEvery = names.flatMap((from) => names.map((to) => [from, to] as const))
    const steps = Array.from({ length: 14 }, () => ({ policies: names, mappings: everyToEvery }))
    const graph = run(steps)
    expect(graph?.levels.map(({ size }) => size)).toEqual([1, ...steps.map(() => 60)])
    expect(authorityPolicies(graph)).toHaveLength(60)
  })

  it('agrees with the tree of RFC 5280 §6.1.3, which it replaces', () => {
    const policy = fc.constantFrom('a', 'b', 'c', anyPolicyOid)
    const named = fc.constantFrom('a', 'b', 'c')
    const step = fc.record(
      {
        policies: fc.uniqueArray(policy, { minLength: 1, maxLength: 4 }),
        mappings: fc.array(fc.tuple(named, named), { minLength: 1, maxLength: 3 }),
        isInhibited: fc.boolean(),
        allowAny: fc.boolean(),
      },
      { requiredKeys: ['policies'] },
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        expect(authority(...(steps as readonly Step[]))).toEqual(
          treeAuthority(steps as readonly Step[]),
        )
      }),
      { numRuns: 3000 },
    )
  })
})

/** A node of valid_policy_tree as RFC 5280 §6.1.2 (a) has it: one parent, any number of twins. */
type TreeNode = {
  readonly policy: string
  expected: ReadonlySet<string>
  readonly parent: TreeNode | undefined
}

/** The oracle: §6.1.3 (d) and §6.1.4 (b) word by word, then (g)(iii)(1) of §6.1.5. */
const treeAuthority = (steps: readonly Step[]): readonly string[] => {
  let level: TreeNode[] = [
    { policy: anyPolicyOid, expected: new Set([anyPolicyOid]), parent: undefined },
  ]
  for (const { policies, mappings, isInhibited = false, allowAny = true } of steps) {
    const next: TreeNode[] = []
    const add = (policy: string, parent: TreeNode): void => {
      next.push({ policy, expected: new Set([policy]), parent })
    }
    for (const policy of policies.filter((each) => each !== anyPolicyOid)) {
      const parents = level.filter(({ expected }) => expected.has(policy))
      const any = level.find((each) => each.policy === anyPolicyOid)
      for (const parent of parents.length > 0 || any === undefined ? parents : [any]) {
        add(policy, parent)
      }
    }
    if (policies.includes(anyPolicyOid) && allowAny) {
      for (const parent of level) {
        for (const policy of parent.expected) {
          if (!next.some((each) => each.parent === parent && each.policy === policy)) {
            add(policy, parent)
          }
        }
      }
    }
    level = next
    if (mappings !== undefined) {
      const byPolicy = mappingsOf(mappings)
      if (isInhibited) {
        level = level.filter(({ policy }) => !byPolicy.has(policy))
      } else {
        for (const [policy, expected] of byPolicy) {
          const known = level.filter((each) => each.policy === policy)
          for (const each of known) {
            each.expected = expected
          }
          const any = level.find((each) => each.policy === anyPolicyOid)
          if (known.length === 0 && any !== undefined) {
            level.push({ policy, expected, parent: any.parent })
          }
        }
      }
    }
  }
  const found = new Set<string>()
  for (const leaf of level) {
    let each: TreeNode | undefined = leaf
    while (each !== undefined) {
      if (each.parent?.policy === anyPolicyOid && each.policy !== anyPolicyOid) {
        found.add(each.policy)
      }
      each = each.parent
    }
    if (leaf.policy === anyPolicyOid) {
      found.add(anyPolicyOid)
    }
  }
  return [...found].toSorted()
}
