import { digitsOf, integerOf, isRecord, type JsonRecord, readJson, textOf } from '@muhr/http'
import { decodeBase64 } from '@muhr/pki'

/** An access token of ESIA. */
export type EsiaToken = {
  /** For `Authorization: Bearer`. A secret. */
  readonly value: string
  readonly expiresAt: Date
  /** From the JWT; undefined when it cannot be read. Its signature is the gateway's to check. */
  readonly claims: EsiaClaims | undefined
}

/** What the token says about itself (spec §1). */
export type EsiaClaims = {
  readonly expiresAt: Date | undefined
  readonly issuedAt: Date | undefined
  readonly notBefore: Date | undefined
  readonly issuer: string | undefined
  /** Mnemonic of the vendor's system. */
  readonly clientId: string | undefined
  /** `urn:esia:sid` */
  readonly tokenId: string | undefined
  /** `urn:esia:sbj_id`: OID of the employee. */
  readonly subjectOid: string | undefined
  readonly scopes: readonly string[]
  /** OIDs of the organisations that the scopes name. */
  readonly organisationOids: readonly string[]
  /** Present when the employee acts by a power of attorney. */
  readonly authority:
    | { readonly id: string | undefined; readonly expired: string | undefined }
    | undefined
}

/** How long a token is taken to live when nothing says so (spec §1). */
export const unreadableTokenLifeMs = 300_000

const TOKEN = /^[\x21-\x7e]{1,16384}$/

/**
 * Reads the answer of ESIA to a token request. `exp` of the JWT decides, then `expires_in` or
 * `expiresIn` of the answer in seconds, then {@link unreadableTokenLifeMs}. Undefined when the answer
 * holds no token that could stand in a header.
 */
export function readToken(answer: unknown, receivedAt: Date): EsiaToken | undefined {
  if (!isRecord(answer)) return undefined
  const value = textOf(answer, 'accessTkn')
  if (value === undefined || !TOKEN.test(value)) return undefined

  const claims = readClaims(value)
  const announced = integerOf(answer, 'expires_in') ?? integerOf(answer, 'expiresIn')
  const lifeMs = announced === undefined ? unreadableTokenLifeMs : announced * 1000

  return {
    value,
    expiresAt: claims?.expiresAt ?? new Date(receivedAt.getTime() + lifeMs),
    claims,
  }
}

/** The claims of a JWT (RFC 7519), not verified; undefined when the text is none. */
export function readClaims(token: string): EsiaClaims | undefined {
  const parts = token.split('.')
  if (parts.length !== 3 || !/^[\w-]+$/.test(parts[1] ?? '')) return undefined

  const reading = readJson(decodeBase64(parts[1] ?? ''))
  if (!reading.ok || !isRecord(reading.value)) return undefined
  const payload = reading.value
  const scopes = textOf(payload, 'scope')?.split(/\s+/) ?? []

  return {
    expiresAt: secondsOf(payload, 'exp'),
    issuedAt: secondsOf(payload, 'iat'),
    notBefore: secondsOf(payload, 'nbf'),
    issuer: textOf(payload, 'iss'),
    clientId: textOf(payload, 'client_id') ?? digitsOf(payload, 'client_id'),
    tokenId: textOf(payload, 'urn:esia:sid'),
    subjectOid: digitsOf(payload, 'urn:esia:sbj_id'),
    scopes,
    organisationOids: [...new Set(scopes.flatMap((scope) => organisationOf(scope) ?? []))],
    authority: authorityOf(payload),
  }
}

function secondsOf(payload: JsonRecord, name: string): Date | undefined {
  const value = payload[name]
  // A Date holds up to 8.64e15 ms.
  if (typeof value !== 'number' || !(value > 0 && value < 8e12)) return undefined

  return new Date(Math.floor(value) * 1000)
}

function organisationOf(scope: string): string | undefined {
  return /[?&]org_oid=(\d{1,19})(?:&|$)/.exec(scope)?.[1]
}

function authorityOf(payload: JsonRecord): EsiaClaims['authority'] {
  const authority = payload['urn:esia:authority']
  if (!isRecord(authority)) return undefined

  return {
    id: textOf(authority, 'id') ?? digitsOf(authority, 'id'),
    expired: textOf(authority, 'expired'),
  }
}
