import { defaultXmlLimits, isPkiError, validateXmlSchema, type XmlFault } from '@muhr/pki'
import { openZip, type RandomAccess, type ZipEntry, ZipError } from '@muhr/zip'
import { checkContent } from './check-content.ts'
import {
  checkDocuments,
  requestFileName,
  signatureExtension,
  signConfigFileName,
} from './check-documents.ts'
import { checkReadRequest } from './check-read-request.ts'
import { checkSignatureFile } from './check-signature-file.ts'
import type { PackageDocument } from './documents.ts'
import { type Breadth, type DocumentLimits, documentLimits } from './limits.ts'
import { collectEntry, entryContent } from './read-entry.ts'
import { recogniseRequest } from './recognise-request.ts'
import type { GoskeyRule, Violation } from './rules.ts'
import { requestSchema, signConfigSchema } from './schemas.ts'
import { type GoskeyServiceName, goskeyServices, type RequestProfile } from './services.ts'
import { readSignConfigNames } from './sign-config.ts'

/** The rules of one service; those of Goskey are {@link goskeyPackageRules}. */
export type PackageRules = {
  /** Name of the request file, `req.xml` by default. */
  readonly requestName?: string | RegExp
  /** Namespace that its root has to have. */
  readonly namespace?: string
  /** XML Schema of the request file. */
  readonly schema?: Uint8Array
  /** What of a request file no schema can say; looked at where its schema is kept. */
  readonly request?: (xml: Uint8Array) => readonly Violation[]
  /** Limits of documents; without them counts, names and types are not looked at. */
  readonly limits?: DocumentLimits
  /** Bytes of the whole archive that can be sent. */
  readonly archiveBytes?: number
  /**
   * Every signature beside a file was made and verified over it by whoever asks: that it is there is looked
   * at, the file is not read once more for it. Default: `false`.
   */
  readonly isSignedHere?: boolean
}

/** What a file is to its package. */
export type PackageRole = 'request' | 'document' | 'signature' | 'sign-config'

export type PackageCheck = {
  /** Every broken rule; none when the archive may be sent as it is. */
  readonly violations: readonly Violation[]
  /** Files of the archive in its order; empty when it cannot be opened. */
  readonly files: readonly {
    readonly name: string
    readonly size: number
    readonly role: PackageRole
  }[]
}

/** What an archive may unpack to while it is looked at; the rules of a service are narrower. */
const zipLimits = { entries: 1_000, totalBytes: 1024 ** 3, ratio: 1_000 } as const

/**
 * The rules of a Goskey service in a profile.
 * @param options.sentAt when the package is to leave; without it the end of the signing time is not
 * looked at
 */
export function goskeyPackageRules(
  service: GoskeyServiceName,
  {
    profile,
    breadth = 'safe',
    sentAt,
  }: { readonly profile: RequestProfile; readonly breadth?: Breadth; readonly sentAt?: Date },
): PackageRules {
  return {
    request: (xml) => checkReadRequest(xml, { service, profile, sentAt }),
    requestName: requestFileName,
    namespace: goskeyServices[service].namespace,
    schema: requestSchema(service, profile),
    limits: documentLimits(service, profile, breadth),
  }
}

const ruleOfZipFault = (code: string): GoskeyRule =>
  code === 'zip.not-flat'
    ? 'archive-not-flat'
    : code === 'zip.duplicate-name'
      ? 'name-duplicate'
      : 'archive-entry'

const zipViolation = (rule: GoskeyRule, { code, data }: ZipError): Violation => ({
  rule,
  field: data.path ?? 'archive',
  detail: code,
})

/** Does one file break a rule of its schema, with every place? */
async function checkSchema(
  {
    name,
    xml,
    schema,
  }: { readonly name: string; readonly xml: Uint8Array; readonly schema: Uint8Array },
  rules: { readonly unreadable: GoskeyRule; readonly broken: GoskeyRule },
): Promise<readonly Violation[]> {
  try {
    const faults = await validateXmlSchema({ document: xml, schema })

    return faults.map(({ kind, line, column, message, element }: XmlFault) => ({
      rule: kind === 'schema' ? rules.broken : rules.unreadable,
      field: name,
      line,
      column,
      detail: element === undefined ? message : `${element}: ${message}`,
    }))
  } catch (error) {
    if (!isPkiError(error) || error.code === 'xml.bad-schema') {
      throw error
    }

    return [{ rule: rules.unreadable, field: name, detail: error.code }]
  }
}

async function checkRequestFile(
  entry: ZipEntry | undefined,
  { namespace, schema, request, requestName = requestFileName }: PackageRules,
): Promise<readonly Violation[]> {
  if (entry === undefined) {
    return [{ rule: 'request-missing', field: String(requestName) }]
  }
  const xml = await collectEntry(entry, defaultXmlLimits.maxBytes)
  if (xml === undefined) {
    return [{ rule: 'request-unreadable', field: entry.name, limit: defaultXmlLimits.maxBytes }]
  }
  const found = recogniseRequest(xml)
  if (namespace !== undefined && found !== undefined && found.namespace !== namespace) {
    return [{ rule: 'request-namespace', field: entry.name, limit: namespace }]
  }

  const broken =
    schema === undefined
      ? []
      : await checkSchema(
          { name: entry.name, xml, schema },
          { unreadable: 'request-unreadable', broken: 'request-schema' },
        )

  return broken.length > 0 || request === undefined ? broken : request(xml)
}

type SignaturePlan = {
  /** Names of signatures by the name of their file. */
  readonly byFile: ReadonlyMap<string, readonly string[]>
  readonly violations: readonly Violation[]
}

