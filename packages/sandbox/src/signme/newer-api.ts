import { writePem } from '@muhr/pki'
import type { SimResponse } from '../http/sim-http.ts'
import type { SignmeUser } from './accounts.ts'
import { signRequest } from './act.ts'
import type { Call } from './calls.ts'
import { asciiJsonResponse, refuse, textResponse, wrongMethod } from './error.ts'
import type { Fields } from './form.ts'
import { ERRNO } from './outgoing.ts'
import { readFieldsOf } from './read-package.ts'
import { register } from './register.ts'
import type { SignRequest } from './request.ts'
import { userSpec } from './sign-files.ts'
import type { SignmeState } from './state.ts'
import type { Switches } from './switches.ts'

const MAX_BODY_BYTES = 1_000_000

type NewerCall = (state: SignmeState, fields: Fields) => Promise<SimResponse>

/** Calls that public clients make and the seed does not have (ru-signme §11); on by `newerApi` alone. */
export function findNewerCall({ newerApi }: Switches, path: string): Call | undefined {
  const run = newerApi ? CALLS[path] : undefined

  return run === undefined
    ? undefined
    : {
        name: 'newer',
        run: async (state, request) => {
          if (request.method !== 'POST') throw wrongMethod()
          const fields = readFieldsOf(await request.body(MAX_BODY_BYTES), state.switches)

          return { response: await run(state, fields), note: path }
        },
      }
}

const CALLS: Readonly<Record<string, NewerCall>> = {
  '/signapi/sign': signWithPassword,
  '/sign/cer': certificates,
  '/register/precheck': withKey(precheck),
  '/register/userinfo': withKey(userInfo),
  '/register/api': withKey(async (state, fields) => register(state, fields)),
  '/register/comactivate': withKey(activateCompany),
  '/register/activate': withKey(activateUser),
}

/** The access key, under either name. @throws {SignmeRefusal} 7 */
function withKey(run: NewerCall): NewerCall {
  return async (state, fields) => {
    const key = fields.get('key') ?? fields.get('api_key') ?? ''
    if (state.accounts.site(key) === undefined) throw refuse(7, 'get api key')

    return run(state, fields)
  }
}

/** Signs without a browser: `type` single or multi, `id`, `key`, `user_ph`, `passw`. */
async function signWithPassword(state: SignmeState, fields: Fields): Promise<SimResponse> {
  const key = fields.get('key') ?? fields.get('api_key') ?? ''
  if (state.accounts.site(key) === undefined) throw refuse(7, 'get api key')
  const id = fields.get('id') ?? ''
  const request = fields.get('type') === 'multi' ? state.groups.get(id) : singleOf(state, id)
  if (request === undefined || request.siteKey !== key) throw refuse(6, 'wrong id')
  const { errno } = await signRequest(state, request, {
    login: fields.get('user_ph') ?? '',
    password: fields.get('passw') ?? '',
    sms: fields.get('sms') ?? '',
  })
  if (errno !== ERRNO.ok) throw refuse(errno, SIGN_ERRORS[errno])

  return asciiJsonResponse({ status: '1' })
}

const SIGN_ERRORS = {
  1: 'wrong password',
  2: 'wrong sms code',
  3: 'no right to sign',
  4: 'first signature forbidden',
  5: 'request rejected',
  6: 'internal error',
  7: 'wrong company',
} as const

/** By rid, or by the whole suffix. */
const singleOf = ({ files }: SignmeState, id: string): SignRequest | undefined =>
  files.get(Number.parseInt(id, 10))?.request

/**
 * Who is registered: an object by each field that was asked for and found, `{}` when nobody is. Public clients read
 * `approved`, `created`, `apprtype`, `id` and `requests`.
 */
async function precheck(state: SignmeState, fields: Fields): Promise<SimResponse> {
  const found = ['phone', 'email', 'snils', 'inn', 'cinn', 'cogrn'].flatMap((name) => {
    const value = fields.get(name)
    const entry = value === undefined || value === '' ? undefined : entryOf(state, name, value)

    return entry === undefined ? [] : [[name, entry] as const]
  })
  const uid = fields.get('uid')
  if (uid !== undefined) return activateUser(state, new Map([['uid', uid]]))

  return asciiJsonResponse(Object.fromEntries(found))
}

