import { der } from '../asn1/write.ts'
import type { Signer } from '../keys/signing-key.ts'
import { encodeSignatureAlgorithm, sealSigned } from '../x509/build-certificate.ts'
import { buildExtension, extension } from '../x509/build-extension.ts'
import { extensionOid } from '../x509/oids.ts'
import { serialOf } from '../x509/serial-number.ts'
import { type RevocationReason, revocationReasons } from './types.ts'

/** One certificate to be listed. */
export type CrlEntrySpec = {
  /** Hex, as in `Certificate`. */
  readonly serialNumber: string
  readonly revokedAt: Date
  readonly reason?: RevocationReason
  /** Encoded further entry extensions. */
  readonly extensions?: readonly Uint8Array[]
}

/** A list to be made. */
export type CrlSpec = {
  /** Encoded Name: `subject.bytes` of the CA's certificate. */
  readonly issuer: Uint8Array
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly crlNumber: bigint
  /** Makes a delta list that continues the base of this number. */
  readonly deltaBase?: bigint
  readonly authorityKeyIdentifier?: Uint8Array
  readonly entries: readonly CrlEntrySpec[]
  /** Encoded further extensions of the list. */
  readonly extensions?: readonly Uint8Array[]
}

const encodeEntry = (entry: CrlEntrySpec): Uint8Array => {
  const { reason = 'unspecified', extensions = [] } = entry
  const all = [
    // RFC 5280 §5.3.1: unspecified is said by silence.
    ...(reason === 'unspecified'
      ? []
      : [
          buildExtension(
            extensionOid.reasonCode,
            der.enumerated(revocationReasons.indexOf(reason)),
          ),
        ]),
    ...extensions,
  ]
  return der.sequence(
    der.integer(serialOf(entry.serialNumber)),
    der.time(entry.revokedAt),
    ...(all.length === 0 ? [] : [der.sequence(...all)]),
  )
}

/** Makes a version 2 list, complete or delta, signed by the CA's key. DER. */
export const buildCrl = async (spec: CrlSpec, key: Signer): Promise<Uint8Array> => {
  const extensions = [
    ...(spec.authorityKeyIdentifier === undefined
      ? []
      : [extension.authorityKeyIdentifier(spec.authorityKeyIdentifier)]),
    buildExtension(extensionOid.crlNumber, der.integer(spec.crlNumber)),
    ...(spec.deltaBase === undefined
      ? []
      : [
          buildExtension(extensionOid.deltaCrlIndicator, der.integer(spec.deltaBase), {
            critical: true,
          }),
        ]),
    ...(spec.extensions ?? []),
  ]
  return sealSigned(
    der.sequence(
      der.integer(1),
      encodeSignatureAlgorithm(key.scheme),
      spec.issuer,
      der.time(spec.thisUpdate),
      ...(spec.nextUpdate === undefined ? [] : [der.time(spec.nextUpdate)]),
      ...(spec.entries.length === 0 ? [] : [der.sequenceOf(spec.entries.map(encodeEntry))]),
      der.context(0, der.sequence(...extensions)),
    ),
    key,
  )
}
