import { isPkiError } from '../error.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'
import type { XmlSignatureFact } from '../xml/gather-signatures.ts'
import type { XmlSigner } from '../xml/identify-xml-signer.ts'
import { looksLikeXmlSignature } from '../xml/looks-like-xml-signature.ts'
import type { XmlProfileBreach } from '../xml/single-enveloped-profile.ts'
import { digestName, signatureName } from './algorithm-names.ts'
import type {
  ContainerFormat,
  ContainerInput,
  ContainerReading,
  SignatureReading,
} from './container-format.ts'
import { readableCertificates } from './parse-material.ts'
import type { AlgorithmFact, IdentifiedSigner, SignatureCheck, SignatureDefect } from './types.ts'

type KeyInfoCertificates = {
  readonly certificates: readonly Certificate[]
  readonly isMalformed: boolean
}

/** Certificates of a KeyInfo. One that cannot be read speaks against its signature alone. */
const readKeyInfoCertificates = ({ keyInfo }: XmlSignatureFact): KeyInfoCertificates => {
  try {
    return { certificates: keyInfo.certificates.map(parseCertificate), isMalformed: false }
  } catch (error) {
    if (isPkiError(error)) {
      return { certificates: readableCertificates(keyInfo.certificates), isMalformed: true }
    }
    throw error
  }
}

const contentReferences = ({ references }: XmlSignatureFact): XmlSignatureFact['references'] => {
  const content = references.filter(({ role }) => role === 'content')
  return content.length > 0 ? content : references
}

/** All references together: the worst decides. */
const digestCheck = (fact: XmlSignatureFact): SignatureCheck['digest'] => {
  const results = fact.references.map(({ result }) => result)
  const [first] = contentReferences(fact)
  const result = results.includes('mismatch')
    ? 'mismatch'
    : results.includes('absent') || results.includes('refused') || results.length === 0
      ? 'absent'
      : results.includes('unsupported')
        ? 'unsupported'
        : 'match'
  return { result, computed: first?.computed }
}

const check = (
  fact: XmlSignatureFact,
  {
    signer,
    isMalformed,
    breaches,
  }: {
    readonly signer: XmlSigner
    readonly isMalformed: boolean
    readonly breaches: readonly XmlProfileBreach[]
  },
): SignatureCheck => {
  const { value, certificateReference } = signer
  const defects: SignatureDefect[] = [
    ...fact.defects.map((defect) => `xml.${defect}` as const),
    ...breaches.map((breach) => `xml.profile.${breach}` as const),
  ]
  if (isMalformed) {
    defects.push('xml.key-info.malformed')
  }
  if (value.isMismatch) {
    defects.push('algorithm.mismatch')
  }
  if (certificateReference === 'mismatch' || certificateReference === 'unsupported') {
    defects.push(`signing-certificate.${certificateReference}`)
  }
  return {
    defects: [...new Set(defects)],
    digest: digestCheck(fact),
    signature: value.signature,
    scheme: value.scheme,
    signingTime: fact.properties?.signed?.signingTime,
    certificateReference,
  }
}

const algorithmFact = (uri: string, known: AlgorithmFact | undefined): AlgorithmFact =>
  known ?? { oid: '', name: uri }

/** XAdES-B asks for SigningCertificate(V2) among properties that are signed (EN 319 132-1 §6.3). */
const formatOf = ({ properties, references }: XmlSignatureFact): SignatureReading['format'] =>
  (properties?.signed?.certificates ?? []).length > 0 &&
  references.some(({ role }) => role === 'signed-properties')
    ? 'XAdES-B'
    : 'XMLDSig'

type XmlRoom = {
  readonly identify: typeof import('../xml/identify-xml-signer.ts').identifyXmlSigner
  readonly breaches: (fact: XmlSignatureFact) => readonly XmlProfileBreach[]
  readonly facts: readonly XmlSignatureFact[]
}

