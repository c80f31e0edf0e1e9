import { parseOgrn, parseOgrnip, parseRussianInn, parseSnils } from '@muhr/identifiers'
import { requestLimits } from './limits.ts'
import type { GoskeyRecipient, GoskeyRequest, RequestAttribute } from './request.ts'
import type { Violation } from './rules.ts'
import { type GoskeyService, goskeyServices, type RequestProfile } from './services.ts'

/** Attributes that the tables of the profiles call required. */
export const requiredAttributes: Readonly<Record<RequestProfile, readonly string[]>> =
  Object.freeze({
    '1.8': ['mnemonics', 'serviceName', 'orgName'],
    '1.9': ['orgName', 'orgINN'],
  })

// What XML 1.0 §2.2 cannot hold, halves of surrogate pairs included.
const forbiddenCharacter =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Schemas count characters, not UTF-16 units. */
const lengthOf = (text: string): number => [...text].length

function checkText(field: string, text: string): readonly Violation[] {
  return forbiddenCharacter.test(text) ? [{ rule: 'forbidden-character', field }] : []
}

function checkSnils(snils: string): readonly Violation[] {
  const field = 'Snils'
  if (!/^[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}$/.test(snils)) {
    return [{ rule: 'snils-form', field, limit: '000-000-000 00' }]
  }
  const parsed = parseSnils(snils)
  if (!parsed.ok) {
    return [{ rule: 'snils-form', field, limit: '000-000-000 00' }]
  }

  return parsed.checkDigit === 'invalid' ? [{ rule: 'snils-check-digit', field }] : []
}

function checkOid(oid: string): readonly Violation[] {
  const isRight = oid.length > 0 && lengthOf(oid) <= requestLimits.oid && !/\s/.test(oid)

  return isRight
    ? checkText('OID', oid)
    : [{ rule: 'oid-form', field: 'OID', limit: requestLimits.oid, actual: lengthOf(oid) }]
}

function checkOgrn(ogrn: string): readonly Violation[] {
  const field = 'OGRN'
  if (!/^(?:[0-9]{11}|[0-9]{13}|[0-9]{15})$/.test(ogrn)) {
    return [{ rule: 'ogrn-form', field, limit: '11, 13 or 15 digits' }]
  }
  if (ogrn.length === 11) {
    return []
  }
  const parsed = ogrn.length === 13 ? parseOgrn(ogrn) : parseOgrnip(ogrn)

  return parsed.ok && parsed.checkDigit !== 'invalid' ? [] : [{ rule: 'ogrn-check-digit', field }]
}

function checkInn(inn: string): readonly Violation[] {
  const field = 'INN_user'
  if (!/^[0-9]{12}$/.test(inn)) {
    return [{ rule: 'inn-form', field, limit: '12 digits' }]
  }
  const parsed = parseRussianInn(inn)

  return parsed.ok && parsed.checkDigit !== 'invalid' ? [] : [{ rule: 'inn-check-digit', field }]
}

function checkPerson(
  { snils, oid }: { readonly snils?: string; readonly oid?: string },
  profile: RequestProfile,
): readonly Violation[] {
  if (snils === undefined && oid === undefined) {
    return [{ rule: 'recipient-identifier-missing', field: 'Snils' }]
  }
  const isAmbiguous = profile === '1.9' && snils !== undefined && oid !== undefined

  return [
    ...(isAmbiguous
      ? [{ rule: 'recipient-identifier-ambiguous', field: 'Snils' } as const satisfies Violation]
      : []),
    ...(snils === undefined ? [] : checkSnils(snils)),
    ...(oid === undefined ? [] : checkOid(oid)),
  ]
}

function checkRecipient(recipient: GoskeyRecipient, profile: RequestProfile): readonly Violation[] {
  switch (recipient.kind) {
    case 'person':
      return checkPerson(recipient, profile)
    case 'russian-organisation':
      return [...checkPerson(recipient, profile), ...checkOgrn(recipient.ogrn)]
    case 'foreign-organisation':
      return [
        ...(/^[0-9]{11}$/.test(recipient.rafp)
          ? []
          : [{ rule: 'rafp-form', field: 'RAFP', limit: '11 digits' } as const]),
        ...checkInn(recipient.inn),
      ]
  }
}

