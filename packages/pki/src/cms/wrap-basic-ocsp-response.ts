import { der } from '../asn1/index.ts'
import { revocationFormatOid } from './oids.ts'

/**
 * A BasicOCSPResponse, as CAdES keeps it (ETSI EN 319 122-1 §A.1.3.2), as the successful OCSPResponse
 * around it (RFC 6960 §4.2.1). DER.
 */
export const wrapBasicOcspResponse = (basic: Uint8Array): Uint8Array =>
  der.sequence(
    der.enumerated(0),
    der.context(0, der.sequence(der.oid(revocationFormatOid.basicOcspResponse), der.octets(basic))),
  )
