import type { AllowedMethod, NationalIdentifiers, Recipient } from '@muhr/envelope'
import { parseEmail, parsePhone } from '@muhr/identifiers'
import type { z } from 'zod'
import type { LoadedConnection } from '../connections/load-connection.ts'
import type { FieldProblem } from '../http/problems.ts'
import type { newRecipientSchema } from '../http/schemas/envelope-schemas.ts'
import {
  checkIdentifierField,
  type IdentifierField,
  identifierAdvice,
} from './identifier-fields.ts'
import type { KnownRecipient } from './known-identifiers.ts'

/** One recipient as wished, and where what is found about it goes. */
export type RecipientCheck = {
  readonly recipient: z.infer<typeof newRecipientSchema>
  readonly at: string
  /** Those of the earlier recipient that the wish names; undefined where there is none. */
  readonly known?: KnownRecipient | undefined
  /** Names of the installed providers. */
  readonly installed: readonly string[]
  readonly connections: readonly LoadedConnection[]
  readonly obstacles: FieldProblem[]
  readonly warnings: FieldProblem[]
}

/** Looks at name, identifiers and methods; what is wrong is named by its path in the wish. */
export function checkRecipient(check: RecipientCheck): Omit<Recipient, 'id'> {
  const { recipient, at, obstacles } = check
  if (recipient.name.trim() === '') {
    obstacles.push({
      field: `${at}.name`,
      code: 'recipient.name',
      advice: 'Give the name of the person or organisation.',
    })
  }
  const identifiers = checkIdentifiers(check)
  if (recipient.methods.length === 0) {
    obstacles.push({
      field: `${at}.methods`,
      code: 'recipient.method',
      advice: 'Choose a service and a method for this recipient.',
    })
  }
  const methods = recipient.methods.flatMap((_, index) => checkMethod(check, index))

  return {
    name: recipient.name.trim(),
    locale: recipient.locale,
    orderGroup: recipient.orderGroup,
    identifiers,
    ...checkContact(check),
    methods,
  }
}

const contactAdvice = {
  phone: 'Write the phone with its country code: +7 900 000-00-00.',
  email: 'Write one address: name@example.com.',
} as const

function checkContact(check: RecipientCheck): Pick<Recipient, 'contact'> {
  const { recipient, at, obstacles } = check
  const checked: { phone?: string; email?: string } = { ...contactAgain(check) }
  for (const [kind, parse] of [
    ['phone', parsePhone],
    ['email', parseEmail],
  ] as const) {
    const text = recipient.contact?.[kind]
    if (text === undefined || text.trim() === '') {
      continue
    }
    const parsed = parse(text)
    if (parsed.ok) {
      checked[kind] = parsed.value
    } else {
      obstacles.push({
        field: `${at}.contact.${kind}`,
        code: `contact.${parsed.reason}`,
        advice: contactAdvice[kind],
      })
    }
  }

  return Object.keys(checked).length === 0 ? {} : { contact: checked }
}

/** Contacts of the earlier recipient that the wish asks for; they were checked when they were given. */
function contactAgain({ recipient, known }: RecipientCheck): { phone?: string; email?: string } {
  return Object.fromEntries(
    (recipient.identifiersOf?.kinds ?? []).flatMap((kind) => {
      const value = kind === 'phone' || kind === 'email' ? known?.contact[kind] : undefined

      return value === undefined ? [] : [[kind, value]]
    }),
  )
}

/** Whether every service that is wished for knows people by phone or e-mail, and has one. */
function hasContactAlone(check: RecipientCheck): boolean {
  const { recipient, connections } = check
  const { phone = '', email = '' } = { ...contactAgain(check), ...recipient.contact }

  return (
    `${phone}${email}`.trim() !== '' &&
    recipient.methods.length > 0 &&
    recipient.methods.every(({ provider: wanted }) =>
      connections.some(({ provider }) => {
        const { id, contacts } = provider.describe()

        return id === wanted && contacts === true
      }),
    )
  )
}

function checkMethod(
  { recipient, at, connections, obstacles, installed }: RecipientCheck,
  index: number,
): readonly AllowedMethod[] {
  const wanted = recipient.methods[index]
  if (wanted === undefined) {
    return []
  }
  const refuse = (field: 'provider' | 'method' | 'connection', advice: string) => {
    obstacles.push({ field: `${at}.methods[${index}].${field}`, code: 'recipient.method', advice })

    return []
  }
  if (!installed.includes(wanted.provider)) {
    return refuse('provider', `Installed services are: ${installed.join(', ')}.`)
  }
  const own = connections.filter(
    ({ provider, isDisabled }) => !isDisabled && provider.describe().id === wanted.provider,
  )
  const connection = own.find(
    ({ id }) => wanted.connection === undefined || wanted.connection === id,
  )
  if (connection === undefined) {
    return wanted.connection === undefined
      ? refuse('provider', `No usable connection to ${wanted.provider}: add one in the settings.`)
      : refuse('connection', 'Name a usable connection to this service, or leave it out.')
  }
  const known = connection.provider.describe().methods.map((method) => method.method)
  if (!known.includes(wanted.method)) {
    return refuse('method', `${wanted.provider} signs by ${known.join(', ')}.`)
  }

  return [
    {
      provider: wanted.provider,
      method: wanted.method,
      connection: connection.id as AllowedMethod['connection'],
    },
  ]
}

function checkIdentifiers(check: RecipientCheck): NationalIdentifiers {
  const { recipient, at, known, connections, obstacles, warnings } = check
  // They were checked when they were given.
  const checked: { [kind: string]: string } = Object.fromEntries(
    (recipient.identifiersOf?.kinds ?? []).flatMap((kind) => {
      const value = kind === 'phone' || kind === 'email' ? undefined : known?.identifiers[kind]

      return value === undefined ? [] : [[kind, value]]
    }),
  )
  if (recipient.identifiersOf !== undefined && known === undefined) {
    obstacles.push({
      field: `${at}.identifiersOf`,
      code: 'recipient.unknown',
      advice: 'Name a recipient of an envelope of this organisation, or give the numbers.',
    })
  }
  const wantsWrittenSnils = recipient.methods.some(({ provider: wanted }) =>
    connections.some(({ provider }) => {
      const { id, writtenSnils } = provider.describe()

      return id === wanted && writtenSnils === true
    }),
  )
  for (const [kind, text] of Object.entries(recipient.identifiers)) {
    if (text === undefined || text.trim() === '') {
      continue
    }
    const field = `${at}.identifiers.${kind}`
    if (kind === 'snils' && wantsWrittenSnils && /^\d{11}$/.test(text.trim())) {
      obstacles.push({
        field,
        code: 'snils-form',
        advice: 'Write the SNILS as 000-000-000 00, and compare it with the paper.',
      })
      continue
    }
    const result = checkIdentifierField(kind as IdentifierField, text)
    if (result.level === 'refusal') {
      obstacles.push({
        field,
        code: `identifier.${result.reason}`,
        advice: identifierAdvice[result.reason],
      })
      continue
    }
    if (result.level === 'warning') {
      warnings.push({
        field,
        code: `identifier.${result.reason}`,
        advice: identifierAdvice[result.reason],
      })
    }
    checked[kind] = result.value
  }
  const isNoneGiven = Object.values(recipient.identifiers).every(
    (text) => text === undefined || text.trim() === '',
  )
  if (isNoneGiven && Object.keys(checked).length === 0 && !hasContactAlone(check)) {
    obstacles.push({
      field: `${at}.identifiers`,
      code: 'recipient.identifier',
      advice: 'Give the national number by which the signature will be known.',
    })
  }

  return checked
}
