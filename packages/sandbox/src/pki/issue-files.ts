import { type Certificate, createSigningKey, writePkcs12 } from '@muhr/pki'
import {
  type Entity,
  type IssueContext,
  issueAuthority,
  issueCitizen,
  issueService,
} from './issue-certificate.ts'
import { makeKey } from './make-key.ts'
import type { CertificateRecord } from './manifest.ts'
import {
  type Authority,
  accounts,
  CITIZEN_PASSWORD,
  type CitizenSpec,
  citizenIssuer,
  citizenName,
  REVOKED_BEFORE_MS,
  type Service,
  VALIDITY,
} from './profile.ts'

/** Bytes to be written, by path relative to the PKI folder. */
export type NewFile = { readonly path: string; readonly bytes: Uint8Array }

/** A certificate as it is kept: its record, its files, and itself for issuing others. */
export type Issued = {
  readonly record: CertificateRecord
  readonly files: readonly NewFile[]
  readonly entity: Entity
}

export type IssueEnvironment = {
  readonly now: Date
  readonly random: (length: number) => Uint8Array
  readonly trustUrl: string
  readonly installation: string
}

/** Makes a root (`issuer` absent) or an issuing CA. */
export async function issueAuthorityFiles(
  authority: Authority,
  issuer: Entity | undefined,
  environment: IssueEnvironment,
): Promise<Issued> {
  const { id } = authority
  const privateKey = await makeKey(authority.algorithm, environment.random)
  const key = createSigningKey(privateKey)
  const certificate = await issueAuthority(authority, key, {
    ...contextOf(authority.issuer, issuer === undefined ? 'root' : 'intermediate', environment),
    ...(issuer === undefined ? {} : { issuer }),
  })
  const record = {
    ...recordOf(certificate),
    name: id,
    kind: 'authority',
    algorithm: authority.algorithm,
    issuer: authority.issuer,
    file: `ca/${id}.cer`,
    keyFile: `keys/${id}.p8`,
  } as const

  return { record, files: filesOf(record, certificate, privateKey), entity: { certificate, key } }
}

/** Makes an OCSP responder or a TSA. */
export async function issueServiceFiles(
  service: Service,
  issuer: Entity,
  environment: IssueEnvironment,
): Promise<Issued> {
  const privateKey = await makeKey(service.algorithm, environment.random)
  const key = createSigningKey(privateKey)
  const certificate = await issueService(service, key, {
    ...contextOf(service.issuer, 'service', environment),
    issuer,
  })
  const record = {
    ...recordOf(certificate),
    name: service.id,
    kind: service.kind,
    algorithm: service.algorithm,
    issuer: service.issuer,
    file: `issued/${service.issuer}/${certificate.serialNumber}.cer`,
    keyFile: `keys/${service.id}-${certificate.serialNumber}.p8`,
  } as const

  return { record, files: filesOf(record, certificate, privateKey), entity: { certificate, key } }
}

/**
 * Makes a citizen's key and certificate, as PKCS#12 of the NCA profile (kz-egov-mobile §17). A renewed one gets
 * a file of its own: no file is ever replaced, so that a kill leaves every key beside its certificate.
 */
export async function issueCitizenFiles(
  spec: CitizenSpec,
  issuer: Entity,
  environment: IssueEnvironment & { readonly renewals?: number },
): Promise<Issued> {
  const account = accounts.find(({ id }) => id === spec.account)
  if (account === undefined) throw new RangeError(`account: ${spec.account} is not in the profile`)
  const privateKey = await makeKey(spec.algorithm, environment.random)
  const key = createSigningKey(privateKey)
  const certificate = await issueCitizen({ account, spec }, key, {
    ...contextOf(citizenIssuer(spec), spec.state, environment),
    issuer,
  })
  const name = citizenName(spec)
  const { renewals = 0 } = environment
  const revokedAt = new Date(environment.now.getTime() - REVOKED_BEFORE_MS).toISOString()
  const record: CertificateRecord = {
    ...recordOf(certificate),
    name,
    kind: 'citizen',
    algorithm: spec.algorithm,
    issuer: citizenIssuer(spec),
    file: `issued/${citizenIssuer(spec)}/${certificate.serialNumber}.cer`,
    keyFile: `citizens/${renewals === 0 ? name : `${name}-${renewals + 1}`}.p12`,
    account: spec.account,
    state: spec.state,
    ...(spec.state === 'revoked'
      ? { revoked: { at: revokedAt, reason: 'cessationOfOperation' } }
      : {}),
  }
  const pfx = writePkcs12({
    entries: [{ key: privateKey, certificates: [certificate.bytes] }],
    password: CITIZEN_PASSWORD,
    random: environment.random,
  })

  return { record, files: filesOf(record, certificate, pfx), entity: { certificate, key } }
}

function filesOf(
  record: Pick<CertificateRecord, 'file' | 'keyFile'>,
  certificate: Certificate,
  key: Uint8Array,
): readonly NewFile[] {
  return [
    { path: record.file, bytes: certificate.bytes },
    { path: record.keyFile, bytes: key },
  ]
}

export function recordOf(
  certificate: Certificate,
): Pick<CertificateRecord, 'serialNumber' | 'subject' | 'notBefore' | 'notAfter'> {
  return {
    serialNumber: certificate.serialNumber,
    subject: certificate.subject.text,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
  }
}

export function contextOf(
  issuerId: string,
  kind: keyof typeof VALIDITY,
  environment: IssueEnvironment,
): Omit<IssueContext, 'issuer'> {
  const { beforeMs, afterMs } = VALIDITY[kind]
  const wholeSeconds = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000)
  const now = environment.now.getTime()

  return {
    ...environment,
    issuerId,
    notBefore: wholeSeconds(now - beforeMs),
    notAfter: wholeSeconds(now + afterMs),
  }
}
