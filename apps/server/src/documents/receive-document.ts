import { type Readable, Transform } from 'node:stream'
import { MuhrError } from '@muhr/identifiers'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
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

/**
 * Takes a document in while it flows: hashed, size-limited and stored in one pass. Refused are empty
 * files, files over the limit, names that are not plain names, and bytes that contradict their type.
 * @throws Problem `document.empty`, `document.digest`, `document.name`, `document.media-type`,
 *   `request.too-large`
 */
export async function receiveDocument(
  app: AppContext,
  caller: Caller,
  input: {
    readonly body: Readable
    readonly fileName: string
    readonly mediaType: string | undefined
    readonly claimedSha256: string | undefined
    /** From the request; NaN when the client streams without saying. */
    readonly contentLength: number
  },
): Promise<ReceivedDocument> {
  const limit = app.config.maxEnvelopeBytes
  const fileName = input.fileName.normalize('NFC')
  requirePlainName(fileName)
  if (input.contentLength > limit) {
    input.body.resume()
    throw tooLarge(limit)
  }

  const head = keepHead(input.body)
  const stored = await app.store.put(head.stream, { maxBytes: limit }).catch((error: unknown) => {
    if (error instanceof MuhrError && error.code === 'store.too-large') {
      throw tooLarge(limit)
    }
    throw error
  })
  if (stored.size === 0) {
    throw new Problem('document.empty', 'The file has no bytes.', { field: 'body' })
  }
  if (input.claimedSha256 !== undefined && input.claimedSha256.toLowerCase() !== stored.sha256) {
    throw new Problem('document.digest', 'The bytes that arrived are not the bytes that were sent.')
  }
  const mediaType = decideMediaType(input.mediaType, fileName, head.bytes())
  const id = app.ids.next('document')
  await app.db
    .insertInto('documents')
    .values({
      id,
      organisation_id: caller.organisationId,
      sha256: stored.sha256,
      size: stored.size,
      media_type: mediaType,
      file_name: fileName,
    })
    .execute()

  return { id, sha256: stored.sha256, size: stored.size, mediaType, fileName }
}

function tooLarge(limit: number): Problem {
  return new Problem('request.too-large', `The document is larger than ${limit} bytes.`, {
    field: 'body',
    limit,
  })
}

function requirePlainName(fileName: string): void {
  const bytes = Buffer.byteLength(fileName, 'utf8')
  const folders = /[/\\]/.test(fileName) || fileName === '.' || fileName === '..'
  if (bytes === 0 || bytes > 255 || folders || /\p{Cc}/u.test(fileName)) {
    throw new Problem('document.name', 'The file name is not a plain name.', { field: 'fileName' })
  }
}

function decideMediaType(declared: string | undefined, fileName: string, head: Uint8Array): string {
  const named = declared?.split(';')[0]?.trim().toLowerCase()
  const mediaType =
    named === undefined || named === '' || named === 'application/octet-stream'
      ? (mediaTypeOfName(fileName) ?? sniffMediaType(head) ?? 'application/octet-stream')
      : named
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(mediaType) || isMisnamed(mediaType, head)) {
    throw new Problem(
      'document.media-type',
      'The bytes are not of the type that the file claims.',
      {
        field: 'mediaType',
      },
    )
  }

  return mediaType
}

/** Lets a stream pass and remembers its first bytes. */
function keepHead(source: Readable): {
  readonly stream: Readable
  readonly bytes: () => Uint8Array
} {
  let head = Buffer.alloc(0)
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (head.length < headBytes) {
        head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
      }
      done(null, chunk)
    },
  })
  source.on('error', (error) => tap.destroy(error))

  return { stream: source.pipe(tap), bytes: () => head }
}
