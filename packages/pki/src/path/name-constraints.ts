import type { GeneralSubtree, NameConstraints } from '../x509/constraint-extensions.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { isWithinName } from '../x509/match-names.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { PathFailureCode } from './types.ts'

/**
 * permitted_subtrees and excluded_subtrees of RFC 5280 §6.1.2 (b), (c). A name must lie in a subtree of
 * its form in each list of `permitted` that has one, which is the intersection that the standard asks
 * for, and in none of `excluded`.
 */
export type NameConstraintState = {
  readonly permitted: readonly (readonly GeneralSubtree[])[]
  readonly excluded: readonly GeneralSubtree[]
}

/** Nothing is constrained yet. */
export const unconstrainedNames: NameConstraintState = { permitted: [], excluded: [] }

/** RFC 5280 §6.1.4 (g). */
export const addNameConstraints = (
  state: NameConstraintState,
  { permitted, excluded = [] }: NameConstraints,
): NameConstraintState => ({
  permitted: permitted === undefined ? state.permitted : [...state.permitted, permitted],
  excluded: [...state.excluded, ...excluded],
})

type Refusal = { readonly code: PathFailureCode; readonly detail: string }

/** Comparisons of names with subtrees in one certificate: real ones make some tens. */
const maxComparisons = 65_536

/** Does the name lie in the subtree? `unclear` when name or subtree is none that can be compared. */
type Comparison = 'inside' | 'outside' | 'unclear'

const inside = (isInside: boolean): Comparison => (isInside ? 'inside' : 'outside')

/** RFC 5280 §4.2.1.10, rfc822Name: a mailbox, all of a host, or all hosts of a domain. */
const compareEmail = (address: string, base: string): Comparison => {
  const at = address.lastIndexOf('@')
  const host = address.slice(at + 1).toLowerCase()
  if (at < 1 || host === '') {
    return 'unclear'
  }
  const baseAt = base.lastIndexOf('@')
  const baseHost = base.slice(baseAt + 1).toLowerCase()
  if (baseAt > 0) {
    return inside(address.slice(0, at) === base.slice(0, baseAt) && host === baseHost)
  }
  if (baseHost.startsWith('.')) {
    return inside(host.length > baseHost.length && host.endsWith(baseHost))
  }
  return inside(baseHost === '' || host === baseHost)
}

const withoutDot = (host: string): string => host.toLowerCase().replace(/\.$/, '')

/** RFC 5280 §4.2.1.10, dNSName: zero or more labels to the left; `.example` asks for one at least. */
const compareDns = (name: string, base: string, { isExclusion }: Purpose): Comparison => {
  const [host, domain] = [withoutDot(name), withoutDot(base)]
  if (host === '') {
    return 'unclear'
  }
  if (domain === '' || host === domain) {
    return 'inside'
  }
  const suffix = domain.startsWith('.') ? domain : `.${domain}`
  // A wildcard stands for names of which some may be excluded.
  const coversExcluded = isExclusion && host.startsWith('*.') && suffix.endsWith(host.slice(1))
  return inside(host.endsWith(suffix) || coversExcluded)
}

/** The host of a URI when it is a domain name: RFC 5280 §4.2.1.10 knows no rule for others. */
const hostOf = (uri: string): string | undefined => {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1]
  const host = authority?.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  const isName =
    host !== undefined && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(host) && !/^[\d.]+$/.test(host)
  return isName ? withoutDot(host) : undefined
}

/** RFC 5280 §4.2.1.10, uniformResourceIdentifier: one host, or the hosts below a domain. */
const compareUri = (uri: string, base: string): Comparison => {
  const host = hostOf(uri)
  if (host === undefined) {
    return 'unclear'
  }
  const domain = withoutDot(base)
  return inside(domain === '' || (domain.startsWith('.') ? host.endsWith(domain) : host === domain))
}

