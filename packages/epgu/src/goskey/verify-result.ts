import {
  type CheckName,
  type OctetSource,
  type ReportCheck,
  type SignatureReport,
  type StreamVerificationInput,
  type Verification,
  verifySignatureStream,
} from '@muhr/pki'

/** Whom a result was asked from: name as much as is known, one of them at least. */
export type ResultSigner = {
  /** SNILS with or without separators. Of a recipient named by OID it has to come from elsewhere. */
  readonly snils?: string
  /** INN of the person, 12 digits: how the signer of a foreign organisation is named. */
  readonly inn?: string
  /** OGRN or OGRNIP of the organisation whose signer was addressed. */
  readonly ogrn?: string
}

/** An identifier of the certificate beside the one that was asked for. */
export type IdentityFact = 'equal' | 'different' | 'absent' | 'not-asked'

/** What was found of one returned signature. Facts; the connection's policy judges them. */
export type ResultFacts = {
  readonly document: string
  /** As many as the container holds; a result of Goskey has one. */
  readonly signatures: number
  /** Its digest is that of our octets. */
  readonly coversDocument: boolean
  /** The mathematics of the signature with the key of its certificate, whatever it covers. */
  readonly signatureValue: 'valid' | 'invalid' | 'unsupported'
  /** SNILS of the certificate (subject, 1.2.643.100.3) beside the recipient's. */
  readonly snils: IdentityFact
  /** INN of the certificate (subject, 1.2.643.3.131.1.1) beside the signer's. */
  readonly inn: IdentityFact
  readonly ogrn: IdentityFact
  /**
   * One signature, over our octets, whose mathematics hold, by whom it was asked from. Where neither SNILS
   * nor INN was asked it could be anybody's: `false`.
   */
  readonly isExpected: boolean
  /** Report under the policy, material and facts to judge again. */
  readonly verification: Verification
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')

function compare(found: string | undefined, asked: string | undefined): IdentityFact {
  if (asked === undefined || digitsOf(asked) === '') {
    return 'not-asked'
  }
  if (found === undefined) {
    return 'absent'
  }

  return digitsOf(found) === digitsOf(asked) ? 'equal' : 'different'
}

const resultOf = (
  signature: SignatureReport | undefined,
  check: CheckName,
): ReportCheck['result'] | undefined => signature?.checks.find(({ name }) => name === check)?.result

function valueFact(result: ReportCheck['result'] | undefined): ResultFacts['signatureValue'] {
  if (result === 'passed') {
    return 'valid'
  }

  return result === 'failed' ? 'invalid' : 'unsupported'
}

/**
 * Verifies one returned signature over the octets of our document, and compares the person in its
 * certificate with the recipient. A signature that is bad, or somebody else's, is a fact.
 * @param content the stored octets of the document, a stream of any size; read once
 * @throws PkiError `container.not-a-signature`, and as `verifySignatureStream`
 */
export async function verifyResult({
  document,
  signature,
  content,
  signer,
  ...input
}: Omit<StreamVerificationInput, 'container' | 'content'> & {
  readonly document: string
  /** As downloaded: CMS in DER or BER. */
  readonly signature: Uint8Array
  readonly content: OctetSource
  readonly signer: ResultSigner
}): Promise<ResultFacts> {
  const verification = await verifySignatureStream({ ...input, container: signature, content })
  const { signatures } = verification.report
  const [first] = signatures
  const coversDocument = resultOf(first, 'content-digest') === 'passed'
  const signatureValue = valueFact(resultOf(first, 'signature-value'))
  const snils = compare(first?.signer.snils, signer.snils)
  const ogrn = compare(first?.signer.ogrn ?? first?.signer.ogrnip, signer.ogrn)
  const inn = compare(first?.signer.inn, signer.inn)
  const isRightPerson =
    (snils === 'equal' || inn === 'equal') &&
    [snils, inn, ogrn].every((fact) => fact === 'equal' || fact === 'not-asked')

  return {
    document,
    signatures: signatures.length,
    coversDocument,
    signatureValue,
    snils,
    inn,
    ogrn,
    isExpected:
      signatures.length === 1 && coversDocument && signatureValue === 'valid' && isRightPerson,
    verification,
  }
}
