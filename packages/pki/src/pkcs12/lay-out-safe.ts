import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { pkcs12Oid } from './oids.ts'

const sequenceTag = 0x30
const explicitTag = 0xa0

/** Writes constructed values: of definite length (DER), or of indefinite (X.690 §8.1.3.6). */
type Wrap = (tag: number, ...parts: readonly Uint8Array[]) => Uint8Array

const wraps: Readonly<Record<'ber' | 'der', Wrap>> = {
  ber: (tag, ...parts) => concatOctets(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)),
  der: (tag, ...parts) => (tag === sequenceTag ? der.sequence(...parts) : der.context(0, parts)),
}

/**
 * The AuthenticatedSafe of RFC 7292 §4.1 with two parts: the shrouded key bags as plain data, and the
 * certificates as EncryptedData.
 *
 * @param input.layout `ber`: constructed values of indefinite length, as the Kazakh NCA writes.
 */
export const layOutSafe = ({
  keyBags,
  certificates: { algorithm, encrypted },
  layout,
}: {
  readonly keyBags: readonly Uint8Array[]
  readonly certificates: { readonly algorithm: Uint8Array; readonly encrypted: Uint8Array }
  readonly layout: 'ber' | 'der'
}): Uint8Array => {
  const wrap = wraps[layout]
  // encryptedContent is [0] IMPLICIT OCTET STRING: one string in DER, a list of them in BER.
  const content =
    layout === 'der'
      ? der.context(0, encrypted, { constructed: false })
      : wrap(explicitTag, der.octets(encrypted))
  return wrap(
    sequenceTag,
    wrap(
      sequenceTag,
      der.oid(pkcs12Oid.data),
      wrap(explicitTag, der.octets(der.sequence(...keyBags))),
    ),
    wrap(
      sequenceTag,
      der.oid(pkcs12Oid.encryptedData),
      wrap(
        explicitTag,
        wrap(
          sequenceTag,
          der.integer(0),
          wrap(sequenceTag, der.oid(pkcs12Oid.data), algorithm, content),
        ),
      ),
    ),
  )
}
