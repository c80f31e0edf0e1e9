import type { SimResponse } from '../http/sim-http.ts'
import type { SignmeCompany, SignmeUser } from './accounts.ts'
import { asciiJsonResponse, textResponse } from './error.ts'
import type { Fields } from './form.ts'
import type { SignmeState } from './state.ts'

/** Password and SMS code of whoever registered by the newer API; the control can set others. */
export const REGISTERED = { password: 'registered-TEST', smsCode: '100000' } as const

/** A PDF of one empty page, in place of the application form. */
const EMPTY_PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
).toString('base64')

const REQUIRED = ['surname', 'name', 'phone'] as const

/**
 * Takes an application for a certificate (ru-signme §11): a person, and with `company` 1 his company. Answers
 * `id`, `cid`, `qr`, `pdf`, `compdf`, or a plain text that says what is missing. Nothing of a passport is kept.
 */
export function register(state: SignmeState, fields: Fields): SimResponse {
  const text = (name: string): string => (fields.get(name) ?? '').trim()
  const missing = REQUIRED.find((name) => text(name) === '')
  if (missing !== undefined) return textResponse(200, `error 1: no ${missing}`)
  if (state.accounts.findUser({ phone: text('phone') }) !== undefined) {
    return textResponse(200, 'error 2: user already exists')
  }
  const number = state.accounts.all().users.length + 1
  const user: SignmeUser = {
    id: `registered-${number}`,
    surname: text('surname').toUpperCase(),
    givenName: `${text('name')} ${text('lastname')}`.trim().toUpperCase(),
    phone: text('phone'),
    email: text('email'),
    snils: text('snils'),
    inn: text('inn'),
    ...REGISTERED,
    isActivated: state.settings.autoApprove,
    algorithm: 'ru-2012-256',
    certificate: 'valid',
    behaviour: 'manual',
    delayMs: 0,
  }
  const inn = text('cinn')
  const isWithCompany = text('company') === '1' && inn !== ''
  state.accounts.put({
    users: [user],
    ...(isWithCompany ? { companies: [companyOf(state, fields, user)] } : {}),
  })
  const id = 7000 + state.registrations.size * 2
  const registration = {
    userId: user.id,
    ...(isWithCompany ? { companyInn: inn } : {}),
  }
  state.registrations.set(id, registration)
  if (isWithCompany) state.registrations.set(id + 1, registration)

  return asciiJsonResponse({
    id,
    cid: isWithCompany ? id + 1 : null,
    qr: `TEST-${id}`,
    pdf: EMPTY_PDF,
    compdf: isWithCompany ? EMPTY_PDF : null,
  })
}

/** The company as it is, with one more in its staff; or a new one, which is to be activated. */
function companyOf({ accounts }: SignmeState, fields: Fields, user: SignmeUser): SignmeCompany {
  const inn = (fields.get('cinn') ?? '').trim()
  const known = accounts.findCompany({ inn })
  if (known !== undefined) return { ...known, staff: [...known.staff, user.id] }

  return {
    name: `TEST ${(fields.get('cname') ?? fields.get('cfullname') ?? '').trim()}`,
    inn,
    ogrn: (fields.get('cogrn') ?? '').trim(),
    isActivated: false,
    isFirstSignatureForbidden: false,
    staff: [user.id],
  }
}
