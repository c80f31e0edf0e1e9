import { readFile } from 'node:fs/promises'
import { checkSignatures } from './check-signatures.ts'
import { openPackage, type PackageFile, zipFault } from './open-package.ts'
import type { GatewayState, GoskeyRequest, Order, OrderFile } from './order.ts'
import { checkNotice, NOTICE_NAMES } from './read-notice.ts'
import { readRequest } from './read-request.ts'
import { childrenOf, childText, readXml, XmlFault } from './read-xml.ts'
import type { EpguState } from './state.ts'

/** What the gateway finds about a package. */
export type Verdict =
  | { readonly isGood: false; readonly code: GatewayState; readonly message: string }
  | {
      readonly isGood: true
      readonly attachments: readonly OrderFile[]
      readonly request?: GoskeyRequest
    }

/** Why a package is not taken. */
class PackageFault extends Error {
  override readonly name = 'PackageFault'
  readonly code: GatewayState

  constructor(code: GatewayState, message: string) {
    super(message)
    this.code = code
  }
}

const SIGN_CONFIG = 'sign_config.xml'

/** Names that documents may have, by profile (ru-epgu-goskey §5.4). */
const NAME_RULES = {
  '1.8': /^[A-Za-z0-9_ .]+\.(pdf|tiff?|xml|txt)$/i,
  '1.9': /^[A-Za-zА-Яа-яЁё0-9_ .,’']+\.(pdf|tiff?|xml|txt|jpe?g)$/i,
} as const
const MAX_NAME = 50
const MAX_DOCUMENT_BYTES = 100_000_000

/**
 * Checks a package in the order of ru-epgu-goskey §7.3: flat archive, request file, XML against its schema and
 * the service, rules of the documents, a verified signature for every file. All of it as of the moment when the
 * package was sent, however the clock is moved meanwhile.
 */
export async function checkPackage(
  state: EpguState,
  order: Order,
  archive: string,
): Promise<Verdict> {
  try {
    const files = await openPackage(archive, `${order.folder}/files`, {
      isCommentTaken: state.switches.archiveComment,
    })
    const sorted = sortFiles(order, files)
    const request = await checkXml(state, order, sorted)
    checkDocuments(order, sorted.documents, request?.profile ?? '1.9')
    await checkSignatures(state, {
      files: [...sorted.requests, ...sorted.documents],
      signatures: sorted.signatures,
      namesOf: await signatureNames(sorted),
      sender: order.user.organisation,
      now: new Date(order.requestedAt),
      refuse: (message) => new PackageFault('FILES_VERIFICATION_FAILED', message),
    })

    return {
      isGood: true,
      attachments: [...sorted.documents, ...sorted.requests].map(attachmentOf),
      ...(request === undefined ? {} : { request }),
    }
  } catch (cause) {
    const fault = zipFault(cause)
    if (fault !== undefined) {
      return { isGood: false, code: 'INVALID_FILES_STRUCTURE', message: `Архив: ${fault}` }
    }
    if (cause instanceof PackageFault) {
      return { isGood: false, code: cause.code, message: cause.message }
    }
    if (cause instanceof XmlFault) {
      return { isGood: false, code: 'VALIDATION_ERROR', message: cause.message }
    }
    throw cause
  }
}

type SortedFiles = {
  /** The transport XML, and for the notice its business XML. */
  readonly requests: readonly PackageFile[]
  readonly documents: readonly PackageFile[]
  readonly signatures: readonly PackageFile[]
  readonly signConfig: PackageFile | undefined
}

function sortFiles({ service }: Order, files: readonly PackageFile[]): SortedFiles {
  const signatures = files.filter(({ name }) => name.toLowerCase().endsWith('.sig'))
  const signConfig = files.find(({ name }) => name === SIGN_CONFIG)
  const others = files.filter((file) => !signatures.includes(file) && file !== signConfig)
  const isRequest = ({ name }: PackageFile): boolean =>
    service.kind === 'goskey' ? name === 'req.xml' : NOTICE_NAMES.request.test(name)
  const isBusiness = ({ name }: PackageFile): boolean =>
    service.kind === 'notice' && NOTICE_NAMES.business.test(name)
  const [request, ...more] = others.filter(isRequest)
  if (request === undefined) {
    throw new PackageFault('REQ_NOT_FOUND', 'В архиве нет файла запроса')
  }
  if (more.length > 0) throw new PackageFault('VALIDATION_ERROR', 'В архиве два файла запроса')
  const business = others.filter(isBusiness)
  if (service.kind === 'notice' && business.length !== 1) {
    throw new PackageFault('MPC_NOT_FOUND', 'В архиве нет файла trans_{guid}.xml')
  }

  return {
    requests: [request, ...business],
    documents: others.filter((file) => file !== request && !business.includes(file)),
    signatures,
    signConfig,
  }
}

async function checkXml(
  state: EpguState,
  order: Order,
  { requests, documents }: SortedFiles,
): Promise<GoskeyRequest | undefined> {
  const [request, business] = requests
  if (request === undefined) throw new PackageFault('REQ_NOT_FOUND', 'В архиве нет файла запроса')
  if (order.service.kind === 'notice') {
    if (business === undefined)
      throw new PackageFault('MPC_NOT_FOUND', 'Нет файла trans_{guid}.xml')
    await checkNotice(order, {
      request,
      business,
      refuse: (message) => new PackageFault('REQ_VERIFY_FAILED', message),
    })

    return undefined
  }
  const xml = await readXml(await readFile(request.path))
  try {
    return readRequest(xml, {
      service: order.service,
      switches: state.switches,
      now: order.requestedAt,
      documents: documents.map(({ name }) => name),
    })
  } finally {
    xml.dispose()
  }
}

function checkDocuments(
  { service }: Order,
  documents: readonly PackageFile[],
  profile: '1.8' | '1.9',
): void {
  const fail = (message: string): PackageFault => new PackageFault('VALIDATION_ERROR', message)
  const max = service.maxDocuments[profile]
  if (service.kind === 'goskey' && documents.length === 0) throw fail('В архиве нет документов')
  if (documents.length > max) throw fail(`Документов ${documents.length}, допустимо ${max}`)
  const total = documents.reduce((sum, { size }) => sum + size, 0)
  if (total > MAX_DOCUMENT_BYTES) {
    throw fail(`Документов на ${total} байт, допустимо ${MAX_DOCUMENT_BYTES}`)
  }
  for (const { name } of documents) {
    if (name.length > MAX_NAME) throw fail(`Имя длиннее ${MAX_NAME} знаков: ${name}`)
    if (!NAME_RULES[profile].test(name)) throw fail(`Недопустимое имя или формат файла: ${name}`)
  }
}

/** Which signature files go with a file: `NAME.EXT.sig`, or those that sign_config.xml lists. */
async function signatureNames({
  signConfig,
}: SortedFiles): Promise<(name: string) => readonly string[]> {
  const listed = new Map<string, readonly string[]>()
  if (signConfig !== undefined) {
    const xml = await readXml(await readFile(signConfig.path))
    try {
      for (const document of childrenOf(xml.root, 'signedDocument')) {
        listed.set(
          childText(document, 'documentFileName') ?? '',
          childrenOf(document, 'signData').map((each) => childText(each, 'signFileName') ?? ''),
        )
      }
    } finally {
      xml.dispose()
    }
  }

  return (name) => listed.get(name) ?? [`${name}.sig`]
}

function attachmentOf(file: PackageFile): OrderFile {
  return {
    fileName: file.name,
    mnemonic: file.name,
    size: file.size,
    mimeType: mimeTypeOf(file.name),
    // As in the samples: only the request is marked.
    hasSignature: /^req(_.*)?\.xml$/.test(file.name),
    path: file.path,
  }
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  xml: 'application/xml',
  txt: 'text/plain',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
}

/** By the extension, as the portal does. */
export function mimeTypeOf(name: string): string {
  return MIME_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}
