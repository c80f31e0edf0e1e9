import type { OctetStream } from '@muhr/pki'
import {
  createMeter,
  layOutZip,
  type Measure,
  measureBytes,
  type RangedZipSource,
  type ReadOptions,
  type WrittenZip,
} from '@muhr/zip'
import { EpguError } from '../error.ts'
import { buildRequestXml } from './build-request-xml.ts'
import {
  checkDocuments,
  requestFileName,
  signatureExtension,
  signConfigFileName,
} from './check-documents.ts'
import { documentOf, type PackageDocument } from './documents.ts'
import { type Breadth, documentLimits } from './limits.ts'
import { rulesBroken } from './refuse.ts'
import type { GoskeyRequest } from './request.ts'
import { buildSignConfigXml, type SignConfig } from './sign-config.ts'

/**
 * Makes the detached CMS signature (DER or BER) of the sending organisation over one file, or gives one
 * that was made before. `content` may be read once, wholly or not at all.
 */
export type SignFile = (file: {
  readonly name: string
  readonly size: number
  readonly content: OctetStream
}) => Promise<Uint8Array>

/** More signatures of one document, made elsewhere: another party's, say. */
export type MoreSignatures = {
  readonly documentName: string
  readonly documentDescription?: string
  readonly signatures: readonly {
    /** Ends with `.sig`. */
    readonly name: string
    readonly description?: string
    readonly bytes: Uint8Array
  }[]
}

/** A package that is ready to be uploaded: its octets are read from the documents each time anew. */
export type GoskeyPackage = WrittenZip & {
  /** Names in the archive, in its order. */
  readonly names: readonly string[]
  /** Octets from `start` up to `end`, which is not included: the source that the gateway uploads. */
  readonly slice: (start: number, end: number) => AsyncIterable<Uint8Array>
}

/** The octets of a file as a signer wants them; each chunk is measured before it is given. */
function metered(file: PackageDocument, update: (chunk: Uint8Array) => void): OctetStream {
  const read = async function* (options: ReadOptions) {
    for await (const chunk of file.open(undefined, options)) {
      update(chunk)
      yield chunk
    }
  }

  return {
    [Symbol.asyncIterator]: () => read({ isFleeting: false }),
    fleeting: () => read({ isFleeting: true }),
  }
}

async function measure(file: PackageDocument): Promise<Measure> {
  const meter = createMeter()
  for await (const chunk of file.open(undefined, { isFleeting: true })) {
    meter.update(chunk)
  }

  return meter.measure()
}

/** Signs a file and measures it in the same reading; a signer that reads nothing costs another. */
async function signAndMeasure(
  file: PackageDocument,
  sign: SignFile,
): Promise<{ readonly signature: Uint8Array; readonly measure: Measure }> {
  const meter = createMeter()
  const { name, size } = file
  const signature = await sign({ name, size, content: metered(file, meter.update) })
  const passed = meter.measure()
  const found = passed.size === size ? passed : await measure(file)
  if (found.size !== size) {
    throw new EpguError({
      code: 'goskey.source-changed',
      message: 'A document has another size than was said.',
      advice: 'Build the package again from files that nobody changes meanwhile.',
      data: { file: name },
    })
  }

  return { signature, measure: found }
}

const bytesSource = (path: string, bytes: Uint8Array): RangedZipSource => ({
  path,
  ...measureBytes(bytes),
  open: documentOf(path, bytes).open,
})

/**
 * Signs every file and lays the archive out: each file, its `NAME.EXT.sig` right behind it, in the
 * order given. No rule is checked: for services other than Goskey, which have rules of their own.
 * @throws EpguError `goskey.source-changed`; whatever `sign` throws
 */
