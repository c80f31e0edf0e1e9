/** One API-Key as a file of the partner cabinet gives it. */
export type ReadApiKey = {
  /** Line of the file, from 1. */
  readonly line: number
  /** UUID, letter for letter: its text is what is signed (ru-epgu-goskey §1). */
  readonly apiKey: string
  /** Whose it is; empty where the file does not say. */
  readonly name: string
  /** Days (YYYY-MM-DD) that stand in the line, the earliest first. */
  readonly dates: readonly string[]
}

/** A line that gives no API-Key. */
export type RefusedLine = {
  readonly line: number
  /**
   * `no-key`: there is no UUID in it. `several-keys`: more than one. `double`: an earlier line has this
   * UUID. `known`: the connection has it.
   */
  readonly reason: 'no-key' | 'several-keys' | 'double' | 'known'
  /** Of a double: the earlier line. */
  readonly sameAs?: number
}

/** What was understood of a file. */
export type ApiKeyFile = {
  readonly encoding: 'utf-8' | 'windows-1251'
  readonly separator: ';' | ',' | 'tab' | 'none'
  /** Column heads, where the first line has them. */
  readonly header: readonly string[] | null
  readonly keys: readonly ReadApiKey[]
  readonly refused: readonly RefusedLine[]
}

const uuid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i
const separators = [';', ',', '\t'] as const

type Record = { readonly line: number; readonly cells: readonly string[] }

/**
 * Reads the API-Keys out of a CSV file. The format of the cabinet is not published, so nothing is taken
 * for granted: UTF-8 with or without a byte order mark, UTF-16 with one, or windows-1251; `;`, `,` or a
 * tab, quoted as RFC 4180 says; with heads or without. Columns are known by what is in them: a UUID is the
 * key, a day a date, and the name the text with the most letters.
 *
 * @param known UUIDs that the connection has, in lower case
 */
export function readApiKeyFile(
  bytes: Uint8Array,
  known: ReadonlySet<string> = new Set(),
): ApiKeyFile {
  const { text, encoding } = decode(bytes)
  const separator = separatorOf(text)
  const records = readRecords(text, separator)
  const [first] = records
  const header = first !== undefined && isHeader(first, records) ? first.cells : null
  const keys: ReadApiKey[] = []
  const refused: RefusedLine[] = []
  const lines = new Map<string, number>()
  for (const record of header === null ? records : records.slice(1)) {
    const found = distinct(record.cells.flatMap((cell) => uuidIn(cell) ?? []))
    const [apiKey] = found
    const { line } = record
    if (apiKey === undefined) {
      refused.push({ line, reason: 'no-key' })
      continue
    }
    const sameAs = lines.get(apiKey.toLowerCase())
    if (found.length > 1) {
      refused.push({ line, reason: 'several-keys' })
    } else if (sameAs !== undefined) {
      refused.push({ line, reason: 'double', sameAs })
    } else if (known.has(apiKey.toLowerCase())) {
      refused.push({ line, reason: 'known' })
    } else {
      keys.push({ line, apiKey, name: nameOf(record, header), dates: datesOf(record) })
    }
    if (found.length === 1 && sameAs === undefined) {
      lines.set(apiKey.toLowerCase(), line)
    }
  }

  return {
    encoding,
    separator: separator === '\t' ? 'tab' : (separator ?? 'none'),
    header,
    keys,
    refused,
  }
}

function decode(bytes: Uint8Array): {
  readonly text: string
  readonly encoding: ApiKeyFile['encoding']
} {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const name = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'

    return { text: new TextDecoder(name).decode(bytes), encoding: 'utf-8' }
  }
  try {
    // A byte order mark is taken away by the decoder.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('windows-1251').decode(bytes), encoding: 'windows-1251' }
  }
}

/** The separator that most lines have; `sep=;` of a spreadsheet decides. */
function separatorOf(text: string): (typeof separators)[number] | undefined {
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1]
  const stated = separators.find((separator) => separator === said)
  if (stated !== undefined) {
    return stated
  }
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
  const counts = separators.map((separator) => ({
    separator,
    count: lines.filter((line) => line.includes(separator)).length,
  }))
  const [best] = counts.sort((a, b) => b.count - a.count)

  return best === undefined || best.count === 0 ? undefined : best.separator
}

/** RFC 4180: a quoted cell may hold separators, line ends and doubled quotes. Empty lines are left out. */
function readRecords(text: string, separator: string | undefined): readonly Record[] {
  const records: Record[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let start = 1
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endRecord = () => {
    endCell()
    if (cells.some((each) => each !== '') && !/^sep=.?$/i.test(cells[0] ?? '')) {
      records.push({ line: start, cells })
    }
    cells = []
    start = line
  }
  const source = text.replace(/\r\n?/g, '\n')
  for (let index = 0; index < source.length; index += 1) {
    const sign = source.charAt(index)
    if (sign === '\n') line += 1
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (source.charAt(index + 1) === '"') {
        cell += '"'
        index += 1
      } else isQuoted = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (sign === separator) endCell()
    else if (sign === '\n') endRecord()
    else cell += sign
  }
  endRecord()

  return records
}

function uuidIn(cell: string): string | undefined {
  return uuid.exec(cell)?.[1]
}

/** Without those that are equal but for case. */
function distinct(texts: readonly string[]): readonly string[] {
  return [...new Map(texts.map((text) => [text.toLowerCase(), text])).values()]
}

/** The first line names the columns when it has words and no key, and a key follows. */
function isHeader(first: Record, records: readonly Record[]): boolean {
  return (
    first.cells.every((cell) => uuidIn(cell) === undefined && dayIn(cell) === undefined) &&
    first.cells.some((cell) => /\p{L}/u.test(cell)) &&
    records.slice(1).some(({ cells }) => cells.some((cell) => uuidIn(cell) !== undefined))
  )
}

const nameHead = /фио|ф\.\s*и\.\s*о|сотрудник|владелец|имя|наименование|name|owner|employee/i
const otherHead =
  /статус|status|систем|system|мнемоник|mnemonic|снилс|snils|инн|inn|огрн|ogrn|почт|mail/i

/** The cell under the head of a name, else the one with the most letters. */
function nameOf({ cells }: Record, header: readonly string[] | null): string {
  const texts = cells.map((cell, index) => ({
    cell,
    head: header?.[index] ?? '',
    letters: cell.match(/\p{L}/gu)?.length ?? 0,
  }))
  const usable = texts.filter(
    ({ cell, letters }) =>
      letters > 0 && uuidIn(cell) === undefined && dayIn(cell) === undefined && !cell.includes('@'),
  )
  const byHead = usable.find(({ head }) => nameHead.test(head) && !otherHead.test(head))
  const rest = usable.filter(({ head }) => !otherHead.test(head))
  const [longest] = [...rest].sort((a, b) => b.letters - a.letters)

  return (byHead ?? longest)?.cell.replace(/\s+/g, ' ').slice(0, 200) ?? ''
}

function datesOf({ cells }: Record): readonly string[] {
  return [...new Set(cells.flatMap((cell) => dayIn(cell) ?? []))].sort()
}

/** A day at the beginning of a cell, as YYYY-MM-DD: 2026-11-30…, 30.11.2026…, 30/11/2026…. */
function dayIn(cell: string): string | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(cell)
  const local = /^(\d\d)[./](\d\d)[./](\d{4})(?!\d)/.exec(cell)
  const day =
    iso !== null
      ? `${iso[1]}-${iso[2]}-${iso[3]}`
      : local !== null
        ? `${local[3]}-${local[2]}-${local[1]}`
        : undefined

  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day
}
