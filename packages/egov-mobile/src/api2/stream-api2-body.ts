import { base64Length, encodeBase64Stream } from '../codec/encode-base64-stream.ts'
import { EgovMobileError } from '../error.ts'
import type { Session, SessionDocument } from '../session/session.ts'
import { api2Version } from './api2-body.ts'

const utf8 = new TextEncoder()

/** The body of the API #2 GET: its exact length, and its bytes when they are asked for. */
export type Api2Stream = {
  readonly contentLength: number
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * The JSON that the app gets from API #2, in the field order of the seed's examples (section 5),
 * with each document as base64 in `document.file.data`. Documents are read one after another and
 * encoded piece by piece, so that memory holds one document at most (and a piece of it, when its
 * `data` streams).
 *
 * Iterating throws EgovMobileError `egov-mobile.document-size-mismatch` when a document has another
 * size than declared: the connection then breaks instead of showing other bytes.
 */
export function streamApi2Body(session: Session): Api2Stream {
  const frames = session.documents.map((document, index) => ({
    document,
    before: utf8.encode(`${index === 0 ? '' : ','}${openDocument(document)}`),
  }))
  const head = utf8.encode(
    `{"signMethod":${JSON.stringify(session.signMethod)},"version":${api2Version},"documentsToSign":[`,
  )
  const closeDocument = utf8.encode('"}}}')
  const tail = utf8.encode(']}')

  const contentLength = frames.reduce(
    (total, { document, before }) =>
      total + before.length + base64Length(document.sizeBytes) + closeDocument.length,
    head.length + tail.length,
  )

  async function* body(): AsyncGenerator<Uint8Array> {
    yield head
    for (const { document, before } of frames) {
      yield before
      yield* encodeBase64Stream(readExactly(document))
      yield closeDocument
    }
    yield tail
  }

  return { contentLength, body: body() }
}

function openDocument({ id, names, meta, mime }: SessionDocument): string {
  const { nameRu, nameKz, nameEn } = names
  const pairs = meta.map(({ name, value }) => ({ name, value }))
  const opening = JSON.stringify({
    id,
    nameRu,
    nameKz,
    nameEn,
    ...(pairs.length > 0 ? { meta: pairs } : {}),
    document: { file: { mime, data: '' } },
  })

  return opening.slice(0, -'"}}}'.length)
}

/** The bytes of a document, checked to be as many as were declared. */
export async function* readExactly(document: SessionDocument): AsyncGenerator<Uint8Array> {
  const source = await document.data()
  let readBytes = 0

  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    readBytes += chunk.length
    if (readBytes > document.sizeBytes) break
    yield chunk
  }

  if (readBytes !== document.sizeBytes) {
    throw new EgovMobileError({
      code: 'egov-mobile.document-size-mismatch',
      message: 'A document of the session is not as long as was declared.',
      advice: 'Check the store that the document is read from; do not show it for signing.',
      data: { documentId: document.id, declaredBytes: document.sizeBytes, readBytes },
    })
  }
}