export async function packSigned(
  files: readonly PackageDocument[],
  {
    sign,
    more = [],
  }: {
    readonly sign: SignFile
    /** Files that are packed without a signature beside them, signatures of others say. */
    readonly more?: readonly PackageDocument[]
  },
): Promise<GoskeyPackage> {
  const sources: RangedZipSource[] = []
  for (const file of files) {
    const sealed = await signAndMeasure(file, sign)
    sources.push(
      { path: file.name, ...sealed.measure, open: file.open },
      bytesSource(`${file.name}${signatureExtension}`, sealed.signature),
    )
  }
  for (const file of more) {
    sources.push({ path: file.name, ...(await measure(file)), open: file.open })
  }

  const zip = layOutZip(sources)

  return {
    ...zip,
    names: sources.map(({ path }) => path),
    slice: (start, end) => zip.open({ start, end }),
  }
}

const configOf = ({
  documentName,
  documentDescription,
  signatures,
}: MoreSignatures): SignConfig => ({
  documentName,
  ...(documentDescription === undefined ? {} : { documentDescription }),
  signatures: [
    { name: `${documentName}${signatureExtension}` },
    ...signatures.map(({ name, description }) => ({
      name,
      ...(description === undefined ? {} : { description }),
    })),
  ],
})

/**
 * Builds a package for Goskey: `req.xml`, the documents, `NAME.EXT.sig` beside every file, flat, stored,
 * with nothing of time or place in it. The same documents, request and signatures give the same octets.
 * Each document is read once to be signed and once to be sent; no more than two chunks are in memory.
 *
 * Content is not looked at: that is `preflight`.
 *
 * @param options.sealedAt now: the end of the signing time is checked against it
 * @throws EpguError `goskey.rules-broken`, `goskey.source-changed`; whatever `sign` throws
 *
 * @example
 * const zip = await buildPackage({
 *   request, documents, sealedAt: new Date(),
 *   sign: ({ content }) =>
 *     createSignedData({ content, form: 'detached', signers: [{ key, certificate, signingTime }] }),
 * })
 * zip.size                                   // bytes, for the plan of chunks
 * for await (const piece of zip.slice(0, 5_000_000)) { … }
 */
export async function buildPackage({
  request,
  documents,
  sealedAt,
  sign,
  breadth = 'safe',
  moreSignatures,
}: {
  readonly request: GoskeyRequest
  readonly documents: readonly PackageDocument[]
  readonly sealedAt: Date
  readonly sign: SignFile
  readonly breadth?: Breadth
  readonly moreSignatures?: MoreSignatures
}): Promise<GoskeyPackage> {
  const documentNames = documents.map(({ name }) => name)
  const violations = [
    ...checkDocuments(documents, documentLimits(request.service, request.profile, breadth)),
    ...checkMoreSignatures(moreSignatures, documentNames),
  ]
  if (violations.length > 0) {
    throw rulesBroken(violations)
  }
  const requestXml = documentOf(
    requestFileName,
    buildRequestXml(request, { documentNames, sealedAt }),
  )
  const config =
    moreSignatures === undefined
      ? []
      : [documentOf(signConfigFileName, buildSignConfigXml(configOf(moreSignatures)))]

  return packSigned([requestXml, ...documents, ...config], {
    sign,
    more: (moreSignatures?.signatures ?? []).map(({ name, bytes }) => documentOf(name, bytes)),
  })
}

function checkMoreSignatures(
  more: MoreSignatures | undefined,
  documentNames: readonly string[],
): Parameters<typeof rulesBroken>[0] {
  if (more === undefined) {
    return []
  }
  const taken = new Set(
    [requestFileName, signConfigFileName, ...documentNames].map((name) =>
      `${name}${signatureExtension}`.toLowerCase(),
    ),
  )
  const names = more.signatures.map(({ name }) => name.toLowerCase())

  return [
    ...(documentNames.includes(more.documentName)
      ? []
      : [{ rule: 'sign-config-file-missing', field: more.documentName } as const]),
    ...more.signatures.flatMap(({ name }, index) => [
      ...(/^[^/\\]+\.sig$/.test(name) ? [] : [{ rule: 'name-characters', field: name } as const]),
      ...(taken.has(name.toLowerCase()) || names.indexOf(name.toLowerCase()) !== index
        ? [{ rule: 'sign-config-duplicate', field: name } as const]
        : []),
    ]),
  ]
}
