import { decodeXml, textElement, textsOf, withoutMarkup, wrapElement } from './xml-text.ts'

/** Names of the signature files of one document, when it has more than the one beside it. */
export type SignConfig = {
  readonly documentName: string
  readonly documentDescription?: string
  readonly signatures: readonly { readonly name: string; readonly description?: string }[]
}

/**
 * Writes sign_config.xml (core text, appendix 5): several signatures for one document, which the
 * published schema allows for a single document of a package. UTF-8, deterministic.
 */
export function buildSignConfigXml(config: SignConfig): Uint8Array {
  const described = (name: string, text: string | undefined, depth: number): string =>
    text === undefined ? '' : textElement(name, text, depth)
  const signatures = config.signatures.map(({ name, description }) =>
    wrapElement(
      'signData',
      textElement('signFileName', name, 3) + described('signFileDescription', description, 3),
      2,
    ),
  )
  const document = wrapElement(
    'signedDocument',
    textElement('documentFileName', config.documentName, 2) +
      described('documentDescription', config.documentDescription, 2) +
      signatures.join(''),
    1,
  )

  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n<signedAttachments>\n${document}</signedAttachments>\n`,
  )
}

/**
 * The file names in a sign_config.xml that its schema found valid: the schema has no namespace and no
 * attributes, so that elements can be found by their names.
 */
export function readSignConfigNames(xml: Uint8Array): {
  readonly documentName: string
  readonly signatureNames: readonly string[]
} {
  const text = withoutMarkup(decodeXml(xml) ?? '')
  const namesIn = (element: string) => textsOf(text, element).map((name) => name.trim())

  return {
    documentName: namesIn('documentFileName')[0] ?? '',
    signatureNames: namesIn('signFileName'),
  }
}
