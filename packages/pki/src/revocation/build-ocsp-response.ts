import { der } from '../asn1/write.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import type { Signer } from '../keys/signing-key.ts'
import { encodeSignatureAlgorithm } from '../x509/build-certificate.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { type CertId, encodeCertId } from './cert-id.ts'
import { encodeNonce } from './ocsp-request.ts'
import { type CertStatus, type OcspStatus, ocspStatuses } from './ocsp-response.ts'
import { revocationReasons } from './types.ts'

/** What is to be said about one certificate. */
export type SingleResponseSpec = {
  readonly certId: CertId
  readonly certStatus: CertStatus
  readonly thisUpdate: Date
  /** Kazakhstan leaves it out. */
  readonly nextUpdate?: Date
}

/** An answer to be made. */
export type OcspResponseSpec = {
  readonly responses: readonly SingleResponseSpec[]
  readonly producedAt: Date
  /** Echo of the question's nonce. */
  readonly nonce?: Uint8Array
  /** Certificate of the key that signs: delegated, or the CA itself. */
  readonly responder: Certificate
  /** How the responder is named: by its subject, or by the SHA-1 of its key. Default `name`. */
  readonly responderIdBy?: 'name' | 'key'
  /** Send the responder's certificate along. Default true. */
  readonly includeCertificate?: boolean
}

const encodeStatus = (status: CertStatus): Uint8Array => {
  switch (status.status) {
    case 'good':
      return der.context(0, new Uint8Array(), { constructed: false })
    case 'unknown':
      return der.context(2, new Uint8Array(), { constructed: false })
    case 'revoked':
      return der.context(1, [
        der.generalizedTime(status.revokedAt),
        // RFC 5280 §5.3.1: unspecified is said by silence.
        ...(status.reason === 'unspecified'
          ? []
          : [der.context(0, der.enumerated(revocationReasons.indexOf(status.reason)))]),
      ])
  }
}

const encodeSingle = (spec: SingleResponseSpec): Uint8Array =>
  der.sequence(
    encodeCertId(spec.certId),
    encodeStatus(spec.certStatus),
    der.generalizedTime(spec.thisUpdate),
    ...(spec.nextUpdate === undefined
      ? []
      : [der.context(0, der.generalizedTime(spec.nextUpdate))]),
  )

const encodeResponderId = ({ responder, responderIdBy }: OcspResponseSpec): Uint8Array =>
  responderIdBy === 'key'
    ? der.context(2, der.octets(digestOf(algorithmOid.sha1, responder.spki.subjectPublicKey)))
    : der.context(1, responder.subject.bytes)

/** Makes a successful basic answer, signed by the responder's key. DER. */
export const buildOcspResponse = async (
  spec: OcspResponseSpec,
  key: Signer,
): Promise<Uint8Array> => {
  const { responder, nonce, includeCertificate = true } = spec
  const tbs = der.sequence(
    encodeResponderId(spec),
    der.generalizedTime(spec.producedAt),
    der.sequence(...spec.responses.map(encodeSingle)),
    ...(nonce === undefined ? [] : [der.context(1, der.sequence(encodeNonce(nonce)))]),
  )
  const basic = der.sequence(
    tbs,
    encodeSignatureAlgorithm(key.scheme),
    der.bits(await key.sign(tbs)),
    ...(includeCertificate ? [der.context(0, der.sequence(responder.bytes))] : []),
  )
  return der.sequence(
    der.enumerated(0),
    der.context(0, der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic))),
  )
}

/** Makes an answer that only says why there is none. */
export const buildOcspFailure = (status: Exclude<OcspStatus, 'successful'>): Uint8Array =>
  der.sequence(der.enumerated(ocspStatuses.indexOf(status)))
