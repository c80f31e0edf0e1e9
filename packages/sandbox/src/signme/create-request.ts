import { createHash } from 'node:crypto'
import { phoneDigits, type SignmeUser } from './accounts.ts'
import { refuse } from './error.ts'
import { base64Of, flagOf, keyOf, type Package, textOf } from './read-package.ts'
import type { Addressee, SignFile, SignRequest } from './request.ts'
import { addNotice, hexOf, keepRequest, nowOf, type SignmeState, uuid1 } from './state.ts'

/** Keys of a request besides its files (seed 1.1). `noemail` is what every public client sends (T2). */
const COMMON_KEYS = [
  'key',
  'url',
  'user_email',
  'user_ph',
  'user_snils',
  'company_inn',
  'company_ogrn',
  'poemail',
  'noemail',
  'forcesms',
  'IF',
] as const
/** Of the newer API; known only where aliases are. */
const ALIASES = ['api_key', 'file', 'nopush', 'multiname']

export const SIGN_KEYS: readonly string[] = ['filet', 'fname', 'md5', ...COMMON_KEYS]
export const MULTI_KEYS: readonly string[] = ['files', ...COMMON_KEYS]
export const COMPAT_SIGN_KEYS: readonly string[] = [...SIGN_KEYS, ...ALIASES]
export const COMPAT_MULTI_KEYS: readonly string[] = [...MULTI_KEYS, ...ALIASES]

type NewFile = Pick<SignFile, 'name' | 'md5' | 'size'> & { readonly bytes: Uint8Array }

/**
 * Makes a request out of a package (seed 1.1, 2.1). What is wrong is looked for in this order: key, files,
 * signer, company, address; the seed names no order. Sign.Me has no idempotency: equal packages make two.
 *
 * @throws {SignmeRefusal} the errors of seed 4
 */
export function createRequest(
  state: SignmeState,
  found: Package,
  kind: SignRequest['kind'],
): SignRequest {
  const { accounts, switches } = state
  const site = accounts.site(keyOf(found, switches))
  if (site === undefined) throw refuse(7, 'get api key')
  const files = kind === 'single' ? [readFile(state, found)] : readFiles(state, found['files'])
  const addressee = addresseeOf(found)
  const user = findAddressee(state, addressee)
  const company = findCompany(state, addressee)
  const address = textOf(found, 'url')
  const isPush = address?.startsWith('GET:') ?? false
  const url = isPush ? address?.slice(4) : address
  if (url !== undefined && !/^https?:\/\//i.test(url)) throw refuse(6, 'cant create request')
  const { noemailAlias } = switches
  const request: SignRequest = {
    id: state.nextRid,
    kind,
    ...(kind === 'multi' ? { uuid: uuid1(state) } : {}),
    siteKey: site.key,
    files: files.map(({ bytes, ...file }, index) => ({
      ...file,
      rid: state.nextRid + index,
      hex: hexOf(state, state.nextRid + index),
      sha256: state.store.saveFile(bytes),
      status: 0,
      comment: '',
    })),
    addressee,
    ...(user === undefined ? {} : { userId: user.id }),
    ...(company === undefined ? {} : { companyInn: company.inn }),
    ...(url === undefined ? {} : { url }),
    isPush,
    isForceSms: flagOf(found, 'forcesms'),
    isNotified: flagOf(found, 'IF'),
    hasNoMail:
      (noemailAlias !== 'poemail' && flagOf(found, 'noemail')) ||
      (noemailAlias !== 'noemail' && flagOf(found, 'poemail')),
    createdAt: nowOf(state),
  }
  keepRequest(state, request)
  state.store.saveRequest(request)
  if (user !== undefined && !request.hasNoMail) {
    addNotice(state, {
      kind: 'email',
      to: user.email,
      text: `${site.name}: документы на подпись. ${pageUrl(state, request)}`,
    })
  }

  return request
}

/** Where the signer opens a request. */
export function pageUrl({ publicUrl }: SignmeState, request: SignRequest): string {
  const [first] = request.files

  return request.kind === 'multi'
    ? `${publicUrl}/signapi/multijson/${request.uuid}`
    : `${publicUrl}/signapi/sjson/${first?.rid}/${first?.hex}`
}

function readFiles(state: SignmeState, value: unknown): readonly NewFile[] {
  if (!Array.isArray(value) || value.length === 0) throw refuse(1, 'no file')
  if (value.length > state.settings.maxFiles) throw refuse(6, 'cant create request')
  const files = value.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) throw refuse(1, 'no file')

    return readFile(state, { ...each })
  })
  if (files.reduce((sum, { size }) => sum + size, 0) > state.settings.maxBytes) {
    throw refuse(6, 'cant create request')
  }

  return files
}

