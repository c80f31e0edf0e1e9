import type { Json, Provider } from '@muhr/envelope'
import type { SecretBox } from '../instance/secret-box.ts'

/** A secret of a connection as the API shows it. Sent back as it is, it means: leave it. */
export type MaskedSecret = {
  /** Dots and the last four characters. */
  readonly masked: string
  /** HMAC of the secret, hex: tells one from another and gives none away. */
  readonly ref: string
}

/** Settings as they lie in the database. */
export type StoredSettings = {
  readonly settings: { readonly [name: string]: Json }
  readonly secret: string | null
  readonly secret_key_id: string | null
}

type Owner = { readonly id: string; readonly organisation_id: string }
type Secrets = Pick<SecretBox, 'seal' | 'open' | 'fingerprint'>
type JsonObject = { readonly [name: string]: Json }
type Change = (value: Json, path: string) => Json

/** A row moved to another organisation or connection would not open. */
const contextOf = ({ id, organisation_id }: Owner): string => `connection/${organisation_id}/${id}`

/** Is it an object, neither null nor a list? */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Puts settings apart from those that are secrets, which are encrypted. */
export function storeSettings(
  secrets: Secrets,
  owner: Owner,
  given: { readonly settings: JsonObject; readonly provider: Provider },
): StoredSettings {
  const names = new Set(
    (given.provider.secretSettings ?? []).map((path) => path.split(/[.[]/, 1)[0]),
  )
  const isSecret = ([name]: readonly [string, Json]) => names.has(name)
  const entries = Object.entries(given.settings)
  const hidden = entries.filter(isSecret)
  const settings = Object.fromEntries(entries.filter((entry) => !isSecret(entry)))
  if (hidden.length === 0) {
    return { settings, secret: null, secret_key_id: null }
  }

  return { settings, ...sealSecret(secrets, owner, Object.fromEntries(hidden)) }
}

/** Encrypts the secret settings of a connection. */
export function sealSecret(
  secrets: Secrets,
  owner: Owner,
  hidden: JsonObject,
): { readonly secret: string; readonly secret_key_id: string } {
  const { bytes, keyId } = secrets.seal(Buffer.from(JSON.stringify(hidden)), contextOf(owner))

  return { secret: Buffer.from(bytes).toString('base64'), secret_key_id: keyId }
}

/** The secret settings of a connection; undefined when they do not open here. */
export function openSecret(
  secrets: Secrets,
  row: Owner & Pick<StoredSettings, 'secret' | 'secret_key_id'>,
): JsonObject | undefined {
  if (row.secret === null || row.secret_key_id === null) {
    return {}
  }
  const bytes = Buffer.from(row.secret, 'base64')
  const opened = secrets.open({ bytes, keyId: row.secret_key_id }, contextOf(row))

  return opened === undefined ? undefined : JSON.parse(Buffer.from(opened).toString('utf8'))
}

/** All settings of a connection, secrets too; undefined when the secrets do not open here. */
export function openSettings(
  secrets: Secrets,
  row: Owner & {
    readonly settings: unknown
    readonly secret: string | null
    readonly secret_key_id: string | null
  },
): Json | undefined {
  const hidden = openSecret(secrets, row)
  if (hidden === undefined) {
    return undefined
  }

  return isJsonObject(row.settings) ? { ...row.settings, ...hidden } : (row.settings as Json)
}

/** Settings without their secrets, each replaced by what tells it from another. */
export function maskSettings(
  secrets: Secrets,
  owner: Owner,
  given: { readonly settings: JsonObject; readonly provider: Provider },
): JsonObject {
  return changeSecrets(given, (value) => {
    if (typeof value !== 'string') {
      return value
    }
    const tail = value.length >= 12 ? value.slice(-4) : ''

    return { masked: `········${tail}`, ref: refOf(secrets, owner, value) }
  })
}

/**
 * Puts known secrets where a client sent back their masks.
 * @returns the settings, and the paths of masks that stand for no secret of this connection
 */
export function unmaskSettings(
  secrets: Secrets,
  owner: Owner,
  given: {
    readonly settings: JsonObject
    readonly provider: Provider
    /** As they are now. */
    readonly known: JsonObject
  },
): { readonly settings: JsonObject; readonly strangers: readonly string[] } {
  const byRef = new Map<string, Json>()
  changeSecrets({ settings: given.known, provider: given.provider }, (value) => {
    if (typeof value === 'string') {
      byRef.set(refOf(secrets, owner, value), value)
    }

    return value
  })
  const strangers: string[] = []
  const settings = changeSecrets(given, (value, path) => {
    if (!isJsonObject(value) || typeof value.ref !== 'string') {
      return value
    }
    const found = byRef.get(value.ref)
    if (found === undefined) {
      strangers.push(path)
    }

    return found ?? value
  })

  return { settings, strangers }
}

function refOf(secrets: Secrets, owner: Owner, value: string): string {
  return secrets.fingerprint(`${contextOf(owner)}/${value}`).slice(0, 32)
}

/** Changes the value of every secret setting. */
function changeSecrets(
  { settings, provider }: { readonly settings: JsonObject; readonly provider: Provider },
  change: Change,
): JsonObject {
  return (provider.secretSettings ?? []).reduce<JsonObject>(
    (changed, path) =>
      changeAt(changed, path.split(/\.|(?=\[\])/), { change, path: '' }) as JsonObject,
    settings,
  )
}

function changeAt(
  value: Json,
  [step, ...rest]: readonly string[],
  at: { readonly change: Change; readonly path: string },
): Json {
  if (step === undefined) {
    return at.change(value, at.path)
  }
  if (step === '[]') {
    return Array.isArray(value)
      ? value.map((each, index) =>
          changeAt(each as Json, rest, { ...at, path: `${at.path}[${index}]` }),
        )
      : value
  }
  if (!isJsonObject(value) || value[step] === undefined) {
    return value
  }
  const path = at.path === '' ? step : `${at.path}.${step}`

  return { ...value, [step]: changeAt(value[step], rest, { ...at, path }) }
}
