import { toHex } from '../asn1/bytes.ts'
import { equalNames, type Name, type NameAttribute } from './name.ts'

/** RFC 5280 §7.1 as far as it is done in practice: case and runs of white space do not count. */
const fold = ({ oid, value, bytes }: NameAttribute): string =>
  value === null
    ? `${oid}#${toHex(bytes)}`
    : `${oid}=${value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')}`

/** Order of RDNs counts, order inside one does not. */
const folded = (name: Name): string =>
  Object.values(Object.groupBy(name.attributes, ({ rdn }) => rdn))
    .map((rdn) => rdn?.map(fold).toSorted().join('\u0001'))
    .join('\u0002')

const foldedNames = new WeakMap<Name, string>()

const remembered = (name: Name): string => {
  const text = foldedNames.get(name) ?? folded(name)
  foldedNames.set(name, text)
  return text
}

/**
 * Is it the same name by the comparison of RFC 5280 §7.1? Only for finding candidates, whose keys must
 * then verify: what binds two structures to one another (signer identifiers, CertID) is compared octet
 * for octet.
 */
export const matchNames = (left: Name, right: Name): boolean =>
  equalNames(left, right) || remembered(left) === remembered(right)

/** Does the certificate name itself as its issuer? */
export const isSelfIssued = (certificate: {
  readonly issuer: Name
  readonly subject: Name
}): boolean => matchNames(certificate.issuer, certificate.subject)
