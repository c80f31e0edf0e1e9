import type { OctetSource } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { type CmsSigner, createSignerInfo, profileOf } from './create-signer-info.ts'
import { digestContent } from './digest-content.ts'
import type { DigestibleContent } from './digestible-content.ts'
import { encodeRevocationChoices } from './encode-revocation-choices.ts'
import { contentTypeOid } from './oids.ts'
import { encodeDigestAlgorithm } from './signature-profile.ts'
import {
  type ContainerEncoding,
  type SignedDataHead,
  writeSignedData,
} from './write-signed-data.ts'

/** What a new container holds besides its content. */
export type SignedDataSpec = {
  /** eContentType, id-data by default. */
  readonly contentType?: string
  readonly signers: readonly CmsSigner[]
  /** More certificates to embed, DER: those of the signers are always there. */
  readonly certificates?: readonly Uint8Array[]
  /** CRLs to embed, DER. */
  readonly crls?: readonly Uint8Array[]
  /** OCSPResponses to embed, DER. */
  readonly ocsp?: readonly Uint8Array[]
  /** DER by default; `ber` has indefinite lengths around the content, as E-IMZO writes. */
  readonly encoding?: ContainerEncoding
}

/** The parts of a new container that are known before anything is signed. Throws `cms.no-signers`. */
export const headOf = ({
  contentType = contentTypeOid.data,
  signers,
  certificates = [],
  crls = [],
  ocsp = [],
}: SignedDataSpec): SignedDataHead => {
  if (signers.length === 0) {
    throw new PkiError({ code: 'cms.no-signers', message: 'A signature needs a signer.' })
  }
  return {
    contentType,
    digestAlgorithms: signers.map((signer) => ({
      oid: signer.key.scheme.digestOid,
      bytes: encodeDigestAlgorithm(signer.key.scheme, profileOf(signer)),
    })),
    certificateChoices: [...signers.map(({ certificate }) => certificate.bytes), ...certificates],
    revocationChoices: encodeRevocationChoices({ crls, ocsp }),
    signerInfos: signers.map(() => ({ version: 1 })),
  }
}

/** The digest of the content that a signer needs, out of those that were made. */
export const digestFor = ({ key }: CmsSigner, content: DigestibleContent): Uint8Array =>
  content.digest(key.scheme.digestOid) ?? new Uint8Array()

/**
 * Makes the signatures of a container whose content was digested.
 * Throws `cms.signer-mismatch`, and whatever a signer's key throws.
 */
export const createSignerInfos = async (
  { signers, contentType = contentTypeOid.data }: SignedDataSpec,
  content: DigestibleContent,
): Promise<readonly { readonly version: number; readonly bytes: Uint8Array }[]> => {
  const signerInfos: { readonly version: number; readonly bytes: Uint8Array }[] = []
  for (const signer of signers) {
    const messageDigest = digestFor(signer, content)
    const bytes = await createSignerInfo(signer, { messageDigest, contentType })
    signerInfos.push({ version: 1, bytes })
  }
  return signerInfos
}

const write = async (
  spec: SignedDataSpec,
  { content, inside }: { content: DigestibleContent; inside: Uint8Array | undefined },
): Promise<Uint8Array> =>
  writeSignedData(
    { ...headOf(spec), content: inside, signerInfos: await createSignerInfos(spec, content) },
    spec.encoding === undefined ? {} : { encoding: spec.encoding },
  )

/**
 * Makes a CMS SignedData (RFC 5652 §5): signed attributes contentType, signingTime, messageDigest and,
 * by the profile of each signer, the ESS signing certificate, which makes it CAdES-B
 * (ETSI EN 319 122-1 §5.2); signer certificates inside; the octet order of the signature is that of the
 * signer's country. Signers are independent and equal; a time-stamp is added afterwards with
 * `augmentToT`.
 *
 * Detached content may be of any size and come from a file; for large attached content take
 * `createSignedDataStream`.
 *
 * Throws `cms.signer-mismatch` (certificate of another key), `cms.no-signers`, `source.cut`, and
 * whatever a source or a signer's key throws.
 *
 * @example
 * const container = await createSignedData({
 *   content, form: 'detached', signers: [{ key, certificate, signingTime: new Date() }],
 * })
 */
export const createSignedData = async (
  spec: SignedDataSpec &
    (
      | {
          readonly content: Uint8Array
          /** `attached`: the content stands inside. `detached`: it is kept elsewhere. */
          readonly form: 'attached' | 'detached'
        }
      | { readonly content: OctetSource; readonly form: 'detached' }
    ),
): Promise<Uint8Array> => {
  const content = await digestContent(
    spec.content,
    headOf(spec).digestAlgorithms.map(({ oid }) => oid),
  )
  return write(spec, { content, inside: spec.form === 'attached' ? spec.content : undefined })
}

/**
 * Makes a detached SignedData over content that was digested before: `digestContent` with the digest
 * algorithm of every signer. So a file is read once where its digests serve another purpose too. The
 * container is that of {@link createSignedData}.
 *
 * Throws `cms.content-missing` when a digest was not made, and as {@link createSignedData}.
 */
export const signDigestedContent = async (
  spec: SignedDataSpec & { readonly content: DigestibleContent },
): Promise<Uint8Array> => {
  if (spec.signers.some(({ key }) => spec.content.digest(key.scheme.digestOid) === undefined)) {
    throw new PkiError({
      code: 'cms.content-missing',
      message: 'The content was not digested by the algorithm of a signer.',
    })
  }
  return write(spec, { content: spec.content, inside: undefined })
}
