import {
  type Certificate,
  type CertificateRevocation,
  type PathCheck,
  signatureSchemes,
  toHex,
  type ValidPolicy,
} from '@muhr/pki'
import type { PathOutcome } from './judge-path.ts'

const describeCertificate = ({ subject, serialNumber, sha256 }: Certificate) => ({
  subject: subject.text,
  serialNumber,
  sha256,
})

function describeRevocation({ certificate, fact }: CertificateRevocation) {
  const about = { subject: certificate.subject.text, serialNumber: certificate.serialNumber }
  if (fact === undefined) {
    return { ...about, source: 'none', status: 'unavailable' }
  }
  const isWeak = signatureSchemes.some(({ id, historic }) => historic && id === fact.scheme)

  return {
    ...about,
    source: fact.source,
    status: fact.status,
    ...(fact.status === 'unusable' ? { code: fact.code } : {}),
    ...(fact.status === 'unusable' && fact.detail !== undefined ? { detail: fact.detail } : {}),
    ...(fact.status === 'revoked'
      ? { revokedAt: fact.revokedAt.toISOString(), reason: fact.reason }
      : {}),
    ...(fact.thisUpdate === undefined ? {} : { thisUpdate: fact.thisUpdate.toISOString() }),
    ...(fact.nextUpdate === undefined ? {} : { nextUpdate: fact.nextUpdate.toISOString() }),
    ...(fact.signer === undefined ? {} : { signer: fact.signer.subject.text }),
    ...(fact.delta === true ? { delta: true } : {}),
    ...(isWeak ? { warning: `algorithm-weak ${fact.scheme}` } : {}),
  }
}

const describePolicy = ({ oid, qualifiers }: ValidPolicy) => ({
  oid,
  ...(qualifiers.length === 0
    ? {}
    : { qualifiers: qualifiers.map(({ oid: id, bytes }) => ({ oid: id, der: toHex(bytes) })) }),
})

const describeCheck = ({ name, certificate, ...rest }: PathCheck) => ({
  name,
  certificate,
  ...rest,
})

/** The result of `muhr path --json`; docs/path.md says what each field is. */
export function describePath(
  { status, code, validationTime, path, revocation }: PathOutcome,
  { unreadable }: { readonly unreadable: readonly string[] },
) {
  const candidate = path.status === 'invalid' ? path.candidate : undefined

  return {
    status,
    ...(code === undefined ? {} : { code }),
    validationTime: validationTime.toISOString(),
    chain: path.chain.map(describeCertificate),
    ...(path.anchor === null
      ? {}
      : { anchor: { subject: path.anchor.subject.text, sha256: path.anchor.sha256 } }),
    ...(candidate === undefined ? {} : { candidate: describeCertificate(candidate) }),
    checks: path.checks.map(describeCheck),
    ...(path.policies === undefined
      ? {}
      : {
          policies: {
            explicit: path.policies.explicit,
            authority: path.policies.authority.map(({ oid }) => oid),
            user: path.policies.user.map(describePolicy),
          },
        }),
    revocation: revocation.map(describeRevocation),
    ...(unreadable.length === 0 ? {} : { unreadable }),
  }
}

/** What {@link describePath} makes. */
export type DescribedPath = ReturnType<typeof describePath>
