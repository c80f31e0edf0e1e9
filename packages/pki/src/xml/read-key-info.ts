import type { XmlElement } from 'libxml2-wasm'
import type { DocumentViews } from './document-views.ts'
import { attributeOf, childElements, childrenNamed, isNamed, plainTextOf } from './elements.ts'
import { namespace } from './namespaces.ts'
import { base64Of } from './read-signature.ts'

/** What KeyInfo says of the signer: candidates, none of them believed. */
export type KeyInfoFact = {
  /** DER, in the order written. */
  readonly certificates: readonly Uint8Array[]
  /** X509IssuerSerial: serial numbers, decimal. */
  readonly serialNumbers: readonly string[]
  /** X509SKI. */
  readonly keyIdentifiers: readonly Uint8Array[]
  /** Something that should be a certificate is not even base64. */
  readonly isMalformed: boolean
}

const maxCertificates = 32
const maxCertificateOctets = 256 * 1024

const nothing: KeyInfoFact = {
  certificates: [],
  serialNumbers: [],
  keyIdentifiers: [],
  isMalformed: false,
}

const join = (facts: readonly KeyInfoFact[]): KeyInfoFact => ({
  certificates: facts.flatMap(({ certificates }) => certificates).slice(0, maxCertificates),
  serialNumbers: facts.flatMap(({ serialNumbers }) => serialNumbers),
  keyIdentifiers: facts.flatMap(({ keyIdentifiers }) => keyIdentifiers),
  isMalformed: facts.some(({ isMalformed }) => isMalformed),
})

const certificateFact = (element: XmlElement): KeyInfoFact => {
  const bytes = base64Of(element, { maxOctets: maxCertificateOctets })
  return bytes === undefined
    ? { ...nothing, isMalformed: true }
    : { ...nothing, certificates: [bytes] }
}

/** X509Data (XMLDSig 1.1 §4.5.4). */
const readX509Data = (element: XmlElement): KeyInfoFact =>
  join(
    childElements(element).map((child) => {
      if (isNamed(child, namespace.ds, 'X509Certificate')) {
        return certificateFact(child)
      }
      if (isNamed(child, namespace.ds, 'X509IssuerSerial')) {
        const [serial] = childrenNamed(child, namespace.ds, 'X509SerialNumber')
        const text = serial === undefined ? undefined : plainTextOf(serial)?.trim()
        return text === undefined ? nothing : { ...nothing, serialNumbers: [text] }
      }
      if (isNamed(child, namespace.ds, 'X509SKI')) {
        const keyIdentifier = base64Of(child)
        return keyIdentifier === undefined
          ? nothing
          : { ...nothing, keyIdentifiers: [keyIdentifier] }
      }
      return nothing
    }),
  )

const isX509 = (element: XmlElement): boolean =>
  /#X509(v3|PKIPathv1)?$/.test(attributeOf(element, 'ValueType') ?? '') &&
  !(attributeOf(element, 'ValueType') ?? '').endsWith('PKIPathv1')

/** SecurityTokenReference (WS-Security 1.0 §7): the certificate itself, or a token by its Id. */
const readTokenReference = (element: XmlElement, views: DocumentViews): KeyInfoFact =>
  join(
    childElements(element).map((child) => {
      if (isNamed(child, namespace.wsse, 'KeyIdentifier') && isX509(child)) {
        return certificateFact(child)
      }
      const uri = attributeOf(child, 'URI') ?? ''
      if (isNamed(child, namespace.wsse, 'Reference') && uri.startsWith('#')) {
        const [token, ...more] = views.findById(uri.slice(1))
        return token !== undefined &&
          more.length === 0 &&
          isNamed(token, namespace.wsse, 'BinarySecurityToken') &&
          isX509(token)
          ? certificateFact(token)
          : nothing
      }
      return isNamed(child, namespace.ds, 'X509Data') ? readX509Data(child) : nothing
    }),
  )

/**
 * Reads what KeyInfo has of certificates: X509Data and SecurityTokenReference. KeyValue and everything
 * else is passed over: a key that comes with its signature says nothing about who made it.
 */
export const readKeyInfo = (keyInfo: XmlElement | undefined, views: DocumentViews): KeyInfoFact =>
  keyInfo === undefined
    ? nothing
    : join(
        childElements(keyInfo).map((child) => {
          if (isNamed(child, namespace.ds, 'X509Data')) {
            return readX509Data(child)
          }
          return isNamed(child, namespace.wsse, 'SecurityTokenReference')
            ? readTokenReference(child, views)
            : nothing
        }),
      )