const readSignature = (fact: XmlSignatureFact, room: XmlRoom): SignatureReading => {
  const { identify, breaches, facts } = room
  const { certificates: embedded, isMalformed } = readKeyInfoCertificates(fact)
  const [content] = contentReferences(fact)
  const { properties, signatureOid, coverage } = fact
  const digestOids = fact.references.flatMap(({ digestOid }) => digestOid ?? [])
  return {
    format: formatOf(fact),
    signatureAlgorithm: algorithmFact(
      fact.methodUri,
      signatureOid === undefined ? undefined : signatureName(signatureOid),
    ),
    digestAlgorithm: algorithmFact(
      content?.digestMethod ?? '',
      content?.digestOid === undefined ? undefined : digestName(content.digestOid),
    ),
    coversAttributes: true,
    content: fact.content,
    coverage: {
      covers: coverage.covers,
      uncovered: coverage.uncovered,
      digestOids: [...new Set(digestOids)],
      hasManifest: fact.references.some(({ role }) => role === 'manifest'),
      parts: fact.references.flatMap(({ role, path, octets }) =>
        role === 'content' && octets !== undefined ? [{ path: path ?? '', octets }] : [],
      ),
    },
    timeStamps: properties?.unsigned?.timeStamps ?? [],
    unsignedAttributes: properties?.unsigned?.facts ?? [],
    identify: (atHand): IdentifiedSigner => {
      const signer = identify(fact, { embedded, atHand })
      return {
        identification: signer.identification,
        certificate: signer.certificate,
        check: check(fact, { signer, isMalformed, breaches: breaches(fact) }),
      }
    },
    counterSignatures: facts
      .filter(({ countersigns }) => countersigns === fact.path)
      .map((counter) => readSignature(counter, room)),
  }
}

const readDocument = async (
  container: Uint8Array,
  { content, xmlProfile = 'any' }: Pick<ContainerInput, 'content' | 'xmlProfile'>,
): Promise<ContainerReading> => {
  // A megabyte of WebAssembly that whoever verifies CMS does not pay for.
  const { gatherXmlSignatures } = await import('../xml/gather-signatures.ts')
  const { identifyXmlSigner } = await import('../xml/identify-xml-signer.ts')
  const { singleEnvelopedBreaches } = await import('../xml/single-enveloped-profile.ts')
  const facts = await gatherXmlSignatures(container, content === undefined ? {} : { content })
  const values = facts.flatMap(({ properties }) => properties?.unsigned ?? [])
  const certificates = [
    ...facts.flatMap((fact) => readKeyInfoCertificates(fact).certificates),
    ...readableCertificates(values.flatMap((each) => each.certificates)),
  ]
  return {
    readable: true,
    kind: 'xml',
    values: {
      certificates: [...new Map(certificates.map((each) => [each.sha256, each])).values()],
      ocsp: values.flatMap(({ ocsp }) => ocsp),
      crls: values.flatMap(({ crls }) => crls),
    },
    signatures: facts
      .filter(({ countersigns }) => countersigns === undefined)
      .map((fact) =>
        readSignature(fact, {
          identify: identifyXmlSigner,
          breaches: (each) => (xmlProfile === 'any' ? [] : singleEnvelopedBreaches(each, facts)),
          facts,
        }),
      ),
  }
}

/** XMLDSig and XAdES: a document that holds one ds:Signature or several. */
export const xmlContainerFormat: ContainerFormat = {
  kind: 'xml',
  detect: (container) => container instanceof Uint8Array && looksLikeXmlSignature(container),
  read: async ({ container, ...input }) => {
    if (!(container instanceof Uint8Array)) {
      return { readable: false, kind: 'xml', code: 'container.unreadable' }
    }
    try {
      return await readDocument(container, input)
    } catch (error) {
      // What this machine lacks says nothing about the document.
      if (isPkiError(error) && error.code !== 'xml.no-engine') {
        return { readable: false, kind: 'xml', code: error.code }
      }
      throw error
    }
  },
}
