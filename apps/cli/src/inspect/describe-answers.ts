import {
  type CertId,
  type CrlEntries,
  digestByOid,
  isPkiError,
  parseCertificate,
  parseCrl,
  parseOcspRequest,
  parseOcspResponse,
  parseSignedData,
  parseTimeStampRequest,
  parseTimeStampResponse,
  parseTstInfo,
  type TstInfo,
} from '@muhr/pki'
import { type Described, describeCertificate, signatureName } from './describe-certificate.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Name of a digest, or its OID where none is known. */
function digestName(oid: string): string {
  try {
    return digestByOid(oid).name
  } catch (error) {
    if (isPkiError(error)) {
      return oid
    }
    throw error
  }
}

/** How many entries of a list are shown; national lists hold a hundred thousand. */
const shownEntries = 20

function firstEntries(entries: CrlEntries): readonly Described[] {
  const shown: Described[] = []
  for (const { serialNumber, revokedAt, reason } of entries.all()) {
    if (shown.length === shownEntries) {
      break
    }
    shown.push({ serialNumber, revokedAt: revokedAt.toISOString(), reason })
  }

  return shown
}

export function describeCrl(bytes: Uint8Array): Described {
  const list = parseCrl(bytes)

  return {
    issuer: list.issuer.text,
    thisUpdate: list.thisUpdate.toISOString(),
    nextUpdate: list.nextUpdate?.toISOString(),
    number: list.crlNumber?.toString(),
    deltaOf: list.deltaBase?.toString(),
    signatureAlgorithm: signatureName(list.signatureAlgorithm.oid),
    sha256: list.sha256,
    count: list.entries.count,
    revoked: firstEntries(list.entries),
  }
}

function describeCertId({ serialNumber, issuerKeyHash, hashOid }: CertId): Described {
  return { serialNumber, issuerKeyHash: `${digestName(hashOid)} ${hex(issuerKeyHash)}` }
}

export function describeOcspResponse(bytes: Uint8Array): Described {
  const { responseStatus, basic } = parseOcspResponse(bytes)
  if (basic === null) {
    return { status: responseStatus }
  }
  const { responderId, producedAt, responses, nonce, certificates, signatureAlgorithm } = basic

  return {
    status: responseStatus,
    responder:
      responderId.by === 'name' ? responderId.name.text : `key ${hex(responderId.keyHash)}`,
    producedAt: producedAt.toISOString(),
    nonce: nonce === null ? undefined : hex(nonce),
    signatureAlgorithm: signatureName(signatureAlgorithm.oid),
    answers: responses.map(({ certId, certStatus, thisUpdate, nextUpdate }) => ({
      certificate: describeCertId(certId),
      status: certStatus.status,
      ...(certStatus.status === 'revoked'
        ? { revokedAt: certStatus.revokedAt.toISOString(), reason: certStatus.reason }
        : {}),
      thisUpdate: thisUpdate.toISOString(),
      nextUpdate: nextUpdate?.toISOString(),
    })),
    certificates: certificates.map((each) => describeCertificate(parseCertificate(each))),
  }
}

export function describeOcspRequest(bytes: Uint8Array): Described {
  const { certIds, nonce } = parseOcspRequest(bytes)

  return {
    certificates: certIds.map(describeCertId),
    nonce: nonce === null ? undefined : hex(nonce),
  }
}

function describeTstInfo(info: TstInfo): Described {
  return {
    genTime: info.genTime.toISOString(),
    accuracyMs: info.accuracyMs,
    policy: info.policy,
    serialNumber: info.serialNumber,
    imprint: `${digestName(info.messageImprint.algorithm.oid)} ${hex(info.messageImprint.hash)}`,
    nonce: info.nonce?.toString(16),
  }
}

export function describeTimeStampToken(bytes: Uint8Array): Described {
  const data = parseSignedData(bytes)

  return {
    stamp: data.content === undefined ? undefined : describeTstInfo(parseTstInfo(data.content)),
    signatureAlgorithm: data.signerInfos.map(({ signatureAlgorithm }) =>
      signatureName(signatureAlgorithm.oid),
    ),
    certificates: data.certificates.map((each) => describeCertificate(parseCertificate(each))),
  }
}

export function describeTimeStampResponse(bytes: Uint8Array): Described {
  const { status, statusTexts, failures, token } = parseTimeStampResponse(bytes)

  return {
    status,
    texts: statusTexts.length === 0 ? undefined : statusTexts,
    failures: failures.length === 0 ? undefined : failures,
    token: token === undefined ? undefined : describeTimeStampToken(token),
  }
}

export function describeTimeStampQuery(bytes: Uint8Array): Described {
  const { messageImprint, policy, nonce, certReq } = parseTimeStampRequest(bytes)

  return {
    imprint: `${digestName(messageImprint.algorithm.oid)} ${hex(messageImprint.hash)}`,
    policy,
    nonce: nonce?.toString(16),
    certReq,
  }
}
