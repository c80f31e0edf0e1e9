import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RevocationReason } from '@muhr/pki'
import type { CitizenKey } from '../egov-mobile/citizen-key.ts'
import { SandboxError } from '../error.ts'
import { replaceFile, writeDurable } from './files.ts'
import type { Entity } from './issue-certificate.ts'
import type { Issued, IssueEnvironment } from './issue-files.ts'
import { type CertificateRecord, type Manifest, parseManifest, recordOf } from './manifest.ts'
import {
  type AuthorityId,
  authorities,
  CITIZEN_PASSWORD,
  type CitizenSpec,
  citizenIssuer,
  citizenName,
  RENEW_BEFORE_MS,
  type ServiceId,
  services,
  tlsName,
} from './profile.ts'
import { organisationSpecs, type RussianSpec } from './russian-profile.ts'

export type Revocation = { readonly at: Date; readonly reason: RevocationReason }

/** The test PKI in a folder. Cryptography is loaded with the first key that is asked for. */
export type TestPki = {
  readonly folder: string
  /** PEM with all trusted roots and issuing CAs. */
  readonly caFile: string
  readonly manifest: () => Manifest
  readonly entity: (id: AuthorityId | ServiceId) => Promise<Entity>
  /** A Russian key with its certificate; issued first when there is none yet, or it is about to expire. */
  readonly russianKey: (spec: RussianSpec) => Promise<RussianKey>
  /** The certificate of the TLS port for these names, with its RSA key. */
  readonly tlsKey: (dnsNames: readonly string[]) => Promise<RussianKey>
  /** A citizen's key out of its PKCS#12 file; issued first when there is none yet. */
  readonly citizenKey: (spec: CitizenSpec) => Promise<CitizenKey>
  readonly find: (issuer: AuthorityId, serialNumber: string) => CertificateRecord | undefined
  /** Every revoked certificate of a CA: of the profile, and those revoked while the sandbox runs. */
  readonly revokedBy: (
    issuer: AuthorityId,
  ) => readonly { readonly record: CertificateRecord; readonly revocation: Revocation }[]
  /** Revokes from now on, until the sandbox stops; `undefined` takes it back. */
  readonly setRevocation: (record: CertificateRecord, revocation: Revocation | undefined) => void
}

/** A key of the sandbox in the open, for a simulator that signs with it. */
export type RussianKey = {
  /** PKCS#8, DER. */
  readonly privateKey: Uint8Array
  /** X.509, DER. */
  readonly certificate: Uint8Array
}

export type OpenPkiOptions = {
  /** Folder of the sandbox; the PKI lives in `pki` below it. */
  readonly dir: string
  readonly trustUrl: string
  readonly now: () => Date
  readonly random: (length: number) => Uint8Array
  readonly log: (line: string) => void
}

/**
 * Opens the PKI of a folder, making it on first run and issuing anew every leaf that is about to expire.
 *
 * @throws {SandboxError} `sandbox.pki-unreadable`, `sandbox.pki-expired`
 */
