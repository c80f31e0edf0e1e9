/**
 * Why an input was refused, with what the reader is to do next. A refusal changes nothing at all. It is
 * never the answer to a late or repeated input of a machine: those find the state moved and do nothing.
 */
export const refusalAdvice = {
  'envelope.not-draft': 'The envelope was sent already; make a new one to change it.',
  'envelope.not-sent': 'Send the envelope first.',
  'envelope.ended': 'The envelope has ended; its documents, signatures and events stay readable.',
  'envelope.deadline-passed': 'Choose a deadline in the future in a new envelope.',
  'signing.unknown': 'Use the id of a signing of this envelope.',
  'signing.ended': 'The signing has ended; nothing more can be done in it.',
  'signing.waiting': 'Wait until the earlier order groups have signed.',
  'signing.planning': 'A new request is being prepared; try again in a moment.',
  'signing.not-held': 'Only a signing whose signature is held (INDETERMINATE) can be accepted.',
  'signing.not-covered': 'Some document has no accepted or held signature yet; wait for it.',
  'request.unknown': 'Use the id of a request of this envelope.',
  'request.not-open': 'The request was not shown to anybody yet.',
  'request.not-unknown': 'The outcome of this request is known; there is nothing to resolve.',
  'request.not-renewable': 'The service does not let a request be replaced; wait for its end.',
  'request.in-flight': 'A request is on its way to the service; try again when it is answered.',
  'attempt.unknown': 'Use the id of an attempt of this envelope.',
  'attempt.no-slot': 'Take a slot of a quota bucket first; the service counts its requests.',
  'attempt.not-claimed':
    'Claim the attempt before the call; an answer without a call is no answer.',
  'artifact.unknown': 'Use the id of an artifact of this envelope.',
  'artifact.duplicate': 'One submission brings at most one signature for each content.',
  'content.unknown': 'Name only contents of this request.',
  'seal.unknown': 'Use the id of a seal of this envelope.',
  'seal.stale': 'The seal is out of date; sign the one that replaced it.',
  'seal.mismatch': 'Sign exactly the items of the seal, each once, in their order.',
  'seal.items': 'Build at least one item, each under a name of its own.',
  'seal.made': 'The seal was made already with other signatures.',
  'plan.incomplete': 'Every way to sign must cover every document of the envelope, once.',
  'plan.method-not-allowed': 'Plan only methods that the recipient is allowed.',
  'plan.seal-due': 'A seal must fall due in the future.',
  'reason.missing': 'Give a reason; it is kept and shown with the envelope.',
  'handle.missing': "Give the service's own name of the request, so that it can be watched.",
} as const

export type TransitionRefusalCode = keyof typeof refusalAdvice

export type TransitionRefusal = {
  readonly code: TransitionRefusalCode
  /** Path into the input. */
  readonly field: string
  /** What the reader is to do next, in English; pages translate by `code`. */
  readonly advice: string
}

/** Makes a refusal about one field of the input. */
export function refuse(code: TransitionRefusalCode, field: string): TransitionRefusal {
  return { code, field, advice: refusalAdvice[code] }
}
