import { parseOcspRequest } from '../../revocation/index.ts'
import type { RevocationSources } from '../types.ts'
import { answerOcsp, listRevoked, type OcspAnswer } from './revocation-data.ts'
import { sampleNow, type TestPki } from './test-pki.ts'

/** Sources of a PKI in good order: OCSP of the authority, the root's list; counts what was asked. */
export const goodSources = (
  pki: TestPki,
  {
    answers = {},
    now = sampleNow,
  }: { answers?: Readonly<Record<string, OcspAnswer>>; now?: Date } = {},
): RevocationSources & { readonly asked: string[] } => {
  const asked: string[] = []
  const leaves = [pki.signer, pki.tsa]
  return {
    asked,
    ocsp: async (request, { certificate }) => {
      asked.push(`ocsp ${certificate.subject.text}`)
      const { nonce } = parseOcspRequest(request)
      const subject = leaves.find((leaf) => leaf.certificate.sha256 === certificate.sha256)
      return subject === undefined
        ? undefined
        : answerOcsp(pki, subject, {
            thisUpdate: now,
            ...(nonce === null ? {} : { nonce }),
            ...answers[certificate.sha256],
          })
    },
    crl: async ({ issuer }) => {
      asked.push(`crl ${issuer.subject.text}`)
      return issuer.sha256 === pki.root.certificate.sha256 ? [await listRevoked(pki.root, [])] : []
    },
  }
}
