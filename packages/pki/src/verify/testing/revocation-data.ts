import { algorithmOid } from '../../keys/index.ts'
import { buildCrl, buildOcspResponse, type CertStatus, certIdOf } from '../../revocation/index.ts'
import { sampleNow, type TestIdentity, type TestPki } from './test-pki.ts'

/** What the responder of a {@link TestPki} is to say. */
export type OcspAnswer = {
  readonly status?: CertStatus
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
  readonly responder?: TestIdentity
  readonly nonce?: Uint8Array
}

/** A responder's answer about one certificate of the authority. */
export const answerOcsp = (
  pki: TestPki,
  subject: TestIdentity,
  {
    status = { status: 'good' },
    thisUpdate = sampleNow,
    nextUpdate,
    responder = pki.ocsp,
    nonce,
  }: OcspAnswer = {},
): Promise<Uint8Array> =>
  buildOcspResponse(
    {
      responses: [
        {
          certId: certIdOf(
            { certificate: subject.certificate, issuer: pki.authority.certificate },
            algorithmOid.sha256,
          ),
          certStatus: status,
          thisUpdate,
          ...(nextUpdate === undefined ? {} : { nextUpdate }),
        },
      ],
      producedAt: thisUpdate,
      responder: responder.certificate,
      ...(nonce === undefined ? {} : { nonce }),
    },
    responder.key,
  )

/** A list of the authority in which some certificates are revoked. */
export const listRevoked = (
  authority: TestIdentity,
  revoked: readonly { readonly subject: TestIdentity; readonly at: Date }[],
): Promise<Uint8Array> =>
  buildCrl(
    {
      issuer: authority.certificate.subject.bytes,
      thisUpdate: new Date('2026-02-01T00:00:00Z'),
      nextUpdate: new Date('2026-02-08T00:00:00Z'),
      crlNumber: 6n,
      entries: revoked.map(({ subject, at }) => ({
        serialNumber: subject.certificate.serialNumber,
        revokedAt: at,
        reason: 'keyCompromise' as const,
      })),
    },
    authority.key,
  )
