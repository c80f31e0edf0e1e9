import { createSignedData } from '../cms/create-signed-data.ts'
import { contentTypeOid } from '../cms/oids.ts'
import type { Signer } from '../keys/index.ts'
import type { Certificate } from '../x509/index.ts'
import { encodeTstInfo } from './tst-info.ts'

/** What signs time-stamps, and how. */
export type TimeStampAuthority = {
  readonly key: Signer
  /** With the critical extended key usage timeStamping alone (RFC 3161 §2.3). */
  readonly certificate: Certificate
  /** The policy of its tokens. */
  readonly policy: string
  /** ESS attribute: `v2` (RFC 5816) by default, `v1` (SHA-1) as older Kazakh TSAs write. */
  readonly signingCertificate?: 'v2' | 'v1'
}

/**
 * Makes a TimeStampToken (RFC 3161 §2.4.2): TSTInfo inside a SignedData of version 3 with contentType,
 * signingTime, messageDigest and the ESS signing certificate, the TSA's certificate embedded. DER.
 *
 * Throws what `createSignedData` throws.
 */
export const buildTimeStampToken = (
  authority: TimeStampAuthority,
  {
    messageImprint,
    serialNumber,
    genTime,
    nonce,
    policy = authority.policy,
  }: {
    readonly messageImprint: { readonly digestOid: string; readonly hash: Uint8Array }
    readonly serialNumber: bigint
    /** UTC; whole seconds are written. */
    readonly genTime: Date
    readonly nonce?: bigint | undefined
    readonly policy?: string
  },
): Promise<Uint8Array> =>
  createSignedData({
    content: encodeTstInfo({ policy, messageImprint, serialNumber, genTime, nonce }),
    contentType: contentTypeOid.tstInfo,
    form: 'attached',
    signers: [
      {
        key: authority.key,
        certificate: authority.certificate,
        signingTime: genTime,
        signingCertificate: authority.signingCertificate ?? 'v2',
      },
    ],
  })