export async function openPki(options: OpenPkiOptions): Promise<TestPki> {
  const { now, random, log } = options
  const folder = join(options.dir, 'pki')
  const manifestFile = join(folder, 'pki.json')
  if (!(await exists(folder))) {
    log('sandbox: making the test PKI, once')
    const { generatePki } = await import('./generate-pki.ts')
    await generatePki(folder, { now: now(), random, trustUrl: options.trustUrl })
  }
  let manifest = parseManifest(await read(manifestFile), manifestFile)
  checkAuthorities(manifest, now())
  if (manifest.trustUrl !== options.trustUrl) {
    log(`sandbox: certificates name ${manifest.trustUrl}, this start serves ${options.trustUrl}`)
  }
  const running = new Map<string, Revocation>()
  const entities = new Map<string, Promise<Entity>>()

  const environment = (): IssueEnvironment => ({
    now: now(),
    random,
    trustUrl: options.trustUrl,
    installation: manifest.installation,
  })

  const entity: TestPki['entity'] = (id) => {
    const loaded = entities.get(id) ?? loadEntity(folder, manifest, id)
    entities.set(id, loaded)

    return loaded
  }

  const keep = async ({ record, files }: Issued): Promise<void> => {
    for (const { path, bytes } of files) await writeDurable(join(folder, path), bytes)
    manifest = { ...manifest, certificates: [...manifest.certificates, record] }
    await replaceFile(manifestFile, JSON.stringify(manifest, undefined, 2))
    entities.delete(record.name)
  }

  const issue = async (spec: CitizenSpec): Promise<CertificateRecord> => {
    const { issueCitizenFiles } = await import('./issue-files.ts')
    const name = citizenName(spec)
    const issued = await issueCitizenFiles(spec, await entity(citizenIssuer(spec)), {
      ...environment(),
      renewals: manifest.certificates.filter((record) => record.name === name).length,
    })
    await keep(issued)

    return issued.record
  }

  // One at a time: two faults at once must not issue the same certificate twice.
  let queue: Promise<unknown> = Promise.resolve()
  const ensure = (
    name: string,
    make: (environment: IssueEnvironment & { renewals: number }) => Promise<Issued>,
  ): Promise<CertificateRecord> => {
    const next = queue.then(async () => {
      const known = recordOf(manifest, name)
      if (known !== undefined && !isExpiring(known, now())) return known
      const renewals = manifest.certificates.filter((record) => record.name === name).length
      const issued = await make({ ...environment(), renewals })
      await keep(issued)

      return issued.record
    })
    queue = next.catch(() => undefined)

    return next
  }
  const russianRecord = (spec: RussianSpec): Promise<CertificateRecord> =>
    ensure(spec.name, async (issueEnvironment) => {
      const { issueRussianFiles, russianIssuer } = await import('./issue-russian.ts')

      return issueRussianFiles(spec, await entity(russianIssuer(spec)), issueEnvironment)
    })
  const openKey = async (record: CertificateRecord): Promise<RussianKey> => ({
    privateKey: await readBytes(join(folder, record.keyFile)),
    certificate: await readBytes(join(folder, record.file)),
  })

  if (!isManifestComplete(manifest)) {
    log('sandbox: completing the test PKI of an earlier version')
    const { completePki } = await import('./complete-pki.ts')
    await completePki({ folder, manifest: () => manifest, entity, keep, environment })
  }
  for (const record of expiring(manifest, now())) {
    log(`sandbox: issuing ${record.name} anew`)
    const service = services.find(({ id }) => id === record.name)
    if (service !== undefined) {
      const { issueServiceFiles } = await import('./issue-files.ts')
      await keep(await issueServiceFiles(service, await entity(service.issuer), environment()))
    } else if (record.account !== undefined && record.state !== undefined) {
      const { algorithm } = record
      if (algorithm !== 'kz-2015-512' && algorithm !== 'rsa-2048') continue
      await issue({ account: record.account, algorithm, state: record.state })
    } else {
      const spec = organisationSpecs.find(({ name }) => name === record.name)
      if (spec !== undefined) await russianRecord(spec)
    }
  }

  const recordFor = (spec: CitizenSpec): Promise<CertificateRecord> => {
    const next = queue.then(
      async () => recordOf(manifest, citizenName(spec)) ?? (await issue(spec)),
    )
    queue = next.catch(() => undefined)

    return next
  }

  return {
    folder,
    caFile: join(folder, 'ca.pem'),
    manifest: () => manifest,
    entity,
    citizenKey: async (spec) => {
      const record = await recordFor(spec)

      return loadCitizenKey(folder, record)
    },
    russianKey: async (spec) => openKey(await russianRecord(spec)),
    tlsKey: async (dnsNames) =>
      openKey(
        await ensure(tlsName(dnsNames), async (issueEnvironment) => {
          const { issueTlsFiles } = await import('./issue-tls.ts')

          return issueTlsFiles(
            { name: tlsName(dnsNames), dnsNames },
            await entity('nca-rsa'),
            issueEnvironment,
          )
        }),
      ),
    find: (issuer, serialNumber) =>
      manifest.certificates.find(
        (record) => record.issuer === issuer && record.serialNumber === serialNumber,
      ),
    revokedBy: (issuer) =>
      manifest.certificates.flatMap((record) => {
        const revocation = running.get(record.file) ?? profileRevocation(record)

        return record.issuer === issuer && revocation !== undefined ? [{ record, revocation }] : []
      }),
    setRevocation: (record, revocation) => {
      if (revocation === undefined) running.delete(record.file)
      else running.set(record.file, { ...revocation, at: wholeSecond(revocation.at) })
    },
  }
}

