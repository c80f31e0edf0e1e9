import { join } from 'node:path'
import { replaceFile } from './files.ts'
import { caBundle } from './generate-pki.ts'
import type { Entity } from './issue-certificate.ts'
import {
  type Issued,
  type IssueEnvironment,
  issueAuthorityFiles,
  issueServiceFiles,
} from './issue-files.ts'
import { issueRussianFiles, russianIssuer } from './issue-russian.ts'
import { type CertificateRecord, type Manifest, recordOf } from './manifest.ts'
import { type AuthorityId, authorities, type ServiceId, services } from './profile.ts'
import { organisationSpecs } from './russian-profile.ts'

export type CompletePki = {
  readonly folder: string
  readonly manifest: () => Manifest
  readonly entity: (id: AuthorityId | ServiceId) => Promise<Entity>
  readonly keep: (issued: Issued) => Promise<void>
  readonly environment: () => IssueEnvironment
}

/**
 * Makes what a folder of an earlier version lacks: authorities, services, organisations. Nothing that is
 * there is touched but `ca.pem`, which names all trusted authorities.
 */
export async function completePki(pki: CompletePki): Promise<void> {
  const isMissing = (name: string): boolean => recordOf(pki.manifest(), name) === undefined
  for (const authority of authorities.filter(({ id }) => isMissing(id))) {
    const { id, issuer } = authority
    const by = id === issuer ? undefined : await pki.entity(issuer)
    await pki.keep(await issueAuthorityFiles(authority, by, pki.environment()))
  }
  for (const service of services.filter(({ id }) => isMissing(id))) {
    const issuer = await pki.entity(service.issuer)
    await pki.keep(await issueServiceFiles(service, issuer, pki.environment()))
  }
  for (const spec of organisationSpecs.filter(({ name }) => isMissing(name))) {
    const issuer = await pki.entity(russianIssuer(spec))
    await pki.keep(await issueRussianFiles(spec, issuer, pki.environment()))
  }
  const trusted = await Promise.all(
    authorities
      .filter(({ isTrusted }) => isTrusted)
      .map(async ({ id }) => ({
        record: recordOf(pki.manifest(), id) as CertificateRecord,
        entity: await pki.entity(id),
      })),
  )
  await replaceFile(join(pki.folder, 'ca.pem'), caBundle(trusted))
}
