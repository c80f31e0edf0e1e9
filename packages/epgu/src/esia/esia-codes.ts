import type { CodeEntry } from '../codes/code-entry.ts'

/** Codes of the API-Key method: ESIA guide 3.48, table 92 (spec §1). */
export const esiaCodes = {
  'ESIA-005002': {
    action: 'fix-signing',
    meaning: 'the signature is malformed, or made over other bytes than the API-Key',
    advice:
      'Sign the API-Key text itself, without a newline, detached, with a certificate of the organisation that is in force, no more than 24 hours ago by a right clock, and send it as base64url.',
  },
  'ESIA-037218': {
    action: 'fix-config',
    meaning: 'the API-Key does not exist',
    advice: 'Copy the API-Key from the CSV of the cabinet of this contour, test or production.',
  },
  'ESIA-037219': {
    action: 'ask-admin',
    meaning: 'the employee to whom the API-Key was issued does not exist',
    advice: 'Add the employee to the organisation in ESIA and issue another API-Key.',
  },
  'ESIA-038000': {
    action: 'ask-admin',
    meaning: 'the organisation of the API-Key does not exist',
    advice: 'Check the organisation in ESIA and issue another API-Key.',
  },
  'ESIA-037214': {
    action: 'ask-admin',
    meaning: 'the API-Key is blocked',
    advice: 'Unblock the API-Key in the cabinet under “My systems”, or issue another.',
  },
  'ESIA-037213': {
    action: 'renew-key',
    meaning: 'the API-Key has expired',
    advice: 'Issue a new API-Key in the cabinet under “My systems” and put it in its place.',
  },
  'ESIA-037215': {
    action: 'ask-admin',
    meaning: 'the employee who issued the API-Key is blocked',
    advice: 'Have another empowered employee issue a new API-Key.',
  },
  'ESIA-037216': {
    action: 'ask-admin',
    meaning: 'the employee to whom the API-Key was issued is blocked',
    advice: 'Unblock the employee in ESIA, or use the API-Key of another.',
  },
  'ESIA-037217': {
    action: 'ask-admin',
    meaning: 'who issued the API-Key has no valid power of attorney for this vendor system',
    advice: 'Have the head of the organisation renew the power of attorney, then issue a new key.',
  },
  'ESIA-005027': {
    action: 'operator',
    meaning: 'the scopes that the operator configured are unknown to ESIA',
    advice: 'Write to the support of the operator and name the mnemonic of the system.',
  },
  'ESIA-020000': {
    action: 'fix-request',
    meaning: 'the parameters of the request are wrong',
    advice: 'Check the API-Key, a UUID, and that the signature reaches ESIA in one piece.',
  },
} as const satisfies Record<string, CodeEntry>

/** A code of the API-Key method that has a meaning of its own here. */
export type EsiaCode = keyof typeof esiaCodes

/** Whether it is one of the codes of {@link esiaCodes}. */
export function isEsiaCode(code: string): code is EsiaCode {
  return Object.hasOwn(esiaCodes, code)
}
