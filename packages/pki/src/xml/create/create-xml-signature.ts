import { equalOctets } from '../../asn1/index.ts'
import { PkiError } from '../../error.ts'
import type { Signer } from '../../keys/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { algorithmUri, digestUriOf, signatureMethodByOid } from '../algorithms.ts'
import { escapeXml } from '../escape-xml.ts'
import { gatherXmlSignatures, type XmlSignatureFact } from '../gather-signatures.ts'
import { referenceType } from '../namespaces.ts'
import { readXmlSource } from '../open-document.ts'
import { writeBase64 } from '../read-base64.ts'
import { encodeNumbersSideBySide } from './encode-signature-value.ts'
import { type XmlProfileName, type XmlSignatureProfile, xmlProfiles } from './profiles.ts'
import { type ReferencePlan, renderSignature, type SignaturePlan } from './render-signature.ts'
import {
  renderQualifyingProperties,
  type SignedPropertiesInput,
} from './render-signed-properties.ts'

/** What is signed, and where the signature stands. */
export type XmlSignatureForm =
  /** The whole document; the signature becomes the last child of its root. */
  | { readonly form: 'enveloped'; readonly document: Uint8Array }
  /** One element of the document by its Id; the signature becomes the last child of the root. */
  | { readonly form: 'detached'; readonly document: Uint8Array; readonly elementId: string }
  /** An XML element inside of the signature's own Object. */
  | { readonly form: 'enveloping'; readonly element: Uint8Array }
  /** Any octets, as base64 inside of the signature's own Object. */
  | { readonly form: 'enveloping-octets'; readonly octets: Uint8Array; readonly mimeType?: string }
  /** Octets beside the signature, by the name that a verifier is to give them under. */
  | { readonly form: 'external'; readonly octets: Uint8Array; readonly uri: string }

/** Everything about a signature to be made. */
export type CreateXmlSignatureInput = XmlSignatureForm & {
  readonly signer: {
    readonly certificate: Certificate
    readonly key: Signer
    /** Further certificates for KeyInfo, DER. */
    readonly certificates?: readonly Uint8Array[]
  }
  readonly profile?: XmlProfileName | XmlSignatureProfile
  /** Makes it XAdES-B (ETSI EN 319 132-1 §6.3). */
  readonly xades?: SignedPropertiesInput
  /** Id of the signature, and stem of all Ids made: letters, digits, `-`. Needed for XAdES. */
  readonly id?: string
}

const notSignable = (message: string, data?: { readonly defects: string }): PkiError =>
  new PkiError({ code: 'xml.not-signable', message, ...(data === undefined ? {} : { data }) })

const contentId = (id: string): string => `${id}-content`

/** The Reference to the content, and the Objects that hold it. */
const planContent = (
  input: CreateXmlSignatureInput,
  { id, profile }: { readonly id: string; readonly profile: XmlSignatureProfile },
  elementText: string,
): { readonly reference: ReferencePlan; readonly objects: readonly string[] } => {
  const c14n = profile.contentCanonicalization
  switch (input.form) {
    case 'enveloped':
      return { reference: { uri: '', transforms: [algorithmUri.enveloped, c14n] }, objects: [] }
    case 'detached':
      return { reference: { uri: `#${input.elementId}`, transforms: [c14n] }, objects: [] }
    case 'enveloping':
      return {
        reference: { uri: `#${contentId(id)}`, transforms: [c14n] },
        objects: [`<ds:Object Id="${contentId(id)}">${elementText}</ds:Object>`],
      }
    case 'enveloping-octets': {
      const mimeType =
        input.mimeType === undefined ? '' : ` MimeType="${escapeXml(input.mimeType)}"`
      return {
        reference: { uri: `#${contentId(id)}`, transforms: [algorithmUri.base64] },
        objects: [
          `<ds:Object Id="${contentId(id)}"${mimeType} Encoding="${algorithmUri.base64}">${writeBase64(input.octets)}</ds:Object>`,
        ],
      }
    }
    case 'external':
      return { reference: { uri: input.uri, transforms: [] }, objects: [] }
  }
}

const idPattern = /^[A-Za-z_][\w.-]*$/

/** Text before and after the signature. */
type Surroundings = { readonly before: string; readonly after: string }

const surroundingsOf = async (
  input: CreateXmlSignatureInput,
): Promise<Surroundings & { readonly elementText: string }> => {
  if (input.form === 'enveloping') {
    const { text } = await readXmlSource(input.element)
    return { before: '', after: '', elementText: text }
  }
  if (input.form === 'enveloped' || input.form === 'detached') {
    const { text, rootEnd } = await readXmlSource(input.document)
    if (!text.startsWith('/>', rootEnd)) {
      return { before: text.slice(0, rootEnd), after: text.slice(rootEnd), elementText: '' }
    }
    // The root is empty: its tag begins at the last `<`, since no attribute value may hold one.
    const name = /^<([^\s/>]+)/.exec(text.slice(text.lastIndexOf('<', rootEnd)))?.[1] ?? ''
    return {
      before: `${text.slice(0, rootEnd)}>`,
      after: `</${name}>${text.slice(rootEnd + 2)}`,
      elementText: '',
    }
  }
  return { before: '', after: '', elementText: '' }
}

