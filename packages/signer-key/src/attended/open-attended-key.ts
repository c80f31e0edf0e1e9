import { describeSignerKey, gostSchemeOf, readCertificate } from '../describe-signer-key.ts'
import type { AttendedSignerKey } from '../signer-key.ts'

/**
 * A key that signs in the clerk's browser (CryptoPro Browser plug-in): no more than its certificate is
 * known here. Throws `signer-key.unreadable`, `signer-key.not-gost-2012`.
 *
 * @param certificate X.509, DER
 */
export function openAttendedKey(certificate: Uint8Array): AttendedSignerKey {
  gostSchemeOf(readCertificate(certificate))

  return {
    attendance: 'attended',
    description: describeSignerKey('browser-plugin', certificate),
  }
}