function readFile({ switches, settings }: SignmeState, found: Package): NewFile {
  const text = textOf(found, 'filet') ?? (switches.fileAlias ? textOf(found, 'file') : undefined)
  if (text === undefined) throw refuse(1, 'no file')
  const name = textOf(found, 'fname')
  if (name === undefined) throw refuse(2, 'no filename')
  const bytes = base64Of(text, switches)
  if (bytes === undefined) throw refuse(3, 'wrong file')
  const md5 = createHash('md5').update(bytes).digest('hex')
  const given = textOf(found, 'md5')
  // No code is documented for it; the file is not what the sender means.
  if (given !== undefined && given.toLowerCase() !== md5) throw refuse(3, 'wrong file')
  if (!isSafeName(name)) throw refuse(5, 'cant create file')
  if (bytes.length > settings.maxBytes) throw refuse(6, 'cant create request')

  return { name, md5, size: bytes.length, bytes }
}

/** A name that a server can write: no path, no control characters, at most 255 octets. */
function isSafeName(name: string): boolean {
  return (
    !/[\p{Cc}/\\:*?"<>|]/u.test(name) && Buffer.byteLength(name) <= 255 && !/^\.{1,2}$/.test(name)
  )
}

const ADDRESSEE_KEYS = {
  phone: 'user_ph',
  email: 'user_email',
  snils: 'user_snils',
  inn: 'company_inn',
  ogrn: 'company_ogrn',
} as const

function addresseeOf(found: Package): Addressee {
  return Object.fromEntries(
    Object.entries(ADDRESSEE_KEYS).flatMap(([name, key]) => {
      const text = textOf(found, key)

      return text === undefined ? [] : [[name, text]]
    }),
  )
}

/** @throws {SignmeRefusal} 6 when nobody has what is named, or two people have */
function findAddressee(
  { accounts, switches }: SignmeState,
  { phone, email, snils }: Addressee,
): SignmeUser | undefined {
  const named = [
    {
      name: 'phone',
      user: phone === undefined ? undefined : accounts.findUser({ phone }),
      given: phone,
    },
    {
      name: 'email',
      user: email === undefined ? undefined : accounts.findUser({ email }),
      given: email,
    },
    {
      name: 'snils',
      user: snils === undefined ? undefined : accounts.findUser({ snils }),
      given: snils,
    },
  ].filter(({ given }) => given !== undefined)
  const [first] = named
  if (phone !== undefined && !isPhone(phone, switches.freePhones))
    throw refuse(6, 'wrong user phone')
  const wrong = named.find(
    ({ user }) => user === undefined || !user.isActivated || user.id !== first?.user?.id,
  )
  if (wrong !== undefined) throw refuse(6, `wrong user ${wrong.name}`)

  return first?.user
}

/** `+7XXXXXXXXXX`; in any spelling where that is allowed. */
const isPhone = (text: string, isFree: boolean): boolean =>
  isFree ? phoneDigits(text).length === 11 : /^\+\d{11,15}$/.test(text)

/** @throws {SignmeRefusal} 6 when no activated company has what is named */
function findCompany({ accounts }: SignmeState, { inn, ogrn }: Addressee) {
  const byInn = inn === undefined ? undefined : accounts.findCompany({ inn })
  if (inn !== undefined && byInn?.isActivated !== true) throw refuse(6, 'wrong company inn')
  const byOgrn = ogrn === undefined ? undefined : accounts.findCompany({ ogrn })
  if (ogrn !== undefined && (byOgrn?.isActivated !== true || (byInn ?? byOgrn) !== byOgrn)) {
    throw refuse(6, 'wrong company ogrn')
  }

  return byInn ?? byOgrn
}
