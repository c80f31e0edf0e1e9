import {
  type Asn1Node,
  asUniversal,
  expectEnd,
  expectSequence,
  expectSet,
  integerOf,
  isTagged,
  octetsOf,
  readDer,
  smallIntegerOf,
  universalTag,
} from '../asn1/index.ts'
import { isPkiError, PkiError } from '../error.ts'
import { expectNoParameters, parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import { isKnownDigest } from '../keys/digests.ts'
import { serialText } from '../x509/serial-number.ts'
import { parseAttribute } from './attributes.ts'
import type { SignedAttributes, SignerIdentifier, SignerInfo } from './types.ts'

const parseIdentifier = (node: Asn1Node | undefined): SignerIdentifier => {
  if (isTagged(node, 'context', 0)) {
    return {
      kind: 'subject-key-identifier',
      keyIdentifier: octetsOf(asUniversal(node, universalTag.octetString)),
    }
  }
  const parts = expectSequence(node)
  const [issuer, serialNumber] = parts
  expectEnd(parts, 2)
  expectSequence(issuer)
  return {
    kind: 'issuer-and-serial',
    issuer: issuer?.bytes ?? new Uint8Array(),
    serialNumber: serialText(integerOf(serialNumber)),
  }
}

const parseSignedAttributes = (node: Asn1Node): SignedAttributes => {
  const set = asUniversal(node, universalTag.set, { rules: 'ber' })
  const list = expectSet(set).map(parseAttribute)
  const tbsBytes = set.bytes
  try {
    readDer(tbsBytes)
    return { list, tbsBytes, notDer: undefined }
  } catch (error) {
    if (isPkiError(error)) {
      return { list, tbsBytes, notDer: error.code }
    }
    throw error
  }
}

const parseUnsignedAttributes = (node: Asn1Node): SignerInfo['unsignedAttributes'] => {
  const attributes = expectSet(asUniversal(node, universalTag.set, { rules: 'ber' }))
  if (attributes.length === 0) {
    throw new PkiError({
      code: 'cms.empty-set',
      message: 'The set of unsigned attributes is present and empty.',
    })
  }
  return attributes.map(parseAttribute)
}

/** RFC 5652 §5.3: 1 with issuerAndSerialNumber, 3 with subjectKeyIdentifier. */
const expectedVersion = (identifier: SignerIdentifier): number =>
  identifier.kind === 'issuer-and-serial' ? 1 : 3

/**
 * Reads one SignerInfo (RFC 5652 §5.3). Signed attributes that are not DER are a fact
 * (`signedAttributes.notDer`), any other breach of the structure is an error.
 *
 * Throws `cms.bad-version`, `cms.empty-set`, `key.bad-parameters`, `asn1.*`.
 */
export const parseSignerInfo = (node: Asn1Node): SignerInfo => {
  const [versionNode, identifierNode, digestNode, ...rest] = expectSequence(node)
  const identifier = parseIdentifier(identifierNode)
  const version = smallIntegerOf(versionNode)
  if (version !== expectedVersion(identifier)) {
    throw new PkiError({
      code: 'cms.bad-version',
      message: 'The version of a SignerInfo does not fit its signer identifier.',
      data: { version, expected: expectedVersion(identifier) },
    })
  }
  const hasSigned = isTagged(rest[0], 'context', 0)
  const [algorithmNode, signatureNode, unsignedNode, ...more] = hasSigned ? rest.slice(1) : rest
  if (more.length > 0 || (unsignedNode !== undefined && !isTagged(unsignedNode, 'context', 1))) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'A SignerInfo has a field that its type does not know.',
    })
  }
  const digestAlgorithm = parseAlgorithmIdentifier(digestNode)
  if (isKnownDigest(digestAlgorithm.oid)) {
    expectNoParameters(digestAlgorithm)
  }
  return {
    bytes: node.bytes,
    version,
    identifier,
    digestAlgorithm,
    signedAttributes:
      hasSigned && rest[0] !== undefined ? parseSignedAttributes(rest[0]) : undefined,
    signatureAlgorithm: parseAlgorithmIdentifier(algorithmNode),
    signature: octetsOf(signatureNode),
    unsignedAttributes: unsignedNode === undefined ? [] : parseUnsignedAttributes(unsignedNode),
  }
}
