/**
 * JSON read together with the place of every value in the text, so that a signed document can be put
 * in the place of the unsigned one and every other character stays as it was received
 * (kz-egov-mobile §5, "mutation"; §9 step 7).
 */
import { PhoneError, type PhonePlace } from './error.ts'

type Span = { readonly start: number; readonly end: number }

/** A member of an object, with the span of its quoted key. */
export type JsonMember = {
  readonly key: string
  readonly keySpan: Span
  readonly value: JsonNode
}

/** A JSON value; `start` and `end` are offsets in UTF-16 units of the text it was read from. */
export type JsonNode = Span &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'string'; readonly value: string }
    /** `source` keeps all digits: an id above 2^53 must not lose any. */
    | { readonly kind: 'number'; readonly source: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
  )

export type JsonObject = Extract<JsonNode, { kind: 'object' }>

/** Replace the text of `span` by `text`. */
export type JsonSplice = { readonly span: Span; readonly text: string }

const MAX_DEPTH = 32
const MAX_NODES = 200_000

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 §7 forbids exactly these in a string
const PLAIN_RUN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const SPACE = /[ \t\n\r]*/y

/**
 * Reads one JSON text (RFC 8259), refusing duplicate keys, more than 32 levels and more than 200 000 values.
 *
 * @throws {PhoneError} `json.malformed` with the offset, `json.duplicate-key`, `json.limit`
 */
export function readJsonText(text: string, place: PhonePlace): JsonNode {
  let at = 0
  let nodes = 0

  const fail = (code: 'json.malformed' | 'json.limit', what: string): PhoneError =>
    new PhoneError({
      code,
      message: `The JSON of ${place} cannot be read at offset ${at}: ${what}.`,
      advice: 'Answer one JSON object in UTF-8 without a byte order mark.',
      data: { place, offset: at },
    })
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length

    return found
  }
  const skip = (): void => {
    match(SPACE)
  }
  const take = (character: string): boolean => {
    if (text[at] !== character) return false
    at += 1

    return true
  }

  const readString = (): { value: string; start: number; end: number } => {
    const start = at
    if (!take('"')) throw fail('json.malformed', 'a string was expected')
    let hasEscapes = false
    match(PLAIN_RUN)
    while (!take('"')) {
      if (match(ESCAPE) === undefined) throw fail('json.malformed', 'a string is not closed')
      hasEscapes = true
      match(PLAIN_RUN)
    }
    const value = hasEscapes
      ? String(JSON.parse(text.slice(start, at)))
      : text.slice(start + 1, at - 1)

    return { value, start, end: at }
  }

  const readObject = (depth: number): JsonNode => {
    const start = at
    const members: JsonMember[] = []
    const keys = new Set<string>()
    at += 1
    skip()
    if (take('}')) return { kind: 'object', members, start, end: at }
    do {
      skip()
      const { value: key, ...keySpan } = readString()
      if (keys.has(key)) {
        throw new PhoneError({
          code: 'json.duplicate-key',
          message: `The JSON of ${place} names the key “${key.slice(0, 64)}” twice in one object.`,
          advice: 'Write each field once.',
          data: { place, field: key.slice(0, 64), offset: keySpan.start },
        })
      }
      keys.add(key)
      skip()
      if (!take(':')) throw fail('json.malformed', 'a colon was expected')
      members.push({ key, keySpan, value: readValue(depth + 1) })
      skip()
    } while (take(','))
    if (!take('}')) throw fail('json.malformed', 'a comma or a closing brace was expected')

    return { kind: 'object', members, start, end: at }
  }

  const readArray = (depth: number): JsonNode => {
    const start = at
    const items: JsonNode[] = []
    at += 1
    skip()
    if (take(']')) return { kind: 'array', items, start, end: at }
    do {
      items.push(readValue(depth + 1))
      skip()
    } while (take(','))
    if (!take(']')) throw fail('json.malformed', 'a comma or a closing bracket was expected')

    return { kind: 'array', items, start, end: at }
  }

  const readWord = (): JsonNode => {
    const start = at
    for (const [word, value] of [
      ['true', true],
      ['false', false],
    ] as const) {
      if (text.startsWith(word, at)) {
        at += word.length

        return { kind: 'boolean', value, start, end: at }
      }
    }
    if (text.startsWith('null', at)) {
      at += 4

      return { kind: 'null', start, end: at }
    }
    const source = match(NUMBER)
    if (source === undefined) throw fail('json.malformed', 'a value was expected')

    return { kind: 'number', source, start, end: at }
  }

  const readValue = (depth: number): JsonNode => {
    if (depth > MAX_DEPTH) throw fail('json.limit', `more than ${MAX_DEPTH} levels`)
    nodes += 1
    if (nodes > MAX_NODES) throw fail('json.limit', `more than ${MAX_NODES} values`)
    skip()
    if (text[at] === '{') return readObject(depth)
    if (text[at] === '[') return readArray(depth)
    if (text[at] === '"') return { kind: 'string', ...readString() }

    return readWord()
  }

  const value = readValue(1)
  skip()
  if (at !== text.length) throw fail('json.malformed', 'text after the value')

  return value
}

/** The value of `key`, matched in exactly this case; `undefined` when the object has no such key. */
export function memberOf(object: JsonObject, key: string): JsonNode | undefined {
  return object.members.find((member) => member.key === key)?.value
}

/** Every key of the tree, outermost first. */
export function membersOf(node: JsonNode): readonly JsonMember[] {
  if (node.kind === 'array') return node.items.flatMap(membersOf)
  if (node.kind !== 'object') return []

  return node.members.flatMap((member) => [member, ...membersOf(member.value)])
}

/** Applies splices that do not overlap; everything outside them stays character for character. */
export function spliceText(text: string, splices: readonly JsonSplice[]): string {
  const parts: string[] = []
  let at = 0
  for (const { span, text: replacement } of [...splices].sort(
    (a, b) => a.span.start - b.span.start,
  )) {
    parts.push(text.slice(at, span.start), replacement)
    at = span.end
  }
  parts.push(text.slice(at))

  return parts.join('')
}
