import {
  isJsonObject,
  isLongText,
  type JsonObject,
  JsonRefusal,
  type JsonValue,
  readJsonOctets,
} from '@muhr/http'
import type { UnreadableReason } from '../error.ts'
import { decodeBase64 } from '../wire/decode-base64.ts'
import { readContainer } from '../wire/read-container.ts'
import { readSaidTime, type SaidTime } from './moments.ts'

/** `crt_status` of 1.2 by its number: what Sign.Me says at the time of the call (trap T20). */
export const certificateStatuses = {
  0: 'valid',
  1: 'expected',
  2: 'suspended',
  3: 'revoked',
  4: 'absent',
  5: 'error',
} as const

export type CertificateStatus = (typeof certificateStatuses)[keyof typeof certificateStatuses]

/** One signature as Sign.Me describes it. Nothing of it is verified. */
export type SaidSignature = {
  /** The number in its name, `signature_1`. */
  readonly number: number
  /** `pkcs64` in DER: verify it. Undefined where it is missing or no container. */
  readonly container: Uint8Array | undefined
  /** `value`: the bare signature value. */
  readonly value: Uint8Array | undefined
  /** `pkcs7`: an address. Fetch it only from the host of the service, if at all. */
  readonly link: string | undefined
  readonly signedAt: SaidTime | undefined
  readonly person: SaidPerson
  /** Only where it was signed on behalf of a company. */
  readonly company: SaidCompany | undefined
}

export type SaidPerson = {
  /** `passport.name` */
  readonly firstName: string | undefined
  /** `passport.lastname`, which is the patronymic (trap T5) */
  readonly patronymic: string | undefined
  /** `passport.surname` */
  readonly familyName: string | undefined
  readonly phone: string | undefined
  readonly email: string | undefined
  readonly publicKey: Uint8Array | undefined
  readonly keyId: string | undefined
  readonly certificateId: string | undefined
  readonly certificateStatus: CertificateStatus | undefined
  /** dd.mm.yyyy */
  readonly certificateFrom: string | undefined
  /** dd.mm.yyyy */
  readonly certificateUntil: string | undefined
}

export type SaidCompany = {
  readonly name: string | undefined
  readonly inn: string | undefined
  readonly ogrn: string | undefined
}

export type CheckReading =
  | { readonly ok: true; readonly signatures: readonly SaidSignature[] }
  | { readonly ok: false; readonly reason: UnreadableReason }

/**
 * Reads an answer of 1.2. Signatures are found by their names, `signature_1` or from 0 on, and their
 * number must be that of `count` (spec §4.2).
 *
 * @param octets are written over: containers are decoded where they stand
 */
export function readCheck(octets: Uint8Array): CheckReading {
  if (octets.length === 0) return { ok: false, reason: 'empty' }
  const reading = tryJson(octets)
  if (!reading.ok) return reading
  if (!isJsonObject(reading.value)) return { ok: false, reason: 'wrong-shape' }

  const count = text(reading.value, 'count')
  if (count === undefined || !/^\d{1,6}$/.test(count)) return { ok: false, reason: 'wrong-shape' }
  const found = [...reading.value]
    .flatMap(([name, value]) => {
      const number = /^signature_(\d{1,6})$/.exec(name)?.[1]

      return number === undefined ? [] : [{ number: Number(number), value }]
    })
    .toSorted((one, other) => one.number - other.number)
  if (found.length !== Number(count)) return { ok: false, reason: 'count-mismatch' }

  const signatures: SaidSignature[] = []
  for (const { number, value } of found) {
    if (!isJsonObject(value)) return { ok: false, reason: 'wrong-shape' }
    signatures.push(readSignature(number, value))
  }

  return { ok: true, signatures }
}

function tryJson(
  octets: Uint8Array,
):
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly reason: UnreadableReason } {
  try {
    return { ok: true, value: readJsonOctets(octets) }
  } catch (error) {
    if (!(error instanceof JsonRefusal)) throw error

    return { ok: false, reason: faultOf(error) }
  }
}

function faultOf({ reason }: JsonRefusal): UnreadableReason {
  switch (reason) {
    case 'truncated':
      return 'cut-off'
    case 'syntax':
    case 'number-too-long':
      return 'not-json'
    case 'not-utf8':
    case 'duplicate-member':
    case 'too-deep':
    case 'too-many-values':
      return reason
  }
}

function readSignature(number: number, signature: JsonObject): SaidSignature {
  const container = octetsOf(signature, 'pkcs64')
  const sigdate = text(signature, 'sigdate')

  return {
    number,
    container: container === undefined ? undefined : readContainer(container),
    value: octetsOf(signature, 'value'),
    link: text(signature, 'pkcs7'),
    signedAt: sigdate === undefined ? undefined : readSaidTime(sigdate),
    person: readPerson(objectOf(signature, 'person')),
    company: readCompany(signature),
  }
}

function readPerson(person: JsonObject): SaidPerson {
  const passport = objectOf(person, 'passport')

  return {
    firstName: text(passport, 'name'),
    patronymic: text(passport, 'lastname'),
    familyName: text(passport, 'surname'),
    phone: text(person, 'phone_number'),
    email: text(person, 'email_address'),
    publicKey: octetsOf(person, 'public_key'),
    keyId: text(person, 'key_id'),
    certificateId: text(person, 'crt_id'),
    certificateStatus: readCertificateStatus(text(person, 'crt_status')),
    certificateFrom: text(person, 'cr_date'),
    certificateUntil: text(person, 'exp_date'),
  }
}

function readCompany(signature: JsonObject): SaidCompany | undefined {
  const company = signature.get('company')
  if (!isJsonObject(company) || company.size === 0) return undefined

  return { name: text(company, 'name'), inn: text(company, 'inn'), ogrn: text(company, 'ogrn') }
}

function readCertificateStatus(said: string | undefined): CertificateStatus | undefined {
  return said !== undefined && /^[0-5]$/.test(said)
    ? certificateStatuses[Number(said) as keyof typeof certificateStatuses]
    : undefined
}

function objectOf(object: JsonObject, name: string): JsonObject {
  const value = object.get(name)

  return isJsonObject(value) ? value : new Map()
}

/** Strings and numbers alike; empty is absent. */
function text(object: JsonObject, name: string): string | undefined {
  const value = object.get(name)
  if (typeof value === 'number') return String(value)

  return typeof value === 'string' && value !== '' ? value : undefined
}

function octetsOf(object: JsonObject, name: string): Uint8Array | undefined {
  const value = object.get(name)
  if (isLongText(value)) return decodeBase64(value.utf8, value.utf8)

  return typeof value === 'string' && value !== ''
    ? decodeBase64(new TextEncoder().encode(value))
    : undefined
}