function checkLength(
  rule: 'description-length' | 'backlink-length' | 'attribute-name-length',
  { field, text, limit }: { field: string; text: string; limit: number },
): readonly Violation[] {
  const actual = lengthOf(text)

  return actual > limit ? [{ rule, field, limit, actual }] : []
}

function checkExpiration(expiresAt: Date, sealedAt: Date): readonly Violation[] {
  const field = 'SignExpiration'
  const ahead = expiresAt.getTime() - sealedAt.getTime()
  if (Number.isNaN(ahead)) {
    return [{ rule: 'expiration-form', field }]
  }
  // What is written has whole seconds.
  if (ahead < 1000) {
    return [{ rule: 'expiration-past', field, limit: 0, actual: ahead }]
  }
  const limit = requestLimits.expirationMs

  return ahead > limit ? [{ rule: 'expiration-too-far', field, limit, actual: ahead }] : []
}

function checkAttribute({ name, value }: RequestAttribute): readonly Violation[] {
  if (name === '') {
    return [{ rule: 'attribute-name-missing', field: 'AttributeName' }]
  }

  return [
    ...checkLength('attribute-name-length', {
      field: name.slice(0, requestLimits.attributeName),
      text: name,
      limit: requestLimits.attributeName,
    }),
    ...(/[\t\r\n]/.test(value) ? [{ rule: 'attribute-value-form', field: name } as const] : []),
    ...checkText(name, name + value),
  ]
}

function checkAttributes(
  attributes: readonly RequestAttribute[],
  profile: RequestProfile,
): readonly Violation[] {
  const names = attributes.map(({ name }) => name)
  const limit = requestLimits.attributes
  const missing = requiredAttributes[profile].filter(
    (name) => !attributes.some((each) => each.name === name && each.value.trim() !== ''),
  )
  const doubled = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]

  return [
    ...(names.length > limit
      ? [{ rule: 'attribute-count', field: 'Attribute', limit, actual: names.length } as const]
      : []),
    ...attributes.flatMap(checkAttribute),
    ...missing.map((field) => ({ rule: 'attribute-missing', field }) as const),
    ...doubled.map((field) => ({ rule: 'attribute-duplicate', field }) as const),
  ]
}

function checkTexts({ description, backlink }: GoskeyRequest): readonly Violation[] {
  return [
    ...(description.trim() === ''
      ? [{ rule: 'description-missing', field: 'Description' } as const]
      : []),
    ...checkLength('description-length', {
      field: 'Description',
      text: description,
      limit: requestLimits.description,
    }),
    ...checkText('Description', description),
    ...(backlink === undefined
      ? []
      : [
          ...checkLength('backlink-length', {
            field: 'Backlink',
            text: backlink,
            limit: requestLimits.backlink,
          }),
          ...checkText('Backlink', backlink),
        ]),
  ]
}

/**
 * Everything in a request that Goskey would refuse, in the order of req.xml; nothing of documents.
 * Pure, for forms as well.
 * @param sealedAt when req.xml is, or is to be, built: the 24 hours count from here
 */
export function checkRequest(request: GoskeyRequest, sealedAt: Date): readonly Violation[] {
  const { service, profile, recipient } = request
  const { recipients, profiles }: GoskeyService = goskeyServices[service]

  return [
    ...(profiles.includes(profile)
      ? []
      : [{ rule: 'profile-not-offered', field: 'profile', limit: profiles.join(', ') } as const]),
    ...(recipients.includes(recipient.kind)
      ? checkRecipient(recipient, profile)
      : [{ rule: 'recipient-kind', field: 'recipient', limit: recipients.join(', ') } as const]),
    ...checkTexts(request),
    ...checkExpiration(request.expiresAt, sealedAt),
    ...checkAttributes(request.attributes, profile),
  ]
}
