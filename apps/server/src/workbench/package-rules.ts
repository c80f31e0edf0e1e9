import { pushMaxBytes } from '@muhr/epgu'
import {
  checkPackage,
  type GoskeyRule,
  type GoskeyServiceName,
  goskeyPackageRules,
  goskeyRules,
  goskeyServices,
  type PackageCheck,
  type PackageRules,
  recogniseRequest,
} from '@muhr/epgu/goskey'
import { openZip, type RandomAccess, ZipError } from '@muhr/zip'
import type { AppContext } from '../app-context.ts'
import { type FieldProblem, Problem } from '../http/problems.ts'
import { checkXml, type XmlFinding } from './check-xml.ts'
import { maxXmlLength } from './main-xml.ts'
import { filesOf, liveFiles } from './order-files.ts'
import type { OrderRow } from './orders.ts'
import { goskeyServiceCodes } from './portal-view.ts'
import { loadService } from './services.ts'
import { withTemporaryFile } from './temporary-file.ts'

/** One broken rule of a package, or one fault of its request file. */
export type PackageFault = {
  readonly rule: string
  readonly field: string
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly limit?: number | string | undefined
  readonly actual?: number | undefined
  readonly detail?: string | undefined
}

export type CheckedPackage = {
  readonly faults: readonly PackageFault[]
  readonly files: PackageCheck['files']
}

/** The service of Госключ that a request file is for, among those that share a code. */
function goskeyServiceOf(
  code: string,
  requestXml: Uint8Array | undefined,
): GoskeyServiceName | undefined {
  const recognised = requestXml === undefined ? undefined : recogniseRequest(requestXml)?.service
  if (recognised !== undefined && goskeyServices[recognised].serviceCode === code) {
    return recognised
  }
  const found = Object.entries(goskeyServices).find(([, each]) => each.serviceCode === code)

  return found?.[0] as GoskeyServiceName | undefined
}

function rulesOf(
  order: OrderRow,
  { requestXml, sentAt }: { readonly requestXml: Uint8Array | undefined; readonly sentAt: Date },
): PackageRules {
  const size = order.order_number === null ? { archiveBytes: pushMaxBytes } : {}
  const service = goskeyServiceCodes.has(order.service_code)
    ? goskeyServiceOf(order.service_code, requestXml)
    : undefined
  if (service === undefined) {
    return { requestName: order.main_file, ...size }
  }
  const profile =
    (requestXml === undefined ? undefined : recogniseRequest(requestXml)?.profile) ?? '1.9'

  return { ...goskeyPackageRules(service, { profile, breadth: 'profile', sentAt }), ...size }
}

/** The request file of an archive; undefined when there is none that can be read. */
async function requestOf(access: RandomAccess, name: string): Promise<Uint8Array | undefined> {
  try {
    const entries = await openZip(access, {
      limits: { entries: 1_000, totalBytes: 1024 ** 3, ratio: 1_000 },
      report: () => undefined,
    })
    const entry = entries.find((each) => each.name === name && each.fault === undefined)
    if (entry === undefined || entry.size > maxXmlLength) {
      return undefined
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of entry.open()) {
      chunks.push(chunk)
    }

    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof ZipError) {
      return undefined
    }
    throw error
  }
}

/** The schema that was kept with the order's version of its service. */
async function schemaOf(app: Pick<AppContext, 'db'>, order: OrderRow): Promise<string | undefined> {
  if (order.service_id === null || order.service_version === null) {
    return undefined
  }
  const service = await loadService(app.db, order.organisation_id, {
    id: order.service_id,
    version: order.service_version,
  })

  return service.schema
}

const faultOf = (
  name: string,
  { kind, line, column, element, message }: XmlFinding,
): PackageFault => ({
  rule: kind === 'schema' ? 'request-schema' : 'request-unreadable',
  field: name,
  line,
  column,
  detail: element === undefined ? message : `${element}: ${message}`,
})

/**
 * Looks at an archive rule by rule: the rules of Госключ where the order is for it, else archive, names,
 * signatures and sign_config.xml; the request file under the schema that is kept with the service, in a
 * thread of its own. The archive is not unpacked; what it may hold is limited.
 */
export async function checkArchive(
  app: Pick<AppContext, 'db' | 'now'>,
  { order, access }: { readonly order: OrderRow; readonly access: RandomAccess },
): Promise<CheckedPackage> {
  const requestXml = await requestOf(access, order.main_file)
  const check = await checkPackage(access, rulesOf(order, { requestXml, sentAt: app.now() }))
  const schema = await schemaOf(app, order)
  const findings =
    requestXml === undefined
      ? []
      : (await checkXml(requestXml, schema)).map((each) => faultOf(order.main_file, each))
  const known = new Set(
    check.violations.map(({ line, column, rule }) => `${rule} ${line} ${column}`),
  )

  return {
    faults: [
      ...check.violations,
      ...findings.filter(({ rule, line, column }) => !known.has(`${rule} ${line} ${column}`)),
    ],
    files: check.files,
  }
}

/**
 * What lies in the package of an order, and every rule that it breaks.
 * @throws Problem `request.not-found` when it has none
 */
export async function lookAtPackage(
  app: Pick<AppContext, 'db' | 'now' | 'store'>,
  order: OrderRow,
): Promise<{
  readonly files: readonly {
    readonly name: string
    readonly size: number
    readonly role: string
    readonly isSigned: boolean
  }[]
  readonly faults: readonly PackageFault[]
}> {
  const [file] = liveFiles(await filesOf(app.db, order), 'package')
  if (file === undefined) {
    throw new Problem('request.not-found', 'The order has no package.')
  }
  const octets = app.store.open(file.sha256) as AsyncIterable<Uint8Array>
  const { files, faults } = await withTemporaryFile(octets, ({ access }) =>
    checkArchive(app, { order, access }),
  )
  const names = new Set(files.map(({ name }) => name))

  return {
    faults,
    files: files.map((each) => ({ ...each, isSigned: names.has(`${each.name}.sig`) })),
  }
}

/** @throws Problem `workbench.rules-broken`, a field for each fault with line and column */
export function expectKept({ faults }: CheckedPackage): void {
  if (faults.length > 0) {
    throw rulesBroken(faults)
  }
}

export function rulesBroken(faults: readonly PackageFault[]): Problem {
  return new Problem('workbench.rules-broken', 'The package breaks rules of its service.', {
    fields: faults.slice(0, 200).map((fault) => {
      const { rule, field, line, column } = fault

      return {
        field: line === undefined ? field : `${field}:${line}:${column ?? 1}`,
        code: rule,
        ...wordsOf(fault),
      }
    }),
  })
}

/** What the rule asks; and by how much it is broken, with what a parser said. Times say nothing as numbers. */
function wordsOf({
  rule,
  limit,
  actual,
  detail,
}: PackageFault): Pick<FieldProblem, 'advice' | 'detail'> {
  const asked = Object.hasOwn(goskeyRules, rule) ? goskeyRules[rule as GoskeyRule] : undefined
  const isCounted = !rule.startsWith('expiration-')

  const more = [
    isCounted && limit !== undefined ? `Allowed: ${limit}.` : undefined,
    isCounted && actual !== undefined ? `There are ${actual}.` : undefined,
    detail,
  ]
    .filter((each) => each !== undefined)
    .join(' ')

  return {
    advice: [asked, more].filter((each) => each !== undefined && each !== '').join(' '),
    ...(more === '' ? {} : { detail: more }),
  }
}
