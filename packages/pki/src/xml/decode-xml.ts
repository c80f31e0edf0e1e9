import { PkiError } from '../error.ts'

const unsupported = (encoding: string): PkiError =>
  new PkiError({
    code: 'xml.unsupported-encoding',
    message: 'The document is in an encoding that is not read here.',
    data: { encoding },
  })

const startsWith = (bytes: Uint8Array, octets: readonly number[]): boolean =>
  octets.every((octet, index) => bytes[index] === octet)

/** Encodings of XML 1.0 §4.3.3 that are transcoded here, by the names that a declaration may give. */
const decodersByName: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['windows-1251', 'windows-1251'],
  ['cp1251', 'windows-1251'],
  ['iso-8859-1', 'iso-8859-1'],
])

const isUtf16Name = (name: string): boolean => /^utf-16(le|be)?$/.test(name)

const decodeWith = (bytes: Uint8Array, label: string): string => {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new PkiError({
      code: 'xml.bad-octets',
      message: 'The document holds octets that its encoding does not have.',
      data: { encoding: label },
      cause,
    })
  }
}

/** XMLDecl (XML 1.0 §2.8), which only the start of a document may hold. */
const declarationPattern =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([^"<&]*)"|'([^'<&]*)')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/

type Declaration = { readonly length: number; readonly encoding: string | undefined }

const readDeclaration = (text: string): Declaration => {
  if (!/^<\?xml[ \t\r\n]/.test(text)) {
    return { length: 0, encoding: undefined }
  }
  const match = declarationPattern.exec(text)
  if (match === null) {
    throw new PkiError({
      code: 'xml.not-well-formed',
      message: 'The XML declaration is malformed.',
    })
  }
  const version = match[1] ?? match[2]
  if (version !== '1.0') {
    // XML 1.1 has other line ends and name characters, and canonicalisation is defined for 1.0 alone.
    throw new PkiError({
      code: 'xml.unsupported-version',
      message: 'The document is not XML 1.0.',
    })
  }
  return { length: match[0].length, encoding: (match[3] ?? match[4])?.toLowerCase() }
}

/** A declaration is ASCII in every encoding that has no byte order mark and is read here. */
const declarationOctets = 256

const decodeUnmarked = (bytes: Uint8Array): string => {
  const head = bytes.subarray(0, declarationOctets)
  const { encoding = 'utf-8' } = readDeclaration(
    String.fromCharCode(...head).replace(/[^\0-\x7f]/g, '?'),
  )
  const label = head.subarray(0, 4).includes(0) ? undefined : decodersByName.get(encoding)
  if (label === undefined) {
    throw unsupported(encoding)
  }
  // Decoders of the web take ISO-8859-1 for windows-1252, which has other characters there.
  const isOutside = (octet: number): boolean =>
    encoding.endsWith('ascii')
      ? octet > 0x7f
      : encoding === 'iso-8859-1' && octet >= 0x80 && octet <= 0x9f
  if (bytes.some(isOutside)) {
    throw new PkiError({
      code: 'xml.bad-octets',
      message: 'The document holds octets that its encoding does not have.',
      data: { encoding },
    })
  }
  return decodeWith(bytes, label)
}

const decodeMarked = (
  bytes: Uint8Array,
  { label, mark, isName }: { label: string; mark: number; isName: (name: string) => boolean },
): string => {
  const text = decodeWith(bytes.subarray(mark), label)
  const { encoding } = readDeclaration(text)
  if (encoding !== undefined && !isName(encoding)) {
    throw unsupported(encoding)
  }
  return text
}

/** Characters that no XML 1.0 document holds (XML 1.0 §2.2 Char). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbiddenCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

const readText = (
  bytes: Uint8Array,
  { maxBytes }: { readonly maxBytes: number },
): { readonly declaration: string; readonly text: string } => {
  if (bytes.length > maxBytes) {
    throw new PkiError({
      code: 'xml.too-large',
      message: 'The document is larger than the limit.',
      data: { maxBytes },
    })
  }
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    throw unsupported('utf-32')
  }
  const isUtf8Name = (name: string): boolean => decodersByName.get(name) === 'utf-8'
  const whole = startsWith(bytes, [0xef, 0xbb, 0xbf])
    ? decodeMarked(bytes, { label: 'utf-8', mark: 3, isName: isUtf8Name })
    : startsWith(bytes, [0xff, 0xfe])
      ? decodeMarked(bytes, { label: 'utf-16le', mark: 2, isName: isUtf16Name })
      : startsWith(bytes, [0xfe, 0xff])
        ? decodeMarked(bytes, { label: 'utf-16be', mark: 2, isName: isUtf16Name })
        : decodeUnmarked(bytes)
  if (forbiddenCharacter.test(whole)) {
    throw new PkiError({
      code: 'xml.not-well-formed',
      message: 'The document holds a character that XML does not allow.',
    })
  }
  const { length } = readDeclaration(whole)
  return { declaration: whole.slice(0, length), text: whole.slice(length) }
}

/**
 * The text of an XML document, without byte order mark and XML declaration, so that a parser has
 * nothing to guess: UTF-8, UTF-16 with its mark (XML 1.0 §4.3.3), US-ASCII, windows-1251 and
 * ISO-8859-1. Every other encoding, a mark that the declaration contradicts and XML 1.1 are refused.
 *
 * Throws `xml.too-large`, `xml.unsupported-encoding`, `xml.unsupported-version`, `xml.bad-octets`,
 * `xml.not-well-formed`.
 */
export const decodeXml = (bytes: Uint8Array, limits: { readonly maxBytes: number }): string =>
  readText(bytes, limits).text

/** The XML declaration that {@link decodeXml} leaves out, empty where there is none. Throws the same. */
export const declarationOf = (bytes: Uint8Array, limits: { readonly maxBytes: number }): string =>
  readText(bytes, limits).declaration