/** RFC 5280 §4.2.1.10, iPAddress: address and mask of RFC 4632, of the same family as the name. */
const compareIp = (address: Uint8Array, base: Uint8Array): Comparison => {
  const length = base.length / 2
  if ((length !== 4 && length !== 16) || (address.length !== 4 && address.length !== 16)) {
    return 'unclear'
  }
  const mask = base.subarray(length)
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  if (/01/.test(bits)) {
    return 'unclear'
  }
  return inside(
    address.length === length &&
      address.every((octet, index) => ((octet ^ (base[index] ?? 0)) & (mask[index] ?? 0)) === 0),
  )
}

type Purpose = { readonly isExclusion: boolean }

/** How a name compares with the base of a subtree; `undefined`: it is of another form. */
const compare = (
  name: GeneralName,
  base: GeneralName,
  purpose: Purpose,
): Comparison | undefined => {
  switch (name.type) {
    case 'directory':
      return base.type === name.type ? inside(isWithinName(name.name, base.name)) : undefined
    case 'email':
      return base.type === name.type ? compareEmail(name.value, base.value) : undefined
    case 'dns':
      return base.type === name.type ? compareDns(name.value, base.value, purpose) : undefined
    case 'uri':
      return base.type === name.type ? compareUri(name.value, base.value) : undefined
    case 'ip':
      return base.type === name.type ? compareIp(name.bytes, base.bytes) : undefined
    case 'other':
      return base.type === name.type && base.tag === name.tag ? 'unclear' : undefined
  }
}

/** The form of a name, never the name itself: it may be a person's. */
const formOf = (name: GeneralName): string =>
  name.type === 'other' ? `form ${name.tag}` : name.type

const checkName = (name: GeneralName, state: NameConstraintState): Refusal | undefined => {
  const detail = formOf(name)
  const examine = (subtrees: readonly GeneralSubtree[], purpose: Purpose) =>
    subtrees.flatMap(({ base, isBounded }) => {
      const comparison = compare(name, base, purpose)
      return comparison === undefined ? [] : [isBounded ? 'unclear' : comparison]
    })
  const excluded = examine(state.excluded, { isExclusion: true })
  const permitted = state.permitted
    .map((subtrees) => examine(subtrees, { isExclusion: false }))
    .filter((comparisons) => comparisons.length > 0)
  if (excluded.includes('inside')) {
    return { code: 'name-excluded', detail }
  }
  // RFC 5280 §4.2.1.10: a constraint that cannot be processed refuses every name of its form.
  if (excluded.includes('unclear') || permitted.some((each) => each.includes('unclear'))) {
    return { code: 'name-constraints-unsupported', detail }
  }
  return permitted.every((each) => each.includes('inside'))
    ? undefined
    : { code: 'name-not-permitted', detail }
}

const emailAddressOid = '1.2.840.113549.1.9.1'

/** Every name of a subject: its distinguished name, the addresses in it, its alternative names. */
const namesOf = ({ subject, extensions }: Certificate): readonly GeneralName[] => [
  ...(subject.attributes.length === 0 ? [] : [{ type: 'directory', name: subject } as const]),
  ...subject.attributes.flatMap(({ oid, value }) =>
    oid === emailAddressOid ? [{ type: 'email', value: value ?? '' } as const] : [],
  ),
  ...(extensions.subjectAltName?.names ?? []),
]

/**
 * RFC 5280 §6.1.3 (b), (c): every name of the certificate in the permitted subtrees of its form and in no
 * excluded one. Addresses in the subject count beside those of subjectAltName too: the standard asks for
 * it only where there is no subjectAltName, and a stricter reading lets no forbidden address pass.
 */
export const checkNames = (
  certificate: Certificate,
  state: NameConstraintState,
): Refusal | undefined => {
  const subtrees = state.excluded.length + state.permitted.flat().length
  if (subtrees === 0) {
    return undefined
  }
  const names = namesOf(certificate)
  if (names.length * subtrees > maxComparisons) {
    return { code: 'name-constraints-unsupported', detail: 'too many names' }
  }
  for (const name of names) {
    const refusal = checkName(name, state)
    if (refusal !== undefined) {
      return refusal
    }
  }
  return undefined
}
