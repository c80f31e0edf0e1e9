import { type StreamedBody, streamBody } from '@muhr/http'
import { EpguError } from '../error.ts'

export type MultipartField = {
  readonly name: string
  readonly value: string
  readonly contentType?: string
}

export type MultipartFile = {
  readonly name: string
  readonly fileName: string
  readonly contentType: string
  readonly lengthBytes: number
  readonly content: () => AsyncIterable<Uint8Array>
}

/**
 * A multipart/form-data body (RFC 7578) of text fields and one file, read piece by piece while it is
 * sent. Its length is known before. `onPiece` sees every piece of the file and may throw to stop.
 *
 * Its stream fails with `epgu.source-changed` when the file gives more or fewer octets than it says.
 */
export function multipartBody({
  fields,
  file,
  random,
  onPiece,
}: {
  readonly fields: readonly MultipartField[]
  readonly file: MultipartFile
  /** 16 octets for the boundary: what the file holds must not be able to end its part. */
  readonly random: Uint8Array
  readonly onPiece?: ((lengthBytes: number) => void) | undefined
}): StreamedBody {
  const boundary = `muhr-${Array.from(random, (octet) => octet.toString(16).padStart(2, '0')).join('')}`
  const head = encode(
    fields.map((field) => writeField(boundary, field)).join('') + writeFileHead(boundary, file),
  )
  const tail = encode(`\r\n--${boundary}--\r\n`)

  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield head
    yield* exactly(file, onPiece)
    yield tail
  }

  return streamBody({
    pieces: pieces(),
    lengthBytes: head.length + file.lengthBytes + tail.length,
    contentType: `multipart/form-data; boundary=${boundary}`,
  })
}

async function* exactly(
  { lengthBytes, content }: MultipartFile,
  onPiece: ((lengthBytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let readBytes = 0
  for await (const piece of content()) {
    readBytes += piece.length
    if (readBytes > lengthBytes) throw sourceChanged(lengthBytes, readBytes)
    onPiece?.(piece.length)
    yield piece
  }
  if (readBytes < lengthBytes) throw sourceChanged(lengthBytes, readBytes)
}

function writeField(boundary: string, { name, value, contentType }: MultipartField): string {
  const type = contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`

  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n${type}\r\n${value}\r\n`
}

function writeFileHead(boundary: string, { name, fileName, contentType }: MultipartFile): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${contentType}\r\n\r\n`
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function sourceChanged(expectedBytes: number, readBytes: number): EpguError<'epgu.source-changed'> {
  return new EpguError({
    code: 'epgu.source-changed',
    message: `The package gave ${readBytes} octets where ${expectedBytes} were expected.`,
    advice: 'Leave the file alone while it is sent, and send it again.',
    data: { expectedBytes, readBytes },
  })
}
