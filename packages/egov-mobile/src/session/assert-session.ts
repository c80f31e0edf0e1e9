import { EgovMobileError } from '../error.ts'
import { assertServiceUrl } from '../links/assert-service-url.ts'
import { isSupportedSignMethod, supportedAuthTypes, supportedSignMethods } from '../sign-method.ts'
import type { Names, Session, SessionDocument } from './session.ts'

/**
 * Refuses a session that the app could not work with, before a code of it is shown to anyone.
 *
 * @throws EgovMobileError `egov-mobile.invalid-session` with the path of the field,
 *   `egov-mobile.invalid-url`, `egov-mobile.method-not-supported`, `egov-mobile.auth-not-supported`
 */
export function assertSession(session: Session): void {
  assertServiceUrl(session.api1Url, 'api1Url')
  assertServiceUrl(session.api2Url, 'api2Url')
  assertSignMethod(session.signMethod)
  assertAuth(session)
  assertText(session.description, 'description')
  assertNames(session.organisation, 'organisation')

  if (!/^\d{12}$/.test(session.organisation.bin)) throw invalid('organisation.bin', '12 digits')
  if (Number.isNaN(session.expiresAt.getTime())) throw invalid('expiresAt', 'a valid Date')
  if (session.documents.length === 0) throw invalid('documents', 'at least one document')

  session.documents.forEach((document, index) => {
    assertDocument(document, `documents[${index}]`)
  })

  if (new Set(session.documents.map(({ id }) => id)).size !== session.documents.length) {
    throw invalid('documents', 'ids that differ')
  }
}

/**
 * Refuses a sign method that this version cannot read back: `XML`, `SIGN_BYTES_ARRAY`, `MIX_SIGN`,
 * and anything that is not spelled as in the seed.
 *
 * @throws EgovMobileError `egov-mobile.method-not-supported`
 */
export function assertSignMethod(method: string): void {
  if (isSupportedSignMethod(method)) return

  throw new EgovMobileError({
    code: 'egov-mobile.method-not-supported',
    message: 'This sign method of eGov Mobile is not supported.',
    advice: `Choose one of ${supportedSignMethods.join(', ')}.`,
    data: { field: 'signMethod', method, supported: supportedSignMethods },
  })
}

function assertAuth({ auth }: Session): void {
  const authType: string = auth.type

  if (auth.type === 'Token') {
    // RFC 6750 section 2.1, b64token: what an Authorization header carries unharmed.
    if (/^[A-Za-z0-9\-._~+/]+=*$/.test(auth.token)) return

    throw invalid('auth.token', 'a bearer token of RFC 6750')
  }

  if (auth.type === 'None') return

  throw new EgovMobileError({
    code: 'egov-mobile.auth-not-supported',
    message: 'This auth_type of eGov Mobile is not supported.',
    advice: `Choose one of ${supportedAuthTypes.join(', ')}, in exactly this case.`,
    data: { field: 'auth.type', authType, supported: supportedAuthTypes },
  })
}

function assertDocument(document: SessionDocument, path: string): void {
  // 32 bits, because an app may keep the id in an Int of its own.
  if (!Number.isInteger(document.id) || document.id < 1 || document.id > 0x7fff_ffff) {
    throw invalid(`${path}.id`, 'an integer from 1 to 2147483647')
  }
  if (!Number.isSafeInteger(document.sizeBytes) || document.sizeBytes < 1) {
    throw invalid(`${path}.sizeBytes`, 'a positive integer')
  }
  if (typeof document.mime !== 'string') throw invalid(`${path}.mime`, 'a string')

  assertNames(document.names, `${path}.names`)
  document.meta.forEach((pair, index) => {
    if (typeof pair.name !== 'string') throw invalid(`${path}.meta[${index}].name`, 'a string')
    if (typeof pair.value !== 'string') throw invalid(`${path}.meta[${index}].value`, 'a string')
  })
}

function assertNames(names: Names, path: string): void {
  assertText(names.nameRu, `${path}.nameRu`)
  assertText(names.nameKz, `${path}.nameKz`)
  assertText(names.nameEn, `${path}.nameEn`)
}

function assertText(text: string, field: string): void {
  if (typeof text !== 'string' || text.trim() === '' || !text.isWellFormed()) {
    throw invalid(field, 'a text that is not empty')
  }
}

function invalid(field: string, expected: string): EgovMobileError<'egov-mobile.invalid-session'> {
  return new EgovMobileError({
    code: 'egov-mobile.invalid-session',
    message: `${field} of the session is not ${expected}.`,
    advice: `Set ${field} to ${expected} before the code is shown.`,
    data: { field, expected },
  })
}