/** Lists and answers know whole seconds: a revocation of this very second counts in them at once. */
function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000)
}

function profileRevocation({ revoked }: CertificateRecord): Revocation | undefined {
  return revoked === undefined ? undefined : { at: new Date(revoked.at), reason: revoked.reason }
}

/** The newest leaf of each name that has less than 30 days to live; expired ones of the profile stay. */
function expiring(manifest: Manifest, now: Date): readonly CertificateRecord[] {
  return manifest.certificates.filter(
    (record) =>
      record.kind !== 'authority' &&
      recordOf(manifest, record.name) === record &&
      isExpiring(record, now),
  )
}

/** Certificates that are to be expired stay as they are. */
function isExpiring(record: CertificateRecord, now: Date): boolean {
  const isMeantTo = record.state === 'expired' || record.russianState === 'expired'

  return !isMeantTo && Date.parse(record.notAfter) - now.getTime() < RENEW_BEFORE_MS
}

/** Does the manifest name everything that the profile has? Folders of earlier versions may not. */
function isManifestComplete(manifest: Manifest): boolean {
  return [...authorities, ...services]
    .map(({ id }): string => id)
    .concat(organisationSpecs.map(({ name }) => name))
    .every((name) => recordOf(manifest, name) !== undefined)
}

function checkAuthorities(manifest: Manifest, now: Date): void {
  const isExpired = manifest.certificates.some(
    ({ kind, notAfter }) => kind === 'authority' && Date.parse(notAfter) <= now.getTime(),
  )
  if (!isExpired) return
  throw new SandboxError({
    code: 'sandbox.pki-expired',
    message: 'A CA of the test PKI has expired.',
    advice: 'Remove the folder of the PKI; a new one is made at the next start.',
  })
}

async function loadEntity(folder: string, manifest: Manifest, name: string): Promise<Entity> {
  const record = recordOf(manifest, name)
  if (record === undefined) throw unreadable(join(folder, 'pki.json'))
  const { createSigningKey, parseCertificate } = await import('@muhr/pki')

  return {
    certificate: parseCertificate(await readBytes(join(folder, record.file))),
    key: createSigningKey(await readBytes(join(folder, record.keyFile))),
  }
}

async function loadCitizenKey(folder: string, record: CertificateRecord): Promise<CitizenKey> {
  const { readPkcs12 } = await import('@muhr/pki')
  const file = join(folder, record.keyFile)
  const [entry] = readPkcs12(await readBytes(file), CITIZEN_PASSWORD)
  const certificate = entry?.certificates[0]
  if (entry === undefined || certificate === undefined) throw unreadable(file)

  if (record.algorithm !== 'kz-2015-512' && record.algorithm !== 'rsa-2048') throw unreadable(file)

  return { algorithm: record.algorithm, privateKey: entry.key, certificate }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function read(path: string): Promise<string> {
  return Buffer.from(await readBytes(path)).toString('utf8')
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(file: string, cause?: unknown): SandboxError {
  return new SandboxError({
    code: 'sandbox.pki-unreadable',
    message: 'A file of the test PKI is missing or unreadable.',
    advice: 'Remove the folder of the PKI; a new one is made at the next start.',
    data: { file },
    cause,
  })
}
