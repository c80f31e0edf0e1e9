import { asUniversal, bitsOf, contextChild, expectSequence } from '../asn1/access.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { isPkiError, PkiError } from '../error.ts'
import { type GeneralName, generalNamesBehind, urisOf } from './general-name.ts'
import { type Name, parseName } from './name.ts'

/** DistributionPointName of RFC 5280 §4.2.1.13: where a list is, by whole names or below its issuer. */
export type DistributionPointName =
  | { readonly fullName: readonly GeneralName[] }
  /** The encoded RelativeDistinguishedName, as a SET. */
  | { readonly relativeName: Uint8Array }

/** Where a revocation list of some scope is. */
export type DistributionPoint = {
  readonly urls: readonly string[]
  readonly name?: DistributionPointName
  /** The point covers these reasons only, as {@link reasonFlags}. */
  readonly reasons?: number
  /** Another authority issues the list; empty when the certificate's own issuer does. */
  readonly crlIssuer: readonly GeneralName[]
}

/** ReasonFlags of RFC 5280 §4.2.1.13: bit n of the number is bit n of the BIT STRING. */
export const reasonFlags = {
  keyCompromise: 1 << 1,
  cACompromise: 1 << 2,
  affiliationChanged: 1 << 3,
  superseded: 1 << 4,
  cessationOfOperation: 1 << 5,
  certificateHold: 1 << 6,
  privilegeWithdrawn: 1 << 7,
  aACompromise: 1 << 8,
} as const

/** Every reason that a list can give: RFC 5280 §6.3.2 (a), all-reasons. */
export const allReasons = Object.values(reasonFlags).reduce((mask, flag) => mask | flag, 0)

/** Reads ReasonFlags behind an implicit tag; `unused` and later bits mean nothing. */
export const parseReasonFlags = (node: Asn1Node): number => {
  const { bytes } = bitsOf(asUniversal(node, universalTag.bitString))
  let mask = 0
  for (let bit = 1; bit <= 8; bit += 1) {
    mask |= (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) << bit
  }
  return mask
}

/** Reads a DistributionPointName inside its explicit tag. Throws the `asn1.*` codes. */
export const parseDistributionPointName = (node: Asn1Node): DistributionPointName => {
  const fullName = contextChild(node, 0)
  const relativeName = contextChild(node, 1)
  if (node.children.length !== 1 || (fullName === undefined && relativeName === undefined)) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'A distribution point is named in no known way.',
    })
  }
  if (relativeName === undefined) {
    return { fullName: generalNamesBehind(fullName) }
  }
  const { bytes } = asUniversal(relativeName, universalTag.set)
  parseName(der.sequence(bytes))
  return { relativeName: bytes }
}

/** Reads a list of distribution points: RFC 5280 §4.2.1.13. Throws the `asn1.*` codes, `x509.bad-name`. */
export const parseDistributionPoints = (
  node: Asn1Node,
): { readonly points: readonly DistributionPoint[] } => {
  const points = expectSequence(node)
  if (points.length === 0) {
    throw new PkiError({ code: 'asn1.missing', message: 'A list must not be empty.' })
  }
  return {
    points: points.map((point): DistributionPoint => {
      expectSequence(point)
      const nameNode = contextChild(point, 0)
      const reasons = contextChild(point, 1)
      const name = nameNode === undefined ? undefined : parseDistributionPointName(nameNode)
      return {
        urls: name !== undefined && 'fullName' in name ? urisOf(name.fullName) : [],
        ...(name === undefined ? {} : { name }),
        ...(reasons === undefined ? {} : { reasons: parseReasonFlags(reasons) }),
        crlIssuer: generalNamesBehind(contextChild(point, 2)),
      }
    }),
  }
}

/**
 * The whole names of a point: nameRelativeToCRLIssuer is appended to the name of the list's issuer
 * (RFC 5280 §4.2.1.13, §6.3.3 (b)(2)(i)). None when the name so made is longer than names may be.
 */
export const wholeNames = (
  name: DistributionPointName,
  crlIssuer: Name,
): readonly GeneralName[] => {
  if ('fullName' in name) {
    return name.fullName
  }
  const { content } = readDer(crlIssuer.bytes)
  try {
    const whole = parseName(der.sequenceOf([content, name.relativeName]))
    return [{ type: 'directory', name: whole }]
  } catch (error) {
    if (isPkiError(error)) {
      return []
    }
    throw error
  }
}
