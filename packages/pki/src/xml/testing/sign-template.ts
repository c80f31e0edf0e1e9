import type { SigningKey } from '../../keys/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { algorithmUri, digestUriOf, signatureMethodByOid } from '../algorithms.ts'
import { gatherXmlSignatures } from '../gather-signatures.ts'
import { namespace } from '../namespaces.ts'
import { writeBase64 } from '../read-base64.ts'

/** One Reference of a template, as text where it matters. */
export type TemplateReference = {
  readonly uri?: string
  readonly attributes?: string
  /** Text of Transform elements; exclusive canonicalisation by default. */
  readonly transforms?: string
  readonly digestUri?: string
}

/** A ds:Signature to be written with any fault in it. */
export type SignatureTemplate = {
  readonly identity: { readonly certificate: Certificate; readonly key: SigningKey }
  readonly id?: string
  readonly c14n?: string
  readonly methodUri?: string
  readonly references?: readonly TemplateReference[]
  /** Replaces KeyInfo. */
  readonly keyInfo?: string
  /** Text after KeyInfo. */
  readonly objects?: string
}

/** Text of a Transform by its URI. */
export const transformText = (uri: string, parameter = ''): string =>
  `<ds:Transform Algorithm="${uri}">${parameter}</ds:Transform>`

/** Transforms of an enveloped signature. */
export const envelopedTransforms =
  transformText(algorithmUri.enveloped) + transformText(algorithmUri.exclusiveC14n)

/** Text of a ds:Signature in which digests and value are still to be filled in: `@0@`, `@value@`. */
export const signatureTemplate = ({
  identity,
  id = 's1',
  c14n = algorithmUri.exclusiveC14n,
  methodUri,
  references = [{ uri: '', transforms: envelopedTransforms }],
  keyInfo,
  objects = '',
}: SignatureTemplate): string => {
  const { scheme } = identity.key
  const written = references.map(
    ({ uri, attributes = '', transforms, digestUri = digestUriOf(scheme.digestOid) }, index) => {
      const list = transforms ?? transformText(algorithmUri.exclusiveC14n)
      return (
        `<ds:Reference${uri === undefined ? '' : ` URI="${uri}"`}${attributes}>` +
        (list === '' ? '' : `<ds:Transforms>${list}</ds:Transforms>`) +
        `<ds:DigestMethod Algorithm="${digestUri}"/><ds:DigestValue>@${index}@</ds:DigestValue></ds:Reference>`
      )
    },
  )
  const certificate = writeBase64(identity.certificate.bytes)
  return (
    `<ds:Signature xmlns:ds="${namespace.ds}" Id="${id}"><ds:SignedInfo>` +
    `<ds:CanonicalizationMethod Algorithm="${c14n}"/>` +
    `<ds:SignatureMethod Algorithm="${methodUri ?? signatureMethodByOid(scheme.signatureOid)?.uri}"/>` +
    `${written.join('')}</ds:SignedInfo><ds:SignatureValue>@value@</ds:SignatureValue>` +
    `<ds:KeyInfo>${keyInfo ?? `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`}</ds:KeyInfo>` +
    `${objects}</ds:Signature>`
  )
}

const placeholder = 'AAAA'

/**
 * Fills in digests and value of the one template in a document, so that the mathematics of whatever it
 * holds is right and only the fault itself speaks against it.
 */
export const signTemplate = async (
  document: string,
  { identity, content }: { identity: SignatureTemplate['identity']; content?: Uint8Array },
): Promise<string> => {
  const head = document.slice(0, document.indexOf('@value@'))
  const id = /.*<ds:Signature [^>]*Id="([^"]+)">/s.exec(head)?.[1]
  const read = async (text: string) => {
    const facts = await gatherXmlSignatures(
      new TextEncoder().encode(text),
      content === undefined ? {} : { content },
    )
    return facts.find((fact) => fact.id === id)
  }
  const draft = document.replace(/@\w+@/g, placeholder)
  const digests = (await read(draft))?.references.map(({ computed }) => computed) ?? []
  const digested = document.replace(/@(\d+)@/g, (_, index) => {
    const digest = digests[Number(index)]
    return digest === undefined ? placeholder : writeBase64(digest)
  })
  const fact = await read(digested.replace('@value@', placeholder))
  const value = identity.key.sign(fact?.signedInfo ?? new Uint8Array())
  return digested.replace('@value@', writeBase64(value))
}
