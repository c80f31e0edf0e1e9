import { isRecord, memberOf, readJson } from '@muhr/http'
import type { UnreadableReason } from '../error.ts'
import { unusable } from '../errors.ts'
import { invalidArgument } from '../invalid-argument.ts'
import { formBody, jsonBody } from '../wire/request-body.ts'
import { callSignme } from './call.ts'
import { keyOf, type SignmeContext } from './context.ts'
import { type Company, companyFields, personFields, type Signer } from './signer.ts'
import type { AskOptions } from './status.ts'

/** Whom to look for: each member is asked for by itself. */
export type Precheck = { readonly signer?: Signer; readonly company?: Company }

/** What is known of one of them. */
export type PrecheckFinding = {
  readonly field: 'phone' | 'email' | 'snils' | 'cinn' | 'cogrn'
  /** Whether the service has an account by it. */
  readonly isRegistered: boolean
  /** Whether the account is approved; undefined where the answer does not say. */
  readonly isApproved: boolean | undefined
}

/**
 * `POST /register/precheck`: whether people and companies are registered, before a document is sent. Of
 * the newer API, seen in public clients, not in the text (spec §11): treat what it says as a hint.
 */
export async function precheck(
  context: SignmeContext,
  { signer = {}, company = {} }: Precheck,
  { signal }: AskOptions,
): Promise<readonly PrecheckFinding[]> {
  const person = personFields(signer)
  const organisation = companyFields(company)
  const asked = Object.entries({
    phone: person.user_ph,
    email: person.user_email,
    snils: person.user_snils,
    cinn: organisation.company_inn,
    cogrn: organisation.company_ogrn,
  }).filter((entry): entry is [PrecheckFinding['field'], string] => entry[1] !== undefined)
  if (asked.length === 0) throw invalidArgument('precheck', 'a signer or a company')

  const fields = { ...Object.fromEntries(asked), [context.keyField]: keyOf(context) }
  const { octets, httpStatus } = await callSignme(context, {
    operation: 'precheck',
    path: '/register/precheck',
    body: context.wire === 'json' ? jsonBody('json', 'jsonrequest', fields) : formBody(fields),
    limitBytes: context.limits.maxTextBytes,
    secrets: asked.map(([, value]) => value),
    signal,
  })
  const refuse = (reason: UnreadableReason) => unusable('precheck', reason, httpStatus)
  if (octets.length === 0) throw refuse('empty')
  const reading = readJson(octets)
  if (!reading.ok) throw refuse(reading.reason)
  const { value } = reading
  // `{}` for nobody; PHP may write an empty object as an empty array.
  const isNobody = Array.isArray(value) && value.length === 0
  if (!isNobody && !isRecord(value)) throw refuse('wrong-shape')

  return asked.map(([field]) => readFinding(field, isRecord(value) ? memberOf(value, field) : null))
}

function readFinding(field: PrecheckFinding['field'], said: unknown): PrecheckFinding {
  if (!isRecord(said)) return { field, isRegistered: said === true, isApproved: undefined }
  const approved = memberOf(said, 'approved')
  const isApproved =
    approved === undefined || approved === null
      ? undefined
      : approved === true || approved === 1 || approved === '1' || approved === 'true'

  // Applications without an account stand in `requests`.
  return {
    field,
    isRegistered: memberOf(said, 'id') !== undefined || isApproved !== undefined,
    isApproved,
  }
}
