import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { readDisposition } from './content-disposition.ts'

/** A part of a form: a short field as text, a file in the place given. */
export type FormPart = {
  readonly name: string
  readonly contentType: string | undefined
  readonly fileName: string | undefined
  /** Of a field. */
  readonly text: string
  /** Of a file, octets written. */
  readonly size: number
}

export type FormLimits = { readonly maxFileBytes: number; readonly maxFieldBytes: number }

/** Why a form cannot be read; the word goes into the answer. */
export class FormError extends Error {
  override readonly name = 'FormError'
}

const CRLF2 = Buffer.from('\r\n\r\n')
const MAX_HEADER_BYTES = 8 * 1024
const MAX_PARTS = 16
const MAX_PADDING = 100

const afterBoundary = (): FormError => new FormError('a boundary is followed by other octets')

/**
 * Reads multipart/form-data (RFC 7578) piece by piece: fields into memory, the one file to `filePath`, so
 * that 50 MB never stand in memory. Parts come in the order in which they were sent.
 *
 * @throws {FormError} for a form that is malformed, cut or beyond the limits
 */
export async function readMultipart(
  source: AsyncIterable<Uint8Array>,
  options: FormLimits & { readonly contentType: string; readonly filePath: string },
): Promise<readonly FormPart[]> {
  const boundary = /^multipart\/form-data\s*;.*\bboundary="?([^";]{1,200})"?/i.exec(
    options.contentType,
  )?.[1]
  if (boundary === undefined) throw new FormError('Content-Type is not multipart/form-data')
  const parts: FormPart[] = []
  const reader = new FormReader(source, Buffer.from(`\r\n--${boundary}`))
  await reader.skipPreamble()
  while (await reader.hasPart()) {
    if (parts.length === MAX_PARTS) throw new FormError('too many parts')
    parts.push(await readPart(reader, options, parts))
  }

  return parts
}

async function readPart(
  reader: FormReader,
  { filePath, maxFileBytes, maxFieldBytes }: FormLimits & { readonly filePath: string },
  earlier: readonly FormPart[],
): Promise<FormPart> {
  const headers = await reader.headers()
  const disposition = readDisposition(headers.get('content-disposition') ?? '')
  if (disposition === undefined) throw new FormError('a part has no name')
  const { name, fileName } = disposition
  const contentType = headers.get('content-type')
  // A part of FormData in browsers and Node has a file name as soon as it has a type of its own.
  if (name !== 'file') {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of reader.content()) {
      size += piece.length
      if (size > maxFieldBytes) throw new FormError(`the part ${name} is too large`)
      pieces.push(piece)
    }

    return { name, contentType, fileName, text: Buffer.concat(pieces).toString('utf8'), size }
  }
  if (earlier.some((part) => part.name === name))
    throw new FormError(`the part ${name} comes twice`)
  const size = await writeContent(reader, createWriteStream(filePath), maxFileBytes)

  return { name, contentType, fileName, text: '', size }
}

/** Octets beyond the limit are read and counted, but not kept: the refusal names the size. */
async function writeContent(
  reader: FormReader,
  file: WriteStream,
  maxBytes: number,
): Promise<number> {
  let size = 0
  try {
    for await (const piece of reader.content()) {
      size += piece.length
      if (size <= maxBytes && !file.write(piece)) await once(file, 'drain')
    }
  } finally {
    file.end()
    await finished(file)
  }

  return size
}

/** The octets of a form, between its boundaries. */
class FormReader {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #delimiter: Buffer
  // The first boundary has no line break before it.
  #buffer = Buffer.from('\r\n')

  constructor(source: AsyncIterable<Uint8Array>, delimiter: Buffer) {
    this.#source = source[Symbol.asyncIterator]()
    this.#delimiter = delimiter
  }

  async #fill(): Promise<void> {
    const { done, value } = await this.#source.next()
    if (done === true) throw new FormError('the body ends before its last boundary')
    this.#buffer =
      this.#buffer.length === 0 ? Buffer.from(value) : Buffer.concat([this.#buffer, value])
  }

  async skipPreamble(): Promise<void> {
    for await (const _piece of this.content()) {
      // Nothing before the first boundary counts (RFC 2046 §5.1.1).
    }
  }

  /** After a boundary: is another part to come? Blanks may stand before the line break (RFC 2046 §5.1.1). */
  async hasPart(): Promise<boolean> {
    while (this.#buffer.length < 2) await this.#fill()
    if (this.#buffer.toString('latin1', 0, 2) === '--') return false
    let end = this.#buffer.indexOf('\r\n')
    while (end < 0) {
      if (this.#buffer.length > MAX_PADDING) throw afterBoundary()
      await this.#fill()
      end = this.#buffer.indexOf('\r\n')
    }
    if (!/^[ \t]*$/.test(this.#buffer.toString('latin1', 0, end))) throw afterBoundary()
    this.#buffer = this.#buffer.subarray(end + 2)

    return true
  }

  async headers(): Promise<ReadonlyMap<string, string>> {
    let end = this.#buffer.indexOf(CRLF2)
    while (end < 0) {
      if (this.#buffer.length > MAX_HEADER_BYTES)
        throw new FormError('the header of a part is too long')
      await this.#fill()
      end = this.#buffer.indexOf(CRLF2)
    }
    // A line that begins with a blank goes on with the one before it (RFC 5322 §2.2.3).
    const lines = this.#buffer.toString('utf8', 0, end).split(/\r\n(?![ \t])/)
    this.#buffer = this.#buffer.subarray(end + CRLF2.length)

    return new Map(
      lines.map((line) => {
        const colon = line.indexOf(':')

        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
      }),
    )
  }

  /** Everything up to the next boundary, which is taken too. */
  async *content(): AsyncGenerator<Buffer> {
    for (;;) {
      const found = this.#buffer.indexOf(this.#delimiter)
      if (found >= 0) {
        if (found > 0) yield this.#buffer.subarray(0, found)
        this.#buffer = this.#buffer.subarray(found + this.#delimiter.length)

        return
      }
      // What may be the beginning of a boundary stays.
      const safe = this.#buffer.length - this.#delimiter.length + 1
      if (safe > 0) {
        yield this.#buffer.subarray(0, safe)
        this.#buffer = this.#buffer.subarray(safe)
      }
      await this.#fill()
    }
  }
}
