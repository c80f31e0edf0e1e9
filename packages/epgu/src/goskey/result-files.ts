import type { FileAddress } from '../gateway/file-address.ts'
import { requestFileName } from './check-documents.ts'

/** What is read of a signed order; `Order` of the gateway client fits. */
export type ResultOrder = {
  readonly currentStatusHistoryId: string | undefined
  readonly statuses: readonly { readonly id: string }[]
  readonly responseFiles: readonly {
    readonly fileName: string
    readonly sizeBytes: number | undefined
    readonly address: FileAddress | undefined
  }[]
}

/** One file to be downloaded, and what it is. */
export type ResultFile = {
  /** `signature`: the recipient's, over `document`. `document`: the document as it was sent. */
  readonly kind: 'signature' | 'document' | 'request'
  /** Name of the document that was sent. */
  readonly document: string
  readonly fileName: string
  readonly sizeBytes: number | undefined
  readonly address: FileAddress
}

/** Why the results are not those of the package that was sent. */
export type ResultFault = {
  readonly fault: /** No signature of a document that was sent. */
    | 'signature-missing'
    /** More than one signature of a document. */
    | 'signature-doubled'
    /** A file that belongs to no document that was sent. */
    | 'unexpected-file'
    /** A file of another order, or no result at all. */
    | 'foreign-object'
    /** A link of another form than is known, so that nothing can be downloaded. */
    | 'unreadable-link'
  readonly file: string
}

export type ExpectedResults = {
  /** Every document has exactly one signature, and there is nothing else. */
  readonly isComplete: boolean
  /** Signatures first, in the order of the documents sent. */
  readonly files: readonly ResultFile[]
  readonly faults: readonly ResultFault[]
}

/** objectType of results in a link (spec §4.1). */
const resultType = '3'
/** The document itself has its name with this in the store, its signature the name alone (§5.6). */
const copySuffix = '_attach'

type Sorted = { readonly file: ResultFile } | { readonly fault: ResultFault }

function addressOf(
  { fileName, address }: ResultOrder['responseFiles'][number],
  { order, documents }: { readonly order: ResultOrder; readonly documents: ReadonlySet<string> },
): FileAddress | undefined {
  const document = fileName.replace(/\.sig$/, '')
  const objectId = order.currentStatusHistoryId
  if (address !== undefined || objectId === undefined) {
    return address
  }

  // Without a link the rule of §5.6 says where a signature lies.
  return fileName !== document && documents.has(document)
    ? { objectId, objectType: resultType, mnemonic: document }
    : undefined
}

function sortFile(
  given: ResultOrder['responseFiles'][number],
  context: {
    readonly order: ResultOrder
    readonly documents: ReadonlySet<string>
    readonly ownIds: ReadonlySet<string>
  },
): Sorted {
  const { fileName, sizeBytes } = given
  const address = addressOf(given, context)
  if (address === undefined) {
    return { fault: { fault: 'unreadable-link', file: fileName } }
  }
  if (address.objectType !== resultType || !context.ownIds.has(address.objectId)) {
    return { fault: { fault: 'foreign-object', file: fileName } }
  }
  const { mnemonic } = address
  if (context.documents.has(mnemonic)) {
    return { file: { kind: 'signature', document: mnemonic, fileName, sizeBytes, address } }
  }
  const document = mnemonic.endsWith(copySuffix) ? mnemonic.slice(0, -copySuffix.length) : undefined
  if (document === requestFileName) {
    return { file: { kind: 'request', document, fileName, sizeBytes, address } }
  }

  return document !== undefined && context.documents.has(document)
    ? { file: { kind: 'document', document, fileName, sizeBytes, address } }
    : { fault: { fault: 'unexpected-file', file: fileName } }
}

/**
 * What is to be downloaded of a signed order, by the rules of spec §5.6: the signature of a document has
 * the document's name in the store, the document itself its name with `_attach`, both under the status
 * history. `fileName` decides nothing where there is a link. No signature of req.xml is asked for.
 * @param documentNames of the documents sent, without req.xml
 */
export function expectResults(
  order: ResultOrder,
  documentNames: readonly string[],
): ExpectedResults {
  const documents = new Set(documentNames)
  const ownIds = new Set(order.statuses.map(({ id }) => id))
  if (order.currentStatusHistoryId !== undefined) {
    ownIds.add(order.currentStatusHistoryId)
  }
  const sorted = order.responseFiles.map((file) => sortFile(file, { order, documents, ownIds }))
  const files = sorted.flatMap((each) => ('file' in each ? [each.file] : []))
  const signaturesOf = (name: string): readonly ResultFile[] =>
    files.filter(({ kind, document }) => kind === 'signature' && document === name)
  const faults: readonly ResultFault[] = [
    ...sorted.flatMap((each) => ('fault' in each ? [each.fault] : [])),
    ...documentNames
      .filter((name) => signaturesOf(name).length === 0)
      .map((file) => ({ fault: 'signature-missing', file }) as const),
    ...documentNames
      .filter((name) => signaturesOf(name).length > 1)
      .map((file) => ({ fault: 'signature-doubled', file }) as const),
  ]

  return {
    isComplete: faults.length === 0,
    files: [
      ...documentNames.flatMap(signaturesOf),
      ...files.filter(({ kind }) => kind !== 'signature'),
    ],
    faults,
  }
}
