import { checkHost } from './check-host.ts'
import { PhoneError } from './error.ts'
import { type JsonNode, memberOf } from './json-text.ts'
import {
  at,
  checkCase,
  constantAt,
  type FieldPlace,
  objectAt,
  required,
  stringAt,
  textAt,
  wrongType,
  wrongValue,
} from './read-fields.ts'

/** Names of one thing in the three languages of the protocol. */
export type Names = { readonly ru: string; readonly kz: string; readonly en: string }

/** How API #2 is to be called (seed, `auth_type`). */
export type Auth =
  | { readonly type: 'None' }
  | { readonly type: 'Eds' }
  | { readonly type: 'Token'; readonly token: string }

/** What API #1 said. */
export type Api1 = {
  readonly description: string
  readonly expiresAt: Date
  readonly organisation: { readonly names: Names; readonly bin: string }
  readonly api2: URL
  /** `document.uri` as it was written: it is called byte for byte. */
  readonly api2Text: string
  readonly auth: Auth
}

const ROOT: FieldPlace = { place: 'api1', path: '' }

/**
 * Reads and checks the answer of API #1 (kz-egov-mobile §3; §9 step 3).
 *
 * @throws {PhoneError} `field.*` with the field's path, `request.expired`, `host.*` for `document.uri`
 */
export function readApi1(
  root: JsonNode,
  options: { now: Date; allowedHosts: readonly string[] },
): Api1 {
  const body = objectAt(root, ROOT)
  checkCase(body, ROOT, ['description', 'expiry_date', 'organisation', 'document'])
  const description = textAt(body, ROOT, 'description')
  const expiresAt = readExpiry(stringAt(body, ROOT, 'expiry_date'))

  const organisationPlace = at(ROOT, 'organisation')
  const organisation = objectAt(required(body, ROOT, 'organisation'), organisationPlace)
  checkCase(organisation, organisationPlace, ['nameRu', 'nameKz', 'nameEn', 'bin'])
  const names = {
    ru: textAt(organisation, organisationPlace, 'nameRu'),
    kz: textAt(organisation, organisationPlace, 'nameKz'),
    en: textAt(organisation, organisationPlace, 'nameEn'),
  }
  const bin = stringAt(organisation, organisationPlace, 'bin')
  if (!/^\d{12}$/.test(bin)) {
    throw wrongValue(at(organisationPlace, 'bin'), { expected: '12 digits' })
  }

  const documentPlace = at(ROOT, 'document')
  const document = objectAt(required(body, ROOT, 'document'), documentPlace)
  checkCase(document, documentPlace, ['uri', 'auth_type', 'auth_token'])
  const api2Text = textAt(document, documentPlace, 'uri')
  const api2 = checkHost(api2Text, {
    place: 'api1',
    field: 'document.uri',
    allowedHosts: options.allowedHosts,
  })
  const type = constantAt(document, documentPlace, {
    key: 'auth_type',
    values: ['Token', 'Eds', 'None'],
  })
  const auth = type === 'Token' ? { type, token: readToken(document, documentPlace) } : { type }
  if (type !== 'Token') checkNoToken(document, documentPlace)

  // Last, so that a service learns of its wrong fields even from an old link.
  if (expiresAt.getTime() <= options.now.getTime()) {
    throw new PhoneError({
      code: 'request.expired',
      message: 'The time for signing is over: expiry_date has passed.',
      advice: 'Ask the service for a new code.',
      data: { place: 'api1', field: 'expiry_date' },
    })
  }

  return { description, expiresAt, organisation: { names, bin }, api2, api2Text, auth }
}

// §3: the seed's yyyy-MM-dd'T'HH:mm:ss.SSSz, and the three other zones and fractions seen in the field.
const EXPIRY = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{2,3}(?:Z|([+-]\d\d):?(\d\d))$/

function readExpiry(text: string): Date {
  const parts = EXPIRY.exec(text)
  const normal = text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  const date = new Date(normal)
  // Date rolls 31 February over into March: the day must come back as it was written.
  const day = Number(parts?.[3])
  const lastDay = new Date(Date.UTC(Number(parts?.[1]), Number(parts?.[2]), 0)).getUTCDate()
  if (parts === null || Number.isNaN(date.getTime()) || day > lastDay) {
    throw wrongValue(at(ROOT, 'expiry_date'), {
      expected: "a time as yyyy-MM-dd'T'HH:mm:ss.SSSz, e.g. 2024-01-01T04:52:23.626Z",
      found: text.slice(0, 40),
    })
  }

  return date
}

function readToken(document: Parameters<typeof stringAt>[0], where: FieldPlace): string {
  const token = stringAt(document, where, 'auth_token')
  // RFC 6750 §2.1 b64token: anything else cannot stand in an Authorization header.
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) {
    throw wrongValue(at(where, 'auth_token'), { expected: 'a bearer token (RFC 6750 §2.1)' })
  }

  return token
}

// §3: with None and Eds the token is left out; an empty string is seen in the field and harmless.
function checkNoToken(document: Parameters<typeof stringAt>[0], where: FieldPlace): void {
  const token = memberOf(document, 'auth_token')
  if (token === undefined) return
  if (token.kind !== 'string') throw wrongType(token, at(where, 'auth_token'), 'string')
  if (token.value === '') return
  throw new PhoneError({
    code: 'field.unexpected',
    message: 'document.auth_token of api1 is given although auth_type is not Token.',
    advice: 'Leave the token out, or set auth_type to Token.',
    data: { place: 'api1', field: 'document.auth_token' },
  })
}
