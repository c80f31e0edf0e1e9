import { parseSnils } from '@muhr/identifiers'
import type { XmlFault } from '../../../api/workbench-types.ts'

/** The one right way to mend a fault, with the whole text as it then is. */
export type Fix = {
  readonly kind: 'snils' | 'date' | 'trim' | 'attribute' | 'amp' | 'expiry'
  /** What is written instead; empty where something is taken away. */
  readonly value: string
  readonly text: string
}

/** What no schema says and the service will, at its line. */
export type Hint = {
  readonly kind: 'expiry-far' | 'expiry-past' | 'snils-sum'
  /** From 1. */
  readonly line: number
  readonly fix: Fix | undefined
}

const dayMs = 24 * 3_600_000
const freshMs = 23 * 3_600_000
const moscowMs = 3 * 3_600_000

/** Offset of a place in a text, line and column from 1; undefined behind its end. */
function offsetOf(text: string, { line, column }: Pick<XmlFault, 'line' | 'column'>) {
  const lines = text.split('\n')
  const found = lines[line - 1]

  return found === undefined || column - 1 > found.length
    ? undefined
    : lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
}

type Leaf = { readonly from: number; readonly value: string }

/** The value of the element that begins at an offset and holds text alone. */
function leafAt(text: string, offset: number): Leaf | undefined {
  const [whole, , value] =
    /^<([\w.:-]+)(?:\s[^<>]*)?>([^<]*)<\/\1\s*>/.exec(text.slice(offset)) ?? []

  return whole === undefined || value === undefined
    ? undefined
    : { from: offset + whole.indexOf('>') + 1, value }
}

const put = (text: string, { from, value }: Leaf, next: string): string =>
  text.slice(0, from) + next + text.slice(from + value.length)

/** A SNILS as the portal wants it; undefined unless there are eleven digits. */
function snilsForm(value: string): string | undefined {
  const digits = value.replace(/\D/g, '')

  return digits.length === 11 && /^[\d\s()-]*$/.test(value)
    ? digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4')
    : undefined
}

/** A day as XML Schema writes it, out of `dd.mm.yyyy`. */
function dateForm(value: string): string | undefined {
  const [, day, month, year] = /^\s*(\d{2})\.(\d{2})\.(\d{4})\s*$/.exec(value) ?? []
  const written = `${year}-${month}-${day}`

  return day !== undefined && new Date(`${written}T00:00:00Z`).toJSON()?.slice(0, 10) === written
    ? written
    : undefined
}

/** The fix of a fault, where there is exactly one that is right. */
export function fixOf(text: string, fault: XmlFault): Fix | undefined {
  if (fault.code === 'entity-syntax') return fixAmpersand(text, fault)

  const offset = offsetOf(text, fault)

  if (fault.kind !== 'schema' || offset === undefined) return undefined

  if (fault.code === 'attribute-not-allowed') return fixAttribute(text, offset, fault.attribute)

  const leaf = leafAt(text, offset)

  if (leaf === undefined || fault.attribute !== undefined) return undefined

  if (fault.element === 'Snils') {
    const value = snilsForm(leaf.value)

    if (value !== undefined && value !== leaf.value) {
      return { kind: 'snils', value, text: put(text, leaf, value) }
    }
  }

  if (fault.code === 'value-type') {
    const value = dateForm(leaf.value)

    if (value !== undefined) return { kind: 'date', value, text: put(text, leaf, value) }
  }

  const trimmed = leaf.value.trim()

  return trimmed !== leaf.value && trimmed !== ''
    ? { kind: 'trim', value: trimmed, text: put(text, leaf, trimmed) }
    : undefined
}

/** A bare `&`, the only one of its line. */
function fixAmpersand(text: string, { line }: XmlFault): Fix | undefined {
  const lines = text.split('\n')
  const found = lines[line - 1] ?? ''
  const bare = [...found.matchAll(/&(?!#?\w+;)/g)]
  const [first] = bare

  if (first === undefined || bare.length > 1) return undefined

  const mended = `${found.slice(0, first.index)}&amp;${found.slice(first.index + 1)}`

  return {
    kind: 'amp',
    value: '&amp;',
    text: lines.map((each, index) => (index === line - 1 ? mended : each)).join('\n'),
  }
}

function fixAttribute(text: string, offset: number, name: string | undefined): Fix | undefined {
  const tag = /^<[^>]*>/.exec(text.slice(offset))?.[0]

  if (tag === undefined || name === undefined) return undefined

  const own = [...tag.matchAll(/\s+([\w.:-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)].filter(
    ([, full = '']) => full === name || full.endsWith(`:${name}`),
  )
  const [only] = own

  return only === undefined || own.length > 1
    ? undefined
    : {
        kind: 'attribute',
        value: '',
        text: text.slice(0, offset + only.index) + text.slice(offset + only.index + only[0].length),
      }
}

/** A moment as requests to Госключ write it: of Moscow, to the second. */
const moscowTime = (ms: number): string =>
  `${new Date(ms + moscowMs).toISOString().slice(0, 19)}+03:00`

/** What Госключ will say to a request that its schema takes: a window that is over or too far, a wrong SNILS. */
export function hintsOf(text: string, now: Date): readonly Hint[] {
  if (!text.includes('urn://mpkey.gosuslugi.ru/')) return []

  const found = [...text.matchAll(/<(?:[\w-]+:)?(Snils|SignExpiration)>([^<]*)</g)]

  return found.flatMap((match): readonly Hint[] => {
    const [whole, name, value = ''] = match
    const line = text.slice(0, match.index).split('\n').length
    const leaf = { from: match.index + whole.indexOf('>') + 1, value }

    return name === 'Snils' ? snilsHint(value, line) : expiryHint(text, leaf, { line, now })
  })
}

function snilsHint(value: string, line: number): readonly Hint[] {
  const isForm = /^\d{3}-\d{3}-\d{3} \d{2}$/.test(value)

  const read = parseSnils(value)

  return isForm && read.ok && read.checkDigit === 'invalid'
    ? [{ kind: 'snils-sum', line, fix: undefined }]
    : []
}

function expiryHint(
  text: string,
  leaf: Leaf,
  { line, now }: { readonly line: number; readonly now: Date },
): readonly Hint[] {
  const at = Date.parse(leaf.value.trim())

  if (Number.isNaN(at) || (at > now.getTime() && at <= now.getTime() + dayMs)) return []

  const value = moscowTime(now.getTime() + freshMs)

  return [
    {
      kind: at > now.getTime() ? 'expiry-far' : 'expiry-past',
      line,
      fix: { kind: 'expiry', value, text: put(text, leaf, value) },
    },
  ]
}
