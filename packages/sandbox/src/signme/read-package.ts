import { refuse, type SignmeRefusal } from './error.ts'
import { type Fields, looksLikeMultipart, readForm, readMultipartFields } from './form.ts'
import type { Switches } from './switches.ts'

/** The JSON package of a call. */
export type Package = Readonly<Record<string, unknown>>

export type PackageSpec = {
  /** The form field that holds it: `rfile`, `mfile` or `jsonrequest`. */
  readonly field: string
  /** Other fields that serve as well, where the seed names none. */
  readonly otherFields?: readonly string[]
  /** Keys that are known, by the seed. */
  readonly keys: readonly string[]
  /** Number of `wrong json`, which differs by endpoint. */
  readonly wrongJson: number
}

/** Fields that hold a package somewhere. */
const PACKAGE_FIELDS = ['rfile', 'mfile', 'jsonrequest']

/**
 * Reads the JSON package of a POST (seed 1, ru-signme §2.1): the value of one urlencoded field. With the
 * switches also JSON as the body itself, whatever its type; a field whose JSON was not encoded; multipart; plain
 * fields in place of a package.
 *
 * @throws {SignmeRefusal} `wrong json`
 */
export function readPackage(
  bytes: Uint8Array,
  {
    contentType,
    spec,
    switches,
  }: {
    readonly contentType: string
    readonly spec: PackageSpec
    readonly switches: Switches
  },
): Package {
  const wrong = (): SignmeRefusal => refuse(spec.wrongJson, 'wrong json')
  const found = findPackage(bytes, { contentType, spec, switches })
  if (found === undefined) throw wrong()
  const known = new Set(spec.keys)
  const entries = Object.entries(found)
  if (switches.unknownKeys) {
    return Object.fromEntries(
      entries.filter(([key, value]) => known.has(key) && value !== null && value !== undefined),
    )
  }
  if (entries.some(([key, value]) => !known.has(key) || value === null)) throw wrong()

  return found
}

function findPackage(
  bytes: Uint8Array,
  {
    contentType,
    spec,
    switches,
  }: {
    readonly contentType: string
    readonly spec: PackageSpec
    readonly switches: Switches
  },
): Package | undefined {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '')
  if (switches.rawJson) {
    const body = objectOf(text) ?? objectOf(afterFieldName(text))
    if (body !== undefined) return body
  }
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(contentType)
  const isMultipart = switches.multipart && looksLikeMultipart(bytes)
  if (!isForm && !isMultipart && !switches.rawJson) return undefined
  const fields = isMultipart ? readMultipartFields(bytes) : readForm(text)
  const others = switches.rawJson ? PACKAGE_FIELDS : (spec.otherFields ?? [])
  const value = [spec.field, ...others]
    .map((name) => fields.get(name))
    .find((each) => each !== undefined)
  if (value !== undefined) return objectOf(value)

  if (!switches.plainFields) return undefined
  const plain = packageOf(fields)

  return spec.keys.some((key) => key in plain) ? plain : undefined
}

/** What follows `rfile=` when nothing of it was encoded, so that a `+` is still one. */
const afterFieldName = (text: string): string =>
  /^\s*(?:rfile|mfile|jsonrequest)=\s*(\{.*)$/s.exec(text)?.[1] ?? ''

function objectOf(text: string): Package | undefined {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)

    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined
  } catch {
    return undefined
  }
}

/** Plain fields as a package; `files[0][filet]`, as PHP's http_build_query writes lists, as a list. */
function packageOf(fields: Fields): Package {
  const files: Record<string, string>[] = []
  const plain: Record<string, unknown> = {}
  for (const [name, value] of fields) {
    const [, index, key] = /^files\[(\d{1,3})\]\[(\w+)\]$/.exec(name) ?? []
    if (index === undefined || key === undefined) plain[name] = value
    else files[Number(index)] = { ...files[Number(index)], [key]: value }
  }

  return files.length === 0
    ? plain
    : { ...plain, files: files.filter((each) => each !== undefined) }
}

/** A text of a package; `undefined` when it is absent. Numbers count as their digits. */
export function textOf(found: Package, key: string): string | undefined {
  const value = found[key]
  if (typeof value === 'number') return String(value)

  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A flag: 1, as number or as text. */
export const flagOf = (found: Package, key: string): boolean =>
  found[key] === 1 || found[key] === '1' || found[key] === true

/** The access key, under either of its names where that is allowed. */
export const keyOf = (found: Package, { apiKeyAlias }: Switches): string =>
  textOf(found, 'key') ?? (apiKeyAlias ? textOf(found, 'api_key') : undefined) ?? ''

/**
 * Decodes base64 (RFC 4648 §4), padded. A blank is a `+` that was not encoded (T11): refused, or taken for one.
 * Line breaks stand where MIME encoders put them.
 *
 * @returns `undefined` when the text is no base64
 */
export function base64Of(text: string, { plusRepair }: Switches): Uint8Array | undefined {
  const repaired = plusRepair ? text.replaceAll(/[\r\n]/g, '').replaceAll(' ', '+') : text
  // No group that repeats: over some megabytes it would exhaust the stack of the expression.
  if (repaired.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(repaired.replace(/={1,2}$/, ''))) {
    return undefined
  }

  return new Uint8Array(Buffer.from(repaired, 'base64'))
}

/** Plain form fields (seed 1.5); with the switches also multipart and JSON. */
export function readFieldsOf(bytes: Uint8Array, switches: Switches): Fields {
  if (switches.multipart && looksLikeMultipart(bytes)) return readMultipartFields(bytes)
  const text = Buffer.from(bytes).toString('utf8')
  const found = switches.rawJson ? objectOf(text) : undefined
  if (found === undefined) return readForm(text)

  return new Map(
    Object.keys(found).flatMap((key) => {
      const value = textOf(found, key)

      return value === undefined ? [] : [[key, value] as const]
    }),
  )
}
