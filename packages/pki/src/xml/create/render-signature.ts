import { escapeXml } from '../escape-xml.ts'
import { namespace } from '../namespaces.ts'
import { writeBase64 } from '../read-base64.ts'
import type { XmlSignatureProfile } from './profiles.ts'

/** One Reference to be written. */
export type ReferencePlan = {
  readonly id?: string
  readonly type?: string
  /** `undefined`: no URI attribute. */
  readonly uri: string | undefined
  readonly transforms: readonly string[]
}

/** A Signature to be written, all but its values. */
export type SignaturePlan = {
  readonly profile: XmlSignatureProfile
  readonly id: string | undefined
  readonly methodUri: string
  readonly digestUri: string
  readonly references: readonly ReferencePlan[]
  /** DER, signer's first. */
  readonly certificates: readonly Uint8Array[]
  /** Text of ds:Object elements. */
  readonly objects: readonly string[]
}

/** Values that are known one after the other; placeholders stand until then. */
export type SignatureValues = {
  readonly digests: readonly Uint8Array[]
  readonly signature: Uint8Array
}

const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escapeXml(value)}"`

/** The text of a ds:Signature. */
export const renderSignature = (
  { profile, id, methodUri, digestUri, references, certificates, objects }: SignaturePlan,
  { digests, signature }: SignatureValues,
): string => {
  const line = profile.lines ? '\n' : ''
  const base64 = (bytes: Uint8Array): string =>
    writeBase64(bytes, profile.lines ? { lineLength: 76 } : {})
  const empty = (name: string, uri: string): string =>
    `<ds:${name} Algorithm="${escapeXml(uri)}"/>${line}`
  const referenceText = references.map((reference, index) => {
    const attributes =
      attribute('Id', reference.id) +
      attribute('Type', reference.type) +
      attribute('URI', reference.uri)
    const transforms = reference.transforms.map((uri) => empty('Transform', uri)).join('')
    return (
      `<ds:Reference${attributes}>${line}` +
      (transforms === '' ? '' : `<ds:Transforms>${line}${transforms}</ds:Transforms>${line}`) +
      empty('DigestMethod', digestUri) +
      `<ds:DigestValue>${base64(digests[index] ?? new Uint8Array())}</ds:DigestValue>${line}` +
      `</ds:Reference>${line}`
    )
  })
  const certificateText = certificates.map(
    (certificate) =>
      `<ds:X509Certificate>${line}${base64(certificate)}${line}</ds:X509Certificate>${line}`,
  )
  return (
    `<ds:Signature xmlns:ds="${namespace.ds}"${attribute('Id', id)}>${line}` +
    `<ds:SignedInfo>${line}` +
    empty('CanonicalizationMethod', profile.canonicalization) +
    empty('SignatureMethod', methodUri) +
    referenceText.join('') +
    `</ds:SignedInfo>${line}` +
    `<ds:SignatureValue>${line}${base64(signature)}${line}</ds:SignatureValue>${line}` +
    `<ds:KeyInfo>${line}<ds:X509Data>${line}${certificateText.join('')}</ds:X509Data>${line}</ds:KeyInfo>${line}` +
    objects.join('') +
    `</ds:Signature>`
  )
}
