import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { MuhrError } from '@muhr/identifiers'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Queryable } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { isMisnamed, mediaTypeOfName, sniffMediaType } from './media-type.ts'

const headBytes = 16

export type ReceivedDocument = {
  readonly id: string
  readonly sha256: string
  readonly size: number
  readonly mediaType: string
  readonly fileName: string
}

export type DocumentUpload = {
  readonly body: Readable
  readonly fileName: string
  readonly mediaType: string | undefined
  readonly claimedSha256: string | undefined
  /** From the request; NaN when the client streams without saying. */
  readonly contentLength: number
}

/**
 * Takes a document in while it flows: hashed, size-limited and stored in one pass. Refused are empty
 * files, files over the limit, names that are not plain names, and bytes that contradict their type,
 * their name or their announced digest; of a refused one nothing is stored, since every refusal is said
 * before the store has its last byte.
 * @throws Problem `document.empty`, `document.digest`, `document.name`, `document.media-type`,
 *   `request.too-large`, `request.aborted`
 */
export async function receiveDocument(
  app: AppContext,
  upload: DocumentUpload,
): Promise<ReceivedDocument> {
  const limit = app.config.maxEnvelopeBytes
  const fileName = upload.fileName.normalize('NFC')
  requirePlainName(fileName)
  if (upload.contentLength > limit) {
    throw tooLarge(limit)
  }
  const checked = { mediaType: 'application/octet-stream' }
  const stored = await app.store
    .put(checkedChunks(upload, fileName, checked), { maxBytes: limit })
    .catch((error: unknown) => {
      if (error instanceof MuhrError && error.code === 'store.too-large') {
        throw tooLarge(limit)
      }
      throw error
    })

  return {
    id: app.ids.next('document'),
    sha256: stored.sha256,
    size: stored.size,
    mediaType: checked.mediaType,
    fileName,
  }
}

/** Writes the row of a document whose bytes are in the store. */
export async function insertDocument(
  db: Queryable,
  caller: Caller,
  document: ReceivedDocument,
): Promise<void> {
  await db
    .insertInto('documents')
    .values({
      id: document.id,
      organisation_id: caller.organisationId,
      sha256: document.sha256,
      size: document.size,
      media_type: document.mediaType,
      file_name: document.fileName,
    })
    .execute()
}

/** SHA-256 (hex) of what a body brings; nothing is kept. */
export async function digestOfBody(body: Readable, limit: number): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of chunksOf(body)) {
    size += chunk.byteLength
    if (size > limit) {
      throw tooLarge(limit)
    }
    hash.update(chunk)
  }

  return hash.digest('hex')
}

/** Lets the bytes pass, and refuses them as soon as enough is known. */
async function* checkedChunks(
  { body, mediaType, claimedSha256 }: DocumentUpload,
  fileName: string,
  checked: { mediaType: string },
): AsyncGenerator<Uint8Array> {
  const hash = claimedSha256 === undefined ? undefined : createHash('sha256')
  let head = Buffer.alloc(0)
  let isDecided = false
  const decide = (): void => {
    checked.mediaType = decideMediaType(mediaType, fileName, head)
    isDecided = true
  }
  for await (const chunk of chunksOf(body)) {
    hash?.update(chunk)
    if (!isDecided) {
      head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
      if (head.length === headBytes) {
        decide()
      }
    }
    yield chunk
  }
  if (head.length === 0) {
    throw new Problem('document.empty', 'The file has no bytes.', { field: 'body' })
  }
  if (!isDecided) {
    decide()
  }
  if (hash !== undefined && claimedSha256?.toLowerCase() !== hash.digest('hex')) {
    throw new Problem(
      'document.digest',
      'The bytes that arrived are not the bytes that were sent.',
      { field: 'x-muhr-sha256' },
    )
  }
}

/**
 * The chunks of a body. The socket is left open when the reading stops early, so that the client can be
 * told why; a client that went away is a refusal of its own kind, and no failure of ours.
 */
async function* chunksOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      yield chunk as Buffer
    }
  } catch (error) {
    if (body.destroyed) {
      throw new Problem('request.aborted', 'The body ended before it was whole.', { cause: error })
    }
    throw error
  }
}

function tooLarge(limit: number): Problem {
  return new Problem('request.too-large', `The document is larger than ${limit} bytes.`, {
    field: 'body',
    limit,
  })
}

function requirePlainName(fileName: string): void {
  const bytes = Buffer.byteLength(fileName, 'utf8')
  const isFolder = /[/\\]/.test(fileName) || fileName === '.' || fileName === '..'
  const isPlain = fileName.trim() !== '' && !/[\p{Cc}\p{Bidi_Control}]/u.test(fileName)
  if (bytes > 255 || isFolder || !isPlain || !fileName.isWellFormed()) {
    throw new Problem('document.name', 'The file name is not a plain name.', { field: 'fileName' })
  }
}

function decideMediaType(declared: string | undefined, fileName: string, head: Uint8Array): string {
  const given = declared?.split(';')[0]?.trim().toLowerCase()
  const ofName = mediaTypeOfName(fileName)
  if (ofName !== undefined && isMisnamed(ofName, head)) {
    throw new Problem('document.media-type', 'The bytes are not what the file name says.', {
      field: 'fileName',
      advice: 'Give the file the name ending of what it is, or choose the file that was meant.',
    })
  }
  const mediaType =
    given === undefined || given === '' || given === 'application/octet-stream'
      ? (ofName ?? sniffMediaType(head) ?? 'application/octet-stream')
      : given
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(mediaType) || isMisnamed(mediaType, head)) {
    throw new Problem(
      'document.media-type',
      'The bytes are not of the type that the file claims.',
      { field: 'mediaType' },
    )
  }

  return mediaType
}
