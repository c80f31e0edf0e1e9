import {
  cmsAttributeOid,
  createTrustStore,
  isPkiError,
  type OctetSource,
  parseSignedData,
  type SignedData,
  type SignerInfo,
  verifySignatureStream,
} from '@muhr/pki'
import { answerOcsp } from '../trust/answer-ocsp.ts'
import type { World } from '../world.ts'

/** What was found about a signature of the sender; `reason` says in a word why it does not count. */
export type SenderCheck =
  | { readonly isGood: false; readonly reason: string }
  | {
      readonly isGood: true
      readonly isAttached: boolean
      /** Has signingCertificateV2, so that it is CAdES-BES (ru-epgu-goskey §6). */
      readonly isCades: boolean
      readonly signingTime: Date | undefined
      /** Of the organisation in the certificate. */
      readonly inn: string | undefined
      readonly ogrn: string | undefined
    }

/**
 * Verifies a CMS of a sender, in DER or BER, over the given content, which may be a file: mathematics, path to
 * the test CA, life and revocation of the certificate at `now`. One moment for all of it: a clock that is moved
 * in the middle would date the answer about revocation after the check. Whoever calls judges the rest.
 */
export async function verifySender(
  { pki }: Pick<World, 'pki'>,
  {
    signature,
    content,
    now,
  }: { readonly signature: Uint8Array; readonly content: OctetSource; readonly now: Date },
): Promise<SenderCheck> {
  const data = parse(signature)
  if (data === undefined) return { isGood: false, reason: 'not a CMS SignedData' }
  const [signerInfo, ...more] = data.signerInfos
  if (signerInfo === undefined || more.length > 0) {
    return { isGood: false, reason: `${data.signerInfos.length} signers` }
  }
  const { certificate } = await pki.entity('root-ru')
  const issuing = await pki.entity('ca-ru')
  const { report, facts } = await verifySignatureStream({
    container: signature,
    content,
    trust: createTrustStore([{ certificate, origin: 'sandbox' }]),
    policy: 'sandbox',
    now,
    // Senders embed their own certificate; the portal knows the CAs.
    stored: { certificates: [issuing.certificate.bytes] },
    sources: {
      ocsp: async (request) => (await answerOcsp(request, { pki, now, fault: 'none' })).response,
    },
  })
  if (report.indication !== 'TOTAL-PASSED') {
    return { isGood: false, reason: report.subIndication ?? report.code ?? report.indication }
  }
  const [signer] = facts.signers

  return {
    isGood: true,
    isAttached: data.content !== undefined,
    isCades: hasAttribute(signerInfo, cmsAttributeOid.signingCertificateV2),
    signingTime: signer?.check.signingTime,
    inn: signer?.identity?.organisationInn,
    ogrn: signer?.identity?.ogrn,
  }
}

function hasAttribute({ signedAttributes }: SignerInfo, oid: string): boolean {
  return signedAttributes?.list.some(({ type }) => type === oid) ?? false
}

function parse(bytes: Uint8Array): SignedData | undefined {
  try {
    return parseSignedData(bytes)
  } catch (cause) {
    if (isPkiError(cause)) return undefined
    throw cause
  }
}
