import { toHex } from '../asn1/bytes.ts'
import { equalNames, type Name, type NameAttribute } from './name.ts'

/** RFC 4518 §2.2: mapped to nothing. Soft hyphens, joiners, variation selectors, controls. */
const nothing = /\u034f|\u1806|\ufffc|\p{Variation_Selector}|(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}]/gu

/** RFC 4518 §2.2: mapped to a space. Line controls and every separator. */
const space = /[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu

/**
 * A text as caseIgnoreMatch compares it (RFC 5280 §7.1, RFC 4518 §2): invisible characters gone, case
 * folded, compatibility forms unified, runs of white space one space, none at the ends. String types do
 * not count.
 */
export const foldText = (text: string): string => (isPlain(text) ? text.toLowerCase() : fold(text))

/** Words of ASCII with one space between: nothing to fold but their case. */
const isPlain = (text: string): boolean => /^[!-~]+(?: [!-~]+)*$/.test(text)

const fold = (text: string): string =>
  text
    .replace(nothing, '')
    .replace(space, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/ +/g, ' ')
    .trim()

const foldAttribute = ({ oid, value, bytes }: NameAttribute): string =>
  value === null ? `${oid}#${toHex(bytes)}` : `${oid}=${foldText(value)}`

const foldedNames = new WeakMap<Name, readonly string[]>()

/** Each RDN folded, in order: order of RDNs counts, order inside one does not. */
const foldedRdns = (name: Name): readonly string[] => {
  const known = foldedNames.get(name)
  if (known !== undefined) {
    return known
  }
  const rdns: string[][] = []
  for (const attribute of name.attributes) {
    const folded = foldAttribute(attribute)
    const rdn = rdns[attribute.rdn]
    if (rdn === undefined) {
      rdns[attribute.rdn] = [folded]
    } else {
      rdn.push(folded)
    }
  }
  // No control character survives folding, so none inside a value can pass for a separator.
  const folded = rdns.map((rdn) => (rdn.length === 1 ? rdn : rdn.toSorted()).join('\u0001'))
  foldedNames.set(name, folded)
  return folded
}

const nameKeys = new WeakMap<Name, string>()

/** A text that two names share exactly when {@link matchNames} says that they are the same. */
export const nameKey = (name: Name): string => {
  const known = nameKeys.get(name)
  if (known !== undefined) {
    return known
  }
  const key = foldedRdns(name).join('\u0002')
  nameKeys.set(name, key)
  return key
}

/**
 * Is it the same name by the comparison of RFC 5280 §7.1? Only for finding candidates, whose keys must
 * then verify: what binds two structures to one another (signer identifiers, CertID) is compared octet
 * for octet.
 */
export const matchNames = (left: Name, right: Name): boolean =>
  equalNames(left, right) || nameKey(left) === nameKey(right)

/** Does the name lie in the subtree of `base`: are its first RDNs those of `base` (RFC 5280 §4.2.1.10)? */
export const isWithinName = (name: Name, base: Name): boolean => {
  const [inner, outer] = [foldedRdns(name), foldedRdns(base)]
  return outer.length <= inner.length && outer.every((rdn, index) => rdn === inner[index])
}

/** Does the certificate name itself as its issuer? */
export const isSelfIssued = (certificate: {
  readonly issuer: Name
  readonly subject: Name
}): boolean => matchNames(certificate.issuer, certificate.subject)