/** The signature that is being made: the last child of the root, or the root itself. */
const madeOf = (
  facts: readonly XmlSignatureFact[],
  { form }: CreateXmlSignatureInput,
): XmlSignatureFact => {
  const made =
    form === 'enveloped' || form === 'detached'
      ? facts.findLast(({ isChildOfRoot }) => isChildOfRoot)
      : facts[0]
  if (made === undefined) {
    throw notSignable('The signature is not where it was put.')
  }
  return made
}

/**
 * Signs XML, or octets in XML: enveloped, detached by an Id, enveloping, or beside its content; plain
 * XMLDSig, or XAdES-B where `xades` is given. The key may be a token or a remote service: it is asked
 * once, for a signature over the canonical SignedInfo. UTF-8 octets of the whole document.
 *
 * Earlier signatures of the document are covered by an enveloped one, as Kazakh clients do it.
 *
 * Throws the `xml.*` codes of a document that cannot be read, `xml.not-signable` for one in which the
 * signature would not verify (an Id that is missing or not unique), for an algorithm that XML has no name
 * for, and for a certificate of another key.
 */
export const createXmlSignature = async (input: CreateXmlSignatureInput): Promise<Uint8Array> => {
  const { signer, xades, id } = input
  const { certificate, key, certificates = [] } = signer
  const profile =
    typeof input.profile === 'object' ? input.profile : xmlProfiles[input.profile ?? 'etsi']
  const digestUri = digestUriOf(key.scheme.digestOid)
  const method = signatureMethodByOid(key.scheme.signatureOid)
  if (digestUri === undefined || method === undefined || key.scheme.legacy) {
    throw notSignable('XML signatures are not made with this algorithm.')
  }
  if (!equalOctets(certificate.spki.bytes, key.spki.bytes)) {
    throw notSignable('The certificate belongs to another key.')
  }
  const isNameless =
    input.form === 'enveloped' || input.form === 'detached' || input.form === 'external'
  if (
    (id === undefined && (xades !== undefined || !isNameless)) ||
    (id !== undefined && !idPattern.test(id))
  ) {
    throw notSignable('The signature needs an Id of letters, digits, dots and hyphens.')
  }
  const stem = id ?? ''
  const { before, after, elementText } = await surroundingsOf(input)
  const content = planContent(input, { id: stem, profile }, elementText)
  const contentReferenceId = `${stem}-reference`
  const propertiesId = `${stem}-properties`
  const plan: SignaturePlan = {
    profile,
    id,
    methodUri: method.uri,
    digestUri,
    certificates: [certificate.bytes, ...certificates],
    references:
      xades === undefined
        ? [content.reference]
        : [
            { ...content.reference, id: contentReferenceId },
            {
              type: referenceType.signedProperties,
              uri: `#${propertiesId}`,
              transforms: [profile.contentCanonicalization],
            },
          ],
    objects:
      xades === undefined
        ? content.objects
        : [
            ...content.objects,
            renderQualifyingProperties(xades, {
              certificate,
              digestOid: key.scheme.digestOid,
              digestUri,
              signatureId: stem,
              propertiesId,
              contentReferenceIds: [contentReferenceId],
            }),
          ],
  }
  const write = (values: Parameters<typeof renderSignature>[1]): Uint8Array =>
    new TextEncoder().encode(
      `${profile.declaration}${before}${renderSignature(plan, values)}${after}`,
    )
  const read = async (bytes: Uint8Array): Promise<XmlSignatureFact> =>
    madeOf(
      await gatherXmlSignatures(bytes, input.form === 'external' ? { content: input.octets } : {}),
      input,
    )
  const placeholder = Uint8Array.of(0)
  const drafted = await read(
    write({ digests: plan.references.map(() => placeholder), signature: placeholder }),
  )
  const digests = drafted.references.flatMap(({ computed }) => computed ?? [])
  if (drafted.defects.length > 0 || digests.length !== plan.references.length) {
    throw notSignable('The document cannot be signed in this form.', {
      defects: drafted.defects.join(' '),
    })
  }
  const digested = await read(write({ digests, signature: placeholder }))
  if (digested.signedInfo === undefined || digested.defects.length > 0) {
    throw notSignable('The document cannot be signed in this form.', {
      defects: digested.defects.join(' '),
    })
  }
  const value = await key.sign(digested.signedInfo)
  return write({
    digests,
    signature: method.encoding === 'r-s' ? encodeNumbersSideBySide(value, key.spki) : value,
  })
}
