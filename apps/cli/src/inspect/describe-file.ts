import { decodeContainer, readPem } from '@muhr/pki'
import { readCertificates } from '@muhr/server/trust-roots'
import {
  describeCrl,
  describeOcspRequest,
  describeOcspResponse,
  describeTimeStampQuery,
  describeTimeStampResponse,
  describeTimeStampToken,
} from './describe-answers.ts'
import { type Described, describeCertificate } from './describe-certificate.ts'
import { describePkcs8, describePkcs12 } from './describe-key-file.ts'
import { describeSignature } from './describe-signature.ts'
import type { FileKind } from './kind-words.ts'

export type DescribeOptions = {
  readonly kind: FileKind
  readonly now: Date
  /** Of a PKCS#12 key store. */
  readonly password: string | undefined
}

/** Labels of all blocks of a PEM file that holds several things; a key among them is only named. */
function pemLabels(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

  return text.includes('-----BEGIN ') ? readPem(text).map(({ label }) => label) : []
}

/**
 * Everything that can be said of a file of this kind without judging it.
 * @throws PkiError, EvidenceError as the readers do
 */
export async function describeFile(
  bytes: Uint8Array,
  { kind, now, password }: DescribeOptions,
): Promise<{ readonly [name: string]: Described }> {
  const decoded = () => decodeContainer(bytes)
  switch (kind) {
    case 'cms-signature':
      return { signature: await describeSignature(bytes, now) }
    case 'evidence-bundle': {
      const { describeBundle } = await import('./describe-bundle.ts')

      return { bundle: describeBundle(bytes) }
    }
    case 'certificate': {
      const labels = pemLabels(bytes)

      return {
        certificates: readCertificates(bytes).map(describeCertificate),
        ...(labels.some((label) => label.includes('PRIVATE KEY'))
          ? { note: 'The file also holds a private key: keep it secret.' }
          : {}),
      }
    }
    case 'crl':
      return { list: describeCrl(decoded()) }
    case 'ocsp-response':
      return { answer: describeOcspResponse(decoded()) }
    case 'ocsp-request':
      return { question: describeOcspRequest(decoded()) }
    case 'time-stamp-token':
      return { timeStamp: describeTimeStampToken(decoded()) }
    case 'time-stamp-response':
      return { answer: describeTimeStampResponse(decoded()) }
    case 'time-stamp-query':
      return { question: describeTimeStampQuery(decoded()) }
    case 'pkcs12':
      return { keyStore: describePkcs12(bytes, password) }
    case 'private-key':
      return { privateKey: describePkcs8(bytes) }
    default:
      return {}
  }
}
