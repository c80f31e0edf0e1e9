import { decodeContainer, equalOctets } from '../asn1/index.ts'
import {
  cmsAttributeOid,
  type DigestibleContent,
  digestibleContent,
  looksLikeSignature,
  parseSignedData,
  type SignedData,
  type SignedDataFields,
  type SignerInfo,
  signatureTimeStampsOf,
} from '../cms/index.ts'
import { isPkiError, PkiError } from '../error.ts'
import type { Certificate } from '../x509/index.ts'
import { digestName, signatureName } from './algorithm-names.ts'
import type { ContainerFormat, ContainerReading, SignatureReading } from './container-format.ts'
import { isStampOf } from './gather-time-stamp.ts'
import { identifySigner } from './identify-signer.ts'
import { isRegularText } from './is-regular-text.ts'
import { parseCertificates } from './parse-material.ts'
import type { SignatureFormat } from './report.ts'
import type { ContentState } from './types.ts'
import { readUnsignedAttributes } from './unsigned-attributes.ts'

/** What signatures of one container share. */
type Surroundings = {
  /** `undefined`: counter-signatures. */
  readonly contentType: string | undefined
  readonly digestAlgorithms: readonly string[] | undefined
  readonly content: DigestibleContent
  readonly state: ContentState
  readonly embedded: readonly Certificate[]
  /** Is revocation data anywhere in the container? */
  readonly hasRevocationData: boolean
}

/**
 * CAdES needs the ESS reference (ETSI EN 319 122-1 §5.2.2); without it the container is plain CMS. Level
 * T adds a time-stamp on the signature, LT what proves both later (§5.3, §5.4).
 */
const formatOf = (signerInfo: SignerInfo, { hasRevocationData }: Surroundings): SignatureFormat => {
  const hasReference = signerInfo.signedAttributes?.list.some(
    ({ type }) =>
      type === cmsAttributeOid.signingCertificateV2 || type === cmsAttributeOid.signingCertificate,
  )
  if (hasReference !== true) {
    return 'CMS'
  }
  if (signatureTimeStampsOf(signerInfo).length === 0) {
    return 'CAdES-B'
  }
  return hasRevocationData ? 'CAdES-LT' : 'CAdES-T'
}

const contentState = (
  attached: Uint8Array | undefined,
  given: Uint8Array | undefined,
): ContentState => {
  if (attached === undefined) {
    return given === undefined ? 'absent' : 'given'
  }
  return given === undefined || equalOctets(attached, given) ? 'attached' : 'differs'
}

const readSigner = (
  { signerInfo, unsigned }: SignerParts,
  surroundings: Surroundings,
): SignatureReading => {
  const { contentType, digestAlgorithms, content, state, embedded } = surroundings
  return {
    format: formatOf(signerInfo, surroundings),
    signatureAlgorithm: signatureName(signerInfo.signatureAlgorithm.oid),
    digestAlgorithm: digestName(signerInfo.digestAlgorithm.oid),
    coversAttributes: signerInfo.signedAttributes !== undefined,
    content: state,
    timeStamps: signatureTimeStampsOf(signerInfo).map((token) => ({
      token,
      stamped: signerInfo.signature,
    })),
    unsignedAttributes: unsigned.facts,
    identify: (atHand) =>
      identifySigner(signerInfo, { embedded, atHand, content, contentType, digestAlgorithms }),
    counterSignatures: unsigned.counterSigners.map((counter) =>
      readSigner(readParts(counter), {
        ...surroundings,
        // RFC 5652 §11.4: over the signature value, of no content type, by any digest.
        contentType: undefined,
        digestAlgorithms: undefined,
        content: digestibleContent(signerInfo.signature),
        state: 'attached',
      }),
    ),
  }
}

/** A SignerInfo with its unsigned attributes sorted. */
type SignerParts = {
  readonly signerInfo: SignerInfo
  readonly unsigned: ReturnType<typeof readUnsignedAttributes>
}

const readParts = (signerInfo: SignerInfo): SignerParts => ({
  signerInfo,
  unsigned: readUnsignedAttributes(signerInfo.unsignedAttributes, (token) =>
    isStampOf(token, signerInfo.signature),
  ),
})

/** The content of a SignedData, and where it is. */
export type SignedContent = { readonly state: ContentState; readonly content: DigestibleContent }

/** What a SignedData says. Throws the code of a certificate in it that cannot be read. */
export const readSignatures = (
  data: SignedDataFields,
  { state, content }: SignedContent,
): ContainerReading => {
  const embedded = parseCertificates(data.certificates)
  const signers = data.signerInfos.map(readParts)
  const values = signers.map(({ unsigned }) => unsigned.values)
  const ocsp = [...data.ocspResponses, ...values.flatMap((value) => value.ocsp)]
  const crls = [...data.crls, ...values.flatMap((value) => value.crls)]
  return {
    readable: true,
    kind: 'cms',
    values: {
      certificates: [
        ...embedded,
        ...parseCertificates(values.flatMap(({ certificates }) => certificates)),
      ],
      ocsp,
      crls,
    },
    signatures: signers.map((signer) =>
      readSigner(signer, {
        contentType: data.contentType,
        digestAlgorithms: data.digestAlgorithms.map(({ oid }) => oid),
        content,
        state,
        embedded,
        hasRevocationData: ocsp.length + crls.length > 0,
      }),
    ),
  }
}

/** Makes a reading of what throws the code of a damaged container; a source that was cut is none. */
export const readingOrCode = async (
  read: () => ContainerReading | Promise<ContainerReading>,
): Promise<ContainerReading> => {
  try {
    return await read()
  } catch (error) {
    if (isPkiError(error) && error.code !== 'source.cut') {
      return { readable: false, kind: 'cms', code: error.code }
    }
    throw error
  }
}

/**
 * A SignedData out of DER, BER, PEM or base64. Throws the codes of `parseSignedData`, and
 * `container.unreadable` for text that no encoder writes.
 */
export const decodeSignedData = (container: Uint8Array): SignedData => {
  const decoded = decodeContainer(container)
  const data = parseSignedData(decoded)
  if (decoded !== container && !isRegularText(new TextDecoder().decode(container))) {
    throw new PkiError({
      code: 'container.unreadable',
      message: 'The text around the signature is not as any encoder writes it.',
    })
  }
  return data
}

/** CMS SignedData and CAdES: DER, BER, PEM or base64. */
export const cmsContainerFormat: ContainerFormat = {
  kind: 'cms',
  detect: (container) => container instanceof Uint8Array && looksLikeSignature(container),
  read: ({ container, content: given }) =>
    container instanceof Uint8Array
      ? readingOrCode(() => {
          const data = decodeSignedData(container)
          const state = contentState(data.content, given)
          return readSignatures(data, { state, content: digestibleContent(data.content ?? given) })
        })
      : { readable: false, kind: 'cms', code: 'container.unreadable' },
}
