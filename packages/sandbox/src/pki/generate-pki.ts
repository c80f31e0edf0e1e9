import { join } from 'node:path'
import { writePem } from '@muhr/pki'
import { createFolder, writeDurable } from './files.ts'
import type { Entity } from './issue-certificate.ts'
import {
  type Issued,
  type IssueEnvironment,
  issueAuthorityFiles,
  issueCitizenFiles,
  issueServiceFiles,
} from './issue-files.ts'
import { issueRussianFiles, russianIssuer } from './issue-russian.ts'
import type { Manifest } from './manifest.ts'
import { type AuthorityId, authorities, citizenIssuer, firstCitizens, services } from './profile.ts'
import { organisationSpecs } from './russian-profile.ts'

/**
 * Makes the whole test PKI into a folder that does not exist yet; a kill in the middle leaves nothing under
 * that name. RSA keys are what takes time: each step makes all of its own at once, on the thread pool.
 */
export async function generatePki(
  folder: string,
  options: Omit<IssueEnvironment, 'installation'>,
): Promise<void> {
  const installation = Buffer.from(options.random(4)).toString('hex')
  const environment = { ...options, installation }
  await createFolder(folder, async (temporary) => {
    const all = await issueAll(environment)
    for (const { files } of all) {
      for (const { path, bytes } of files) await writeDurable(join(temporary, path), bytes)
    }
    const manifest: Manifest = {
      format: 1,
      installation,
      createdAt: options.now.toISOString(),
      trustUrl: options.trustUrl,
      certificates: all.map(({ record }) => record),
    }
    await writeDurable(join(temporary, 'ca.pem'), caBundle(all))
    await writeDurable(join(temporary, 'pki.json'), JSON.stringify(manifest, undefined, 2))
  })
}

async function issueAll(environment: IssueEnvironment): Promise<readonly Issued[]> {
  const roots = await Promise.all(
    authorities
      .filter(({ id, issuer }) => id === issuer)
      .map((root) => issueAuthorityFiles(root, undefined, environment)),
  )
  const entities = new Map<string, Entity>()
  const keep = (issued: readonly Issued[]): void => {
    for (const { record, entity } of issued) entities.set(record.name, entity)
  }
  const issuerOf = (id: AuthorityId): Entity => {
    const entity = entities.get(id)
    if (entity === undefined) throw new RangeError(`issuer: ${id} is not made yet`)

    return entity
  }
  keep(roots)
  const intermediates = await Promise.all(
    authorities
      .filter(({ id, issuer }) => id !== issuer)
      .map((each) => issueAuthorityFiles(each, issuerOf(each.issuer), environment)),
  )
  keep(intermediates)
  const leaves = await Promise.all([
    ...services.map((each) => issueServiceFiles(each, issuerOf(each.issuer), environment)),
    ...firstCitizens.map((each) =>
      issueCitizenFiles(each, issuerOf(citizenIssuer(each)), environment),
    ),
    ...organisationSpecs.map((each) =>
      issueRussianFiles(each, issuerOf(russianIssuer(each)), environment),
    ),
  ])

  return [...roots, ...intermediates, ...leaves]
}

/** Roots and issuing CAs, without the foreign ones. */
export function caBundle(all: readonly Pick<Issued, 'record' | 'entity'>[]): string {
  const trusted = authorities.filter(({ isTrusted }) => isTrusted)

  return trusted
    .flatMap(({ id }) => all.filter(({ record }) => record.name === id))
    .map(({ entity }) => writePem('CERTIFICATE', entity.certificate.bytes))
    .join('')
}
