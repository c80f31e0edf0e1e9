/** What a processing state of the gateway means for who waits. */
export type ProcessingEntry = {
  readonly outcome: 'pending' | 'accepted' | 'failed'
  readonly meaning: string
  readonly advice: string
}

const wait = 'Wait and ask again.'

/** `code` of the order details before the order exists: core API 1.13, appendix 1 (spec §4.3). */
export const processingStates = {
  OK: { outcome: 'accepted', meaning: 'the order exists', advice: 'Read its status.' },
  NEW: { outcome: 'pending', meaning: 'the request is registered', advice: wait },
  VALIDATION: { outcome: 'pending', meaning: 'the files are being validated', advice: wait },
  FILES_VERIFICATION: {
    outcome: 'pending',
    meaning: 'the signatures are being checked',
    advice: wait,
  },
  FILES_VERIFICATION_SUCCESS: {
    outcome: 'pending',
    meaning: 'the signatures are fine',
    advice: wait,
  },
  RETRY: { outcome: 'pending', meaning: 'the gateway repeats a step', advice: wait },
  DONE: { outcome: 'accepted', meaning: 'the request was handed over to the portal', advice: wait },
  LIMITATION_EXCEPTION: {
    outcome: 'failed',
    meaning: 'a quota is used up',
    advice: 'Send again later: 20 orders of a service in 10 minutes are allowed to one user.',
  },
  INVALID_FILES_STRUCTURE: {
    outcome: 'failed',
    meaning: 'the archive has folders',
    advice: 'Pack the files flat, without folders and nested archives.',
  },
  VALIDATION_ERROR: {
    outcome: 'failed',
    meaning: 'a file breaks its rules, its XSD for example',
    advice: 'Check the XML against the XSD of the service, and names and types of the files.',
  },
  REQ_NOT_FOUND: {
    outcome: 'failed',
    meaning: 'the transport XML is missing',
    advice: 'Put req.xml into the root of the archive under exactly this name.',
  },
  MPC_NOT_FOUND: {
    outcome: 'failed',
    meaning: 'the business XML is missing',
    advice: 'Put the XML of the service into the archive under the name that the service asks for.',
  },
  REQ_VERIFY_FAILED: {
    outcome: 'failed',
    meaning: 'the data of the XML are not those of the applicant',
    advice: 'Check the applicant in the XML against the organisation of the API-Key.',
  },
  FILES_VERIFICATION_FAILED: {
    outcome: 'failed',
    meaning: 'a signature is missing or invalid',
    advice: 'Put NAME.EXT.sig, detached and qualified, beside every file, req.xml included.',
  },
  INTERNAL_ERROR: {
    outcome: 'failed',
    meaning: 'a technical error of the gateway',
    advice: 'Send again under a new number; when it lasts, write to the support of the operator.',
  },
  CREATE_ORDER_FORBIDDEN: {
    outcome: 'failed',
    meaning: 'a power or a setting for this service is missing',
    advice: 'Check the powers of the employee and the access of the system to the service.',
  },
} as const satisfies Record<string, ProcessingEntry>

/** A processing state that has a meaning of its own here. */
export type ProcessingState = keyof typeof processingStates

/** Whether it is one of the states of {@link processingStates}. */
export function isProcessingState(code: string): code is ProcessingState {
  return Object.hasOwn(processingStates, code)
}
