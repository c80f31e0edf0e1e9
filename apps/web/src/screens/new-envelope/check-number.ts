import {
  checkIdentifier,
  maskEmail,
  maskPhone,
  parseEmail,
  parsePhone,
  type IdentifierKind as Rule,
} from '@muhr/identifiers'
import {
  type ContactKind,
  contactKinds,
  type IdentifierKind,
  type RecipientKind,
} from '../../api/types.ts'

export type NumberCheck =
  | { readonly level: 'ok' | 'warning'; readonly value: string; readonly reason?: 'check-digit' }
  | {
      readonly level: 'refusal'
      readonly reason: 'empty' | 'not-digits' | 'length' | 'zeros' | 'check-digit' | ContactKind
    }

const rules: Readonly<Record<IdentifierKind, Rule>> = {
  snils: 'snils',
  inn: 'ru-inn',
  ogrn: 'ogrn',
  esiaOid: 'esia-oid',
  rafp: 'rafp',
  iin: 'iin',
  bin: 'bin',
  pinfl: 'pinfl',
  uzInn: 'uz-inn',
}

/** How many digits a number has, for the hint inside its field. */
export const numberLengths: Readonly<Record<IdentifierKind, readonly number[]>> = {
  snils: [11],
  inn: [10, 12],
  ogrn: [13, 15],
  esiaOid: [10],
  rafp: [11],
  iin: [12],
  bin: [12],
  pinfl: [14],
  uzInn: [9],
}

/** Groups in which a number is shown while it is typed (ui.md §9). */
const groups: Readonly<Record<IdentifierKind, readonly number[]>> = {
  snils: [3, 3, 3, 2],
  inn: [4, 6, 2],
  ogrn: [1, 2, 2, 8],
  esiaOid: [10],
  rafp: [11],
  iin: [6, 6],
  bin: [6, 6],
  pinfl: [7, 7],
  uzInn: [3, 3, 3],
}

export function isContact(kind: RecipientKind): kind is ContactKind {
  return contactKinds.some((each) => each === kind)
}

const parsers = { phone: parsePhone, email: parseEmail } as const
const masks = { phone: maskPhone, email: maskEmail } as Readonly<
  Record<ContactKind, (value: string) => string>
>

/** Whether as many digits stand in a field as its number has; a contact has no such moment. */
export function isWhole(kind: RecipientKind, text: string): boolean {
  return !isContact(kind) && numberLengths[kind].includes(text.replace(/\D/g, '').length)
}

/** Judges typed text: a wrong check digit is a warning for IIN and BIN, a refusal for the rest. */
export function checkNumber(kind: RecipientKind, text: string): NumberCheck {
  if (isContact(kind)) {
    const parsed = parsers[kind](text)

    if (parsed.ok) return { level: 'ok', value: parsed.value }

    return { level: 'refusal', reason: parsed.reason === 'empty' ? 'empty' : kind }
  }

  const digits = text.replace(/\D/g, '')
  const rule = kind === 'ogrn' && digits.length === 15 ? 'ogrnip' : rules[kind]

  return checkIdentifier(rule, text)
}

/**
 * Typed or pasted text as the field shows it: digits alone, in groups. Text with letters is left as
 * it is, so that the person sees what was pasted.
 */
export function groupNumber(kind: RecipientKind, text: string): string {
  if (isContact(kind) || /\p{L}/u.test(text)) return text

  const digits = text.replace(/\D/g, '')
  const parts: string[] = []
  let rest = digits

  for (const size of groups[kind]) {
    if (rest !== '') parts.push(rest.slice(0, size))

    rest = rest.slice(size)
  }

  return joinGroups(kind, [...parts, ...(rest === '' ? [] : [rest])])
}

/** A SNILS is written `000-729-729 38`: services that read it take no other form. */
function joinGroups(kind: IdentifierKind, parts: readonly string[]): string {
  return kind === 'snils'
    ? [parts.slice(0, 3).join('-'), ...parts.slice(3)].join(' ')
    : parts.join(' ')
}

/** Digits with all but the last hidden: five of a SNILS, four of the rest (ui.md §9). */
export function maskNumber(kind: IdentifierKind, digits: string): string {
  const shown = kind === 'snils' ? 5 : 4

  const masked = '·'.repeat(Math.max(0, digits.length - shown)) + digits.slice(-shown)

  return kind === 'snils' ? masked.replace(/^(...)(...)(...)(..)$/, '$1-$2-$3 $4') : masked
}

/** What was typed as a list shows it, nearly all hidden; nothing while too little stands there. */
export function maskTyped(kind: RecipientKind, text: string): string | undefined {
  if (isContact(kind)) {
    const parsed = parsers[kind](text)

    return parsed.ok ? masks[kind](parsed.value) : undefined
  }

  const digits = text.replace(/\D/g, '')

  return digits.length < 5 ? undefined : maskNumber(kind, digits)
}
