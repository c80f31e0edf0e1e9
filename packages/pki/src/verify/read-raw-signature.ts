import { decodeContainer } from '../asn1/index.ts'
import { looksLikeAttributes } from '../cms/looks-like-attributes.ts'
import { isPkiError } from '../error.ts'
import {
  digestOf,
  resolveScheme,
  type SignatureScheme,
  signatureSchemes,
  verifySignature,
} from '../keys/index.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'
import { digestName, signatureName } from './algorithm-names.ts'
import type { ContainerFormat, ContainerReading, RawSignature } from './container-format.ts'
import type { AlgorithmFact, SignatureCheck } from './types.ts'

/**
 * Schemes that a key can have signed with: one for a GOST key, since key, set and digest belong
 * together; for RSA each digest of the white list, the strongest profile first.
 */
const schemesOf = ({ spki }: Certificate): readonly SignatureScheme[] =>
  signatureSchemes
    .filter(({ keyOid }) => keyOid === spki.algorithm.oid)
    .flatMap(({ signatureOid }) => {
      try {
        return [resolveScheme({ spki, signatureOid })]
      } catch (error) {
        if (isPkiError(error)) {
          return []
        }
        throw error
      }
    })

/** The scheme with which the value holds, or else the first that the key allows. */
const check = (
  { signature }: RawSignature,
  { certificate, content }: { certificate: Certificate; content: Uint8Array | undefined },
): SignatureCheck => {
  const schemes = schemesOf(certificate)
  const holding =
    content === undefined
      ? undefined
      : schemes.find((scheme) =>
          verifySignature({ spki: certificate.spki, scheme, data: content, signature }),
        )
  const scheme = holding ?? schemes[0]
  return {
    defects: looksLikeAttributes(content) ? ['content.looks-like-attributes'] : [],
    digest:
      scheme === undefined
        ? { result: 'unsupported', computed: undefined }
        : content === undefined
          ? { result: 'absent', computed: undefined }
          : { result: 'unbound', computed: digestOf(scheme.digestOid, content) },
    signature:
      scheme === undefined
        ? 'unsupported'
        : content === undefined
          ? 'unchecked'
          : holding === undefined
            ? 'invalid'
            : 'valid',
    scheme,
    signingTime: undefined,
    certificateReference: 'absent',
  }
}

const unknown: AlgorithmFact = { oid: '', name: 'unknown' }

const read = (raw: RawSignature, content: Uint8Array | undefined): ContainerReading => {
  const certificate = parseCertificate(decodeContainer(raw.certificate))
  const checked = check(raw, { certificate, content })
  return {
    readable: true,
    kind: 'raw',
    values: { certificates: [certificate], ocsp: [], crls: [] },
    signatures: [
      {
        format: 'raw',
        signatureAlgorithm:
          checked.scheme === undefined ? unknown : signatureName(checked.scheme.signatureOid),
        digestAlgorithm:
          checked.scheme === undefined ? unknown : digestName(checked.scheme.digestOid),
        coversAttributes: true,
        content: content === undefined ? 'absent' : 'given',
        timeStamps: [],
        unsignedAttributes: [],
        identify: () => ({ identification: 'found', certificate, check: checked }),
        counterSignatures: [],
      },
    ],
  }
}

/**
 * A signature value and its certificate, as SIGN_BYTES_ARRAY gives them (kz-egov-mobile.md §6): the
 * key says the scheme, and the scheme the octet order. There are no attributes and no time; content
 * that is the DER of signed attributes is refused, since then the value may come out of a CMS.
 */
export const rawContainerFormat: ContainerFormat = {
  kind: 'raw',
  detect: (container) => !(container instanceof Uint8Array),
  read: ({ container, content }) => {
    if (container instanceof Uint8Array) {
      return { readable: false, kind: 'raw', code: 'container.unreadable' }
    }
    try {
      return read(container, content)
    } catch (error) {
      if (isPkiError(error)) {
        return { readable: false, kind: 'raw', code: error.code }
      }
      throw error
    }
  },
}
