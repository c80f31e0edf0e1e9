import { der } from '../asn1/index.ts'
import { revocationFormatOid } from './oids.ts'

/**
 * RevocationInfoChoices (RFC 5652 §10.2.1): CRLs as they are, whole OCSPResponses as
 * OtherRevocationInfo (RFC 5940 §2.1).
 */
export const encodeRevocationChoices = ({
  crls,
  ocsp,
}: {
  readonly crls: readonly Uint8Array[]
  readonly ocsp: readonly Uint8Array[]
}): readonly Uint8Array[] => [
  ...crls,
  ...ocsp.map((response) => der.context(1, [der.oid(revocationFormatOid.ocspResponse), response])),
]
