import { textElement, withoutComments, wrapElement } from './xml-text.ts'

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

const unescaped: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}

const contentOf = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text
      .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex, digits) =>
        String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)),
      )
      .replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => unescaped[entity] ?? entity)
      .trim(),
  )

/**
 * The file names in a sign_config.xml that its schema found valid: the schema has no namespace and no
 * attributes, so that elements can be found by their names.
 */
export function readSignConfigNames(xml: Uint8Array): {
  readonly documentName: string
  readonly signatureNames: readonly string[]
} {
  const text = withoutComments(new TextDecoder().decode(xml))

  return {
    documentName: contentOf(text, 'documentFileName')[0] ?? '',
    signatureNames: contentOf(text, 'signFileName'),
  }
}
