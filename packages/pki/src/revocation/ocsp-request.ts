import {
  contextChild,
  expectEnd,
  expectSequence,
  explicitContent,
  isUniversal,
  octetsOf,
} from '../asn1/access.ts'
import { universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { isPkiError, PkiError } from '../error.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import { buildExtension } from '../x509/build-extension.ts'
import { type Extension, parseExtensionList } from '../x509/extensions.ts'
import { extensionOid } from '../x509/oids.ts'
import {
  type CertId,
  type CertificateAndIssuer,
  certIdOf,
  encodeCertId,
  parseCertId,
} from './cert-id.ts'

/** An OCSP question of RFC 6960 §4.1.1. */
export type OcspRequest = {
  readonly certIds: readonly CertId[]
  readonly nonce: Uint8Array | null
}

/** RFC 8954 §2.1: a nonce is an OCTET STRING inside the extension; old tools leave the wrapper out. */
export const nonceOf = (extensions: readonly Extension[]): Uint8Array | null => {
  const found = extensions.find(({ oid }) => oid === extensionOid.ocspNonce)
  if (found === undefined) {
    return null
  }
  try {
    return octetsOf(readDer(found.value))
  } catch (error) {
    if (isPkiError(error)) {
      return found.value
    }
    throw error
  }
}

/** The nonce extension. */
export const encodeNonce = (nonce: Uint8Array): Uint8Array =>
  buildExtension(extensionOid.ocspNonce, der.octets(nonce))

/**
 * Writes a question about one certificate, unsigned. `hashOid` names the certificate: SHA-256 (default)
 * or SHA-1, which older responders want. `nonce`: 1 to 32 octets (RFC 8954), from a cryptographic source.
 */
export const buildOcspRequest = ({
  certificate,
  issuer,
  hashOid = algorithmOid.sha256,
  nonce,
}: CertificateAndIssuer & {
  readonly hashOid?: string
  readonly nonce?: Uint8Array
}): Uint8Array =>
  der.sequence(
    der.sequence(
      der.sequence(
        der.sequence(
          encodeCertId({
            ...certIdOf({ certificate, issuer }, hashOid),
            // RFC 6960 §4.1.1: the issuer's name as the certificate in question writes it.
            issuerNameHash: digestOf(hashOid, certificate.issuer.bytes),
          }),
        ),
      ),
      ...(nonce === undefined ? [] : [der.context(2, der.sequence(encodeNonce(nonce)))]),
    ),
  )

/** A responder answers at most this many questions at once. */
const maxRequests = 100

/**
 * Reads a question, for a responder. A signature on it is allowed and not looked at.
 * Throws the `asn1.*` codes, `x509.duplicate-extension`, `ocsp.bad-request`.
 */
export const parseOcspRequest = (bytes: Uint8Array): OcspRequest => {
  const parts = expectSequence(readDer(bytes, { maxBytes: 65_536 }))
  expectEnd(parts, 2)
  const tbs = parts[0]
  const fields = expectSequence(tbs)
  const requests = fields.find((field) => isUniversal(field, universalTag.sequence))
  const certIds = expectSequence(requests).map((request) => parseCertId(expectSequence(request)[0]))
  if (certIds.length === 0 || certIds.length > maxRequests) {
    throw new PkiError({
      code: 'ocsp.bad-request',
      message: 'The question names no certificate, or too many.',
      data: { certificates: certIds.length },
    })
  }
  const wrapped = tbs === undefined ? undefined : contextChild(tbs, 2)
  const extensions = wrapped === undefined ? [] : parseExtensionList(explicitContent(wrapped))
  return { certIds, nonce: nonceOf(extensions) }
}
