import { extensionOf, type PackageDocument } from './documents.ts'
import type { Violation } from './rules.ts'

/** Readers of PDF find the mark in the first KiB. */
const headBytes = 1024

const startsWith = (octets: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((octet, index) => octets[index] === octet)

const latin1 = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')

const isPdf = (head: Uint8Array): boolean => latin1(head).includes('%PDF-')

/** TIFF 6.0 §2, and BigTIFF. */
const isTiff = (head: Uint8Array): boolean =>
  startsWith(head, 0x49, 0x49, 0x2a, 0) ||
  startsWith(head, 0x4d, 0x4d, 0, 0x2a) ||
  startsWith(head, 0x49, 0x49, 0x2b, 0) ||
  startsWith(head, 0x4d, 0x4d, 0, 0x2b)

const isJpeg = (head: Uint8Array): boolean => startsWith(head, 0xff, 0xd8, 0xff)

/** Begins as XML in UTF-8, UTF-16 or an 8-bit encoding; schemas of documents are not ours to check. */
const isXml = (head: Uint8Array): boolean =>
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[?!A-Za-z_:\x80-\xff]/.test(
    latin1(head).replaceAll('\0', ''),
  )

const isRight: Readonly<Record<string, (head: Uint8Array) => boolean>> = {
  pdf: isPdf,
  tif: isTiff,
  tiff: isTiff,
  jpg: isJpeg,
  jpeg: isJpeg,
  xml: isXml,
}

async function readHead(document: PackageDocument): Promise<Uint8Array> {
  const end = Math.min(document.size, headBytes)
  const chunks: Uint8Array[] = []
  for await (const chunk of document.open({ start: 0, end })) {
    chunks.push(chunk)
  }

  return Buffer.concat(chunks).subarray(0, end)
}

// Control characters but tab, line ends and form feed: no text has them, in either encoding.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const binaryOctet = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/

/** The one octet that windows-1251 leaves out. */
const undefinedIn1251 = 0x98

/** Is the text UTF-8, or else windows-1251? Both are read to their end. */
async function isText(document: PackageDocument): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let is1251 = true
  for await (const chunk of document.open()) {
    if (binaryOctet.test(latin1(chunk))) {
      return false
    }
    is1251 &&= !chunk.includes(undefinedIn1251)
    isUtf8 &&= decodes(decoder, chunk)
    if (!isUtf8 && !is1251) {
      return false
    }
  }

  return is1251 || (isUtf8 && decodes(decoder))
}

function decodes(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })

    return true
  } catch {
    return false
  }
}

async function checkOne(document: PackageDocument): Promise<readonly Violation[]> {
  const { name, size } = document
  const extension = extensionOf(name)
  if (size === 0) {
    return []
  }
  if (extension === 'txt') {
    return (await isText(document)) ? [] : [{ rule: 'text-encoding', field: name }]
  }
  const check = Object.hasOwn(isRight, extension) ? isRight[extension] : undefined

  return check === undefined || check(await readHead(document))
    ? []
    : [{ rule: 'type-content', field: name, limit: extension }]
}

/**
 * Documents whose content is not what their extension says. The heads of documents are read, of text
 * files all octets.
 */
export async function checkContent(
  documents: readonly PackageDocument[],
): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  for (const document of documents) {
    violations.push(...(await checkOne(document)))
  }

  return violations
}
