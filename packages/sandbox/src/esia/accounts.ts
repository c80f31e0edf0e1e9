import {
  apiKey,
  type Employee,
  type Organisation,
  organisationOf,
  organisations,
} from '../pki/russian-profile.ts'
import { type EsiaCode, esiaCodes } from './codes.ts'

/** Refusals of EPGU that go with a token, not with an order (ru-epgu-goskey §2). */
export const PERMISSION_CODES = [
  'access_denied_person_permissions',
  'access_denied_personal_data',
  'access_denied_service',
  'access_denied_system',
  'access_denied_user',
  'access_denied_user_legal',
  'bad_delegation',
  'config_delegation',
  'push_denied',
] as const

export type PermissionCode = (typeof PERMISSION_CODES)[number]

/** Who a token speaks for. */
export type EsiaUser = Employee & {
  readonly organisation: Organisation
  /** EPGU refuses whatever this user asks for. */
  readonly refusal?: PermissionCode
}

/** Numbers of the scenario keys of EPGU's refusals. */
const FIRST_REFUSAL_KEY = 2001
const FIRST_REFUSAL_OID = 1_000_920_001

/** Everybody who can have a token: employees of the profile, and one for each refusal of EPGU. */
export const esiaUsers: readonly EsiaUser[] = Object.freeze([
  ...organisations.flatMap((organisation) =>
    organisation.employees.map((employee) => ({ ...employee, organisation })),
  ),
  ...PERMISSION_CODES.map((refusal, index) => ({
    name: refusal,
    oid: FIRST_REFUSAL_OID + index,
    apiKey: apiKey(FIRST_REFUSAL_KEY + index),
    organisation: organisationOf('sender'),
    refusal,
  })),
])

/** Scenario API-Keys of ESIA's own refusals: the digits of the code stand at the end of the UUID. */
export const scenarioKeys: readonly { readonly apiKey: string; readonly code: EsiaCode }[] =
  Object.freeze(esiaCodes.map((code) => ({ apiKey: apiKey(Number(code.slice(5))), code })))

/** What an API-Key stands for; `ESIA-037218` for one that was never issued. */
export function findApiKey(text: string): EsiaUser | EsiaCode {
  const wanted = text.toLowerCase()
  const user = esiaUsers.find((each) => each.apiKey === wanted)
  if (user !== undefined) return user

  return scenarioKeys.find((each) => each.apiKey === wanted)?.code ?? 'ESIA-037218'
}