function entryOf(state: SignmeState, name: string, value: string) {
  const { accounts } = state
  if (name === 'cinn' || name === 'cogrn') {
    const company = accounts.findCompany(name === 'cinn' ? { inn: value } : { ogrn: value })
    if (company === undefined) return undefined

    return entry(state, company.isActivated, ({ companyInn }) => companyInn === company.inn)
  }
  const user =
    name === 'inn'
      ? accounts.all().users.find(({ inn }) => inn === value)
      : accounts.findUser({ [name]: value })

  return user === undefined
    ? undefined
    : entry(state, user.isActivated, ({ userId }) => userId === user.id)
}

type Registration = ReturnType<SignmeState['registrations']['get']>

function entry(
  { registrations }: SignmeState,
  isActivated: boolean,
  test: (registration: NonNullable<Registration>) => boolean,
) {
  const requests = [...registrations].filter(([, each]) => test(each)).map(([id]) => id)
  const [id = 1] = requests

  return {
    approved: isActivated,
    created: isActivated,
    apprtype: isActivated ? 1 : 0,
    id,
    requests: (requests.length === 0 ? [id] : requests).map((each) => ({
      id: each,
      approved: isActivated,
    })),
  }
}

async function userInfo({ accounts }: SignmeState, fields: Fields): Promise<SimResponse> {
  const user = accounts.findUser({ phone: fields.get('phone') ?? fields.get('user_ph') ?? '' })
  if (user === undefined) return asciiJsonResponse({})

  return asciiJsonResponse({
    phone: user.phone,
    email: user.email,
    surname: user.surname,
    name: user.givenName.split(' ')[0] ?? '',
    lastname: user.givenName.split(' ').slice(1).join(' '),
    snils: user.snils,
    inn: user.inn,
    approved: user.isActivated,
    companies: accounts.companiesOf(user.id).map(({ name, inn, ogrn }) => ({ name, inn, ogrn })),
  })
}

/** `1`, or `0` when there is no such application: public clients compare the text with 0. */
async function activateCompany(state: SignmeState, fields: Fields): Promise<SimResponse> {
  const registration = state.registrations.get(Number(fields.get('cid')))
  const company = state.accounts.findCompany({ inn: registration?.companyInn ?? '' })
  if (company === undefined) return textResponse(200, '0')
  state.accounts.put({ companies: [{ ...company, isActivated: true }] })

  return textResponse(200, '1')
}

async function activateUser(state: SignmeState, fields: Fields): Promise<SimResponse> {
  const id = Number(fields.get('uid') ?? fields.get('id'))
  const user = state.accounts.user(state.registrations.get(id)?.userId ?? '')
  if (user === undefined) return textResponse(200, '0')
  state.accounts.put({ users: [{ ...user, isActivated: true }] })

  return textResponse(200, '1')
}

/**
 * Certificates of a user or of the staff of a company: PEM (`format` 0) or base64 of DER (1). `get_active_certs` 0:
 * those that no longer hold. The form of the answer is not known; it is a list.
 */
async function certificates(state: SignmeState, fields: Fields): Promise<SimResponse> {
  const users = usersOf(state, fields)
  const isInactive = fields.get('get_active_certs') === '0'
  const made = await Promise.all(
    users
      .filter(
        ({ certificate }) =>
          (certificate !== 'valid') === isInactive || fields.get('get_active_certs') === '2',
      )
      .map(
        async (user) => (await state.world.pki.russianKey(userSpec(user, undefined))).certificate,
      ),
  )
  const isDer = fields.get('format') === '1'

  return asciiJsonResponse(
    made.map((certificate) =>
      isDer ? Buffer.from(certificate).toString('base64') : writePem('CERTIFICATE', certificate),
    ),
  )
}

/** @throws {SignmeRefusal} 6 for somebody or something that is not there */
function usersOf({ accounts }: SignmeState, fields: Fields): readonly SignmeUser[] {
  const phone = fields.get('user_ph')
  if (phone !== undefined) {
    const user = accounts.findUser({ phone })
    if (user === undefined) throw refuse(6, 'wrong user phone')

    return [user]
  }
  const company = accounts.findCompany({ ogrn: fields.get('company_ogrn') ?? '' })
  if (company === undefined) throw refuse(6, 'wrong company ogrn')

  return company.staff.flatMap((id) => accounts.user(id) ?? [])
}
