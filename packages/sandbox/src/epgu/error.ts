import { jsonResponse, type SimResponse } from '../http/sim-http.ts'

/** Codes of EPGU's error body that the simulator answers with (ru-epgu-goskey §2). */
export type EpguCode =
  | 'bad_request'
  | 'service_not_found'
  | 'access_denied_person_permissions'
  | 'access_denied_personal_data'
  | 'access_denied_service'
  | 'access_denied_system'
  | 'access_denied_user'
  | 'access_denied_user_legal'
  | 'bad_delegation'
  | 'config_delegation'
  | 'push_denied'
  | 'order_access'
  | 'cancel_not_allowed'
  | 'limitation_exception'
  | 'internal_error'

/** HTTP status of each code; the operator gives no mapping, so all of them are assumed. */
const STATUS: Readonly<Record<EpguCode, number>> = {
  bad_request: 400,
  service_not_found: 409,
  access_denied_person_permissions: 403,
  access_denied_personal_data: 403,
  access_denied_service: 403,
  access_denied_system: 403,
  access_denied_user: 403,
  access_denied_user_legal: 403,
  bad_delegation: 403,
  config_delegation: 403,
  push_denied: 403,
  order_access: 403,
  cancel_not_allowed: 409,
  limitation_exception: 409,
  internal_error: 500,
}

/**
 * A refusal of EPGU, thrown by whatever finds the reason and answered at one place. It is an answer on its way,
 * with a code of the operator, and no error of ours: it never leaves this room.
 */
export class EpguRefusal extends Error {
  override readonly name = 'EpguRefusal'
  readonly response: SimResponse
  readonly note: string

  constructor(response: SimResponse, note: string) {
    super(note)
    this.response = response
    this.note = note
  }
}

/** A refusal with a JSON body. */
export function refuse(code: EpguCode, message: string): EpguRefusal {
  return new EpguRefusal(jsonResponse(STATUS[code], { code, message }), `${code}: ${message}`)
}

/** A refusal without a body: 204, 401, 404, 429, 5xx. */
export function refuseWith(status: number, note: string): EpguRefusal {
  return new EpguRefusal({ status }, note)
}

/** 400 for a parameter, which the message names. */
export function badParameter(name: string, why: string): EpguRefusal {
  return refuse('bad_request', `Parameter '${name}' ${why}`)
}
