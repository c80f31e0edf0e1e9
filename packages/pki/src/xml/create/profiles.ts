import { algorithmUri } from '../algorithms.ts'

/** How a signature is written, where the standard leaves it open. */
export type XmlSignatureProfile = {
  /** CanonicalizationMethod of SignedInfo. */
  readonly canonicalization: string
  /** Canonicalisation at the end of the transforms of content. */
  readonly contentCanonicalization: string
  /** Line ends between the elements and in base64, as Apache Santuario writes them. */
  readonly lines: boolean
  /** XML declaration of the signed document. */
  readonly declaration: string
}

/** The names that `createXmlSignature` takes. */
export type XmlProfileName = 'kz' | 'ru' | 'ru-exclusive' | 'etsi'

const plainDeclaration = '<?xml version="1.0" encoding="UTF-8"?>'

/**
 * `kz`: what NCALayer and NCANode write (kz-egov-mobile.md §14). `ru`, `ru-exclusive`: inclusive and
 * exclusive canonicalisation under the Russian URIs. `etsi`: exclusive, for XAdES as the EU writes it.
 */
export const xmlProfiles: Readonly<Record<XmlProfileName, XmlSignatureProfile>> = Object.freeze({
  kz: {
    canonicalization: algorithmUri.c14n10,
    contentCanonicalization: algorithmUri.c14n10WithComments,
    lines: true,
    declaration: '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
  },
  ru: {
    canonicalization: algorithmUri.c14n10,
    contentCanonicalization: algorithmUri.c14n10,
    lines: false,
    declaration: plainDeclaration,
  },
  'ru-exclusive': {
    canonicalization: algorithmUri.exclusiveC14n,
    contentCanonicalization: algorithmUri.exclusiveC14n,
    lines: false,
    declaration: plainDeclaration,
  },
  etsi: {
    canonicalization: algorithmUri.exclusiveC14n,
    contentCanonicalization: algorithmUri.exclusiveC14n,
    lines: false,
    declaration: plainDeclaration,
  },
})
