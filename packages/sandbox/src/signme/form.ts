/** Bodies of forms, in memory: urlencoded, and multipart where it is allowed. */

/** Fields in the order sent; of equal names the last one counts, as in PHP and Django. */
export type Fields = ReadonlyMap<string, string>

/**
 * Reads `application/x-www-form-urlencoded`; bytes that are no UTF-8 become U+FFFD. What is well formed is decoded by
 * `decodeURIComponent`: URLSearchParams takes ten seconds for a file of 50 MB.
 */
export function readForm(text: string): Fields {
  const pairs = text
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=')
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]

      return [decode(name), decode(value)]
    })

  return new Map(pairs)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).toWellFormed()
  } catch {
    return new URLSearchParams(`a=${text}`).get('a') ?? ''
  }
}

/** Does a body begin as a part of multipart does? Its type is not asked: clients send two of them. */
export const looksLikeMultipart = (bytes: Uint8Array): boolean =>
  /^--[^\r\n]{1,200}\r?\ncontent-/i.test(Buffer.from(bytes.subarray(0, 400)).toString('latin1'))

/**
 * Reads the text fields of `multipart/form-data` by the boundary of its first line. Names may stand without
 * quotes, as .NET writes them; the part's own type is ignored.
 */
export function readMultipartFields(bytes: Uint8Array): Fields {
  const text = Buffer.from(bytes).toString('latin1')
  const boundary = /^--[^\r\n]+/.exec(text)?.[0] ?? '--'
  const fields = new Map<string, string>()
  for (const part of text.split(new RegExp(`(?:^|\r?\n)${escapeRegExp(boundary)}`))) {
    const separator = /\r?\n\r?\n/.exec(part)
    if (separator === null) continue
    const head = part.slice(0, separator.index)
    const name = /;\s*name=(?:"([^"]*)"|([^\s;]+))/i.exec(head)
    const value = part.slice(separator.index + separator[0].length)
    if (name !== null) {
      fields.set(utf8(name[1] ?? name[2] ?? ''), utf8(value))
    }
  }

  return fields
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8')

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
