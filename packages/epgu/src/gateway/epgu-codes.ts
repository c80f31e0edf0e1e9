import type { CodeEntry } from '../codes/code-entry.ts'

/** Error codes of the gateway: core API 1.13, appendix 4 (spec §2). */
export const epguCodes = {
  bad_request: {
    action: 'fix-request',
    meaning: 'a parameter is wrong',
    advice: 'Correct the parameter that the answer names.',
  },
  service_not_found: {
    action: 'fix-config',
    meaning: 'the service code is unknown',
    advice: 'Check serviceCode and targetCode against the specification of the service.',
  },
  access_denied_person_permissions: {
    action: 'ask-admin',
    meaning: 'the token has no permission that contains APIPGU',
    advice:
      'Have the person grant the system access to the API of the portal, then get a new token.',
  },
  access_denied_personal_data: {
    action: 'operator',
    meaning: 'the system is not cleared for files with personal data',
    advice: 'Apply to the operator for clearance of the system for personal data.',
  },
  access_denied_service: {
    action: 'operator',
    meaning: 'the system is not approved for this service',
    advice: 'Apply in the partner cabinet for access of the system to this service.',
  },
  access_denied_system: {
    action: 'fix-config',
    meaning: 'the system is not approved, or came over a channel without GOST TLS',
    advice:
      'Use the host of GOST TLS through a local terminator; else apply for access of the system.',
  },
  access_denied_user: {
    action: 'ask-admin',
    meaning: 'this type of user (legal entity, entrepreneur, person) may not use the service',
    advice: 'Use the API-Key of an organisation of the type that the service is for.',
  },
  access_denied_user_legal: {
    action: 'fix-config',
    meaning: 'the organisation of the token does not own the system',
    advice:
      'Use an API-Key that the owner of the system issued, or a system open to other organisations.',
  },
  bad_delegation: {
    action: 'ask-admin',
    meaning: 'the employee lacks the needed power of attorney',
    advice: 'Have the head of the organisation issue the power in the cabinet of ESIA.',
  },
  config_delegation: {
    action: 'operator',
    meaning: 'no such power exists for the service',
    advice: 'Write to the support of the operator: the powers of the service are not configured.',
  },
  push_denied: {
    action: 'ask-admin',
    meaning: 'only the head or an empowered employee may send',
    advice: 'Use the API-Key of the head, or of an employee with the power of attorney.',
  },
  order_access: {
    action: 'fix-config',
    meaning: 'the order belongs to somebody else',
    advice: 'Ask with an API-Key of the organisation that sent the order.',
  },
  cancel_not_allowed: {
    action: 'fix-request',
    meaning: 'the order cannot be cancelled in its status',
    advice: 'Wait for the end of the order; some services, Goskey among them, never cancel.',
  },
  limitation_exception: {
    action: 'retry-later',
    meaning: 'a quota is used up',
    advice: 'Wait: 20 orders of a service in 10 minutes are allowed to one user.',
  },
  not_found: {
    action: 'fix-request',
    meaning: 'there is no such order',
    advice: 'Check the number, the contour and the organisation that sent the order.',
  },
  internal_error: {
    action: 'operator',
    meaning: 'an incident on the side of the portal',
    advice:
      'Try again later; when it lasts, write to the support with the time and the order number.',
  },
} as const satisfies Record<string, CodeEntry>

/** A code of the gateway that has a meaning of its own here. */
export type EpguCode = keyof typeof epguCodes

/** Whether it is one of the codes of {@link epguCodes}. */
export function isEpguCode(code: string): code is EpguCode {
  return Object.hasOwn(epguCodes, code)
}