/** Which signatures each file is to have: the one beside it, or those that sign_config.xml names. */
async function planSignatures(
  files: readonly ZipEntry[],
  config: ZipEntry | undefined,
): Promise<SignaturePlan> {
  const byFile = new Map(
    files.map(({ name }) => [name, [`${name}${signatureExtension}`] as readonly string[]]),
  )
  const xml = config === undefined ? undefined : await collectEntry(config, 1024 * 1024)
  if (config === undefined) {
    return { byFile, violations: [] }
  }
  if (xml === undefined) {
    return { byFile, violations: [{ rule: 'sign-config-unreadable', field: config.name }] }
  }
  const broken = await checkSchema(
    { name: config.name, xml, schema: signConfigSchema },
    { unreadable: 'sign-config-unreadable', broken: 'sign-config-schema' },
  )
  if (broken.length > 0) {
    return { byFile, violations: broken }
  }
  const { documentName, signatureNames } = readSignConfigNames(xml)
  const doubled = signatureNames.filter((name, index) => signatureNames.indexOf(name) !== index)
  const isThere = byFile.has(documentName)
  if (isThere) {
    byFile.set(documentName, [...new Set(signatureNames)])
  }

  return {
    byFile,
    violations: [
      ...(isThere ? [] : [{ rule: 'sign-config-file-missing', field: documentName } as const]),
      ...doubled.map((field) => ({ rule: 'sign-config-duplicate', field }) as const),
    ],
  }
}

async function checkSignatures(
  plan: SignaturePlan,
  {
    files,
    entries,
    isSignedHere = false,
  }: {
    readonly files: readonly ZipEntry[]
    readonly entries: readonly ZipEntry[]
    readonly isSignedHere: boolean | undefined
  },
): Promise<readonly Violation[]> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const used = new Set<string>()
  const violations: Violation[] = [...plan.violations]
  for (const file of files) {
    for (const name of plan.byFile.get(file.name) ?? []) {
      const signature = byName.get(name)
      used.add(name)
      violations.push(
        ...(signature === undefined
          ? [{ rule: 'signature-missing', field: name } as const]
          : isSignedHere && name === `${file.name}${signatureExtension}`
            ? []
            : await checkSignatureFile(signature, file)),
      )
    }
  }
  const orphans = entries.filter(({ name }) => isSignature(name) && !used.has(name))

  return [
    ...violations,
    ...orphans.map(({ name }) => ({ rule: 'signature-orphan', field: name }) as const),
  ]
}

const isSignature = (name: string): boolean => name.toLowerCase().endsWith(signatureExtension)

function roleOf(name: string, { requestName = requestFileName }: PackageRules): PackageRole {
  if (isSignature(name)) {
    return 'signature'
  }
  if (name === signConfigFileName) {
    return 'sign-config'
  }
  const isRequest = typeof requestName === 'string' ? name === requestName : requestName.test(name)

  return isRequest ? 'request' : 'document'
}

const documentOfEntry = (entry: ZipEntry): PackageDocument => ({
  name: entry.name,
  size: entry.size,
  open: (range) => entryContent(entry, range),
})

/** Runs a check over the content of entries; what the archive itself has wrong is a violation too. */
async function guarded(check: () => Promise<readonly Violation[]>): Promise<readonly Violation[]> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof ZipError) {
      return [zipViolation('archive-entry', error)]
    }
    throw error
  }
}

async function checkEntries(
  entries: readonly ZipEntry[],
  rules: PackageRules,
): Promise<readonly Violation[]> {
  const readable = entries.filter(({ fault }) => fault === undefined)
  const inRole = (role: PackageRole): readonly ZipEntry[] =>
    readable.filter(({ name }) => roleOf(name, rules) === role)
  const documents = inRole('document')
  const signed = readable.filter(({ name }) => !isSignature(name))
  const { limits, isSignedHere } = rules
  const [config] = inRole('sign-config')

  return [
    ...(await guarded(() => checkRequestFile(inRole('request')[0], rules))),
    ...(limits === undefined
      ? []
      : [
          ...checkDocuments(documents, limits),
          ...(await guarded(() => checkContent(documents.map(documentOfEntry)))),
        ]),
    ...(await guarded(async () =>
      checkSignatures(await planSignatures(signed, config), {
        files: signed,
        entries: readable,
        isSignedHere,
      }),
    )),
  ]
}

/**
 * Looks at a ready-made archive, rule by rule, without unpacking it: the archive itself, its request
 * file under the schema, documents, a signature for every file (made over it, by whom does not matter),
 * sign_config.xml. Gives every broken rule; a rule that cannot be looked at because of another is left
 * out.
 * @throws PkiError `xml.bad-schema` for a schema in the rules that cannot be used; whatever `read` throws
 */
export async function checkPackage(
  access: RandomAccess,
  rules: PackageRules,
): Promise<PackageCheck> {
  const faults: ZipError[] = []
  const sizeViolations: readonly Violation[] =
    rules.archiveBytes !== undefined && access.size > rules.archiveBytes
      ? [{ rule: 'archive-size', field: 'archive', limit: rules.archiveBytes, actual: access.size }]
      : []
  try {
    const entries = await openZip(access, {
      limits: zipLimits,
      isFlat: true,
      report: (fault) => faults.push(fault),
    })
    const found = faults.map((fault) => zipViolation(ruleOfZipFault(fault.code), fault))

    return {
      violations: [...sizeViolations, ...found, ...(await checkEntries(entries, rules))],
      files: entries.map(({ name, size }) => ({ name, size, role: roleOf(name, rules) })),
    }
  } catch (error) {
    if (!(error instanceof ZipError)) {
      throw error
    }

    return {
      violations: [...sizeViolations, zipViolation('archive-unreadable', error)],
      files: [],
    }
  }
}
