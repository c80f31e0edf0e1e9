/** Calls that a fault can be put on; `page` is the signing page, `act` its form, `any` every one of them. */
export const FAULT_CALLS = [
  'sign',
  'multi',
  'check',
  'check-request',
  'check-multi',
  'status',
  'multi-status',
  'reject',
  'multi-reject',
  'container',
  'page',
  'act',
  'newer',
  'any',
] as const
export type FaultCall = (typeof FAULT_CALLS)[number]

/**
 * `drop-before-body`: the connection is cut once the headers are there. `drop-during-body`: in the middle of
 * the body. `drop-after-body`: when all of it is there. `drop-answer`: in the middle of the answer.
 * `html`: a page of a proxy, 502 unless `status` says otherwise. `truncated`: half of the answer's text, whole by
 * its length. `redirect`: to the same place, 302 unless `status` says otherwise. `quoted`: the text in quotes.
 * `text`: `text` in place of the answer. `delay`: nothing but `delayMs`.
 */
export const CALL_FAULTS = [
  'drop-before-body',
  'drop-during-body',
  'drop-after-body',
  'drop-answer',
  'html',
  'truncated',
  'redirect',
  'quoted',
  'text',
  'delay',
] as const
export type CallFaultKind = (typeof CALL_FAULTS)[number]

export type CallFault = {
  readonly on: FaultCall
  readonly fault: CallFaultKind
  /** How many calls are still to be hit. */
  readonly times: number
  /** Hits only calls with this text in path or body: a suffix, UUID, MD5, file name or phone. */
  readonly match?: string
  /** Real time before anything is answered, ms. */
  readonly delayMs: number
  /** What was asked is done all the same, as far as the fault lets the service see it. */
  readonly isDone: boolean
  readonly status?: number
  readonly text?: string
}

/**
 * What is wrong with a signature. `other-user`: by somebody else. `same-md5`: over other octets with the MD5 of
 * the file, which must begin with one of the colliding strings. `other-bytes`: over quite other octets.
 * `broken-digest`: messageDigest is of nothing. `extra-signer`: a stranger beside the signer. `missing`: signed by
 * status, and no container. `count`: the check counts one more than it lists.
 */
export const SIGN_FAULTS = [
  'other-user',
  'same-md5',
  'other-bytes',
  'broken-digest',
  'extra-signer',
  'revoked',
  'expired',
  'missing',
  'count',
] as const
export type SignFault = (typeof SIGN_FAULTS)[number]

/**
 * What is wrong with the push and the notification. `early`: the addressee signs, and the push comes, before the
 * request is answered. `duplicate`: everything twice. `lost`: nothing. `foreign-key`: the notification carries
 * another site's key. `false`: `signed=true` is told, and nothing was signed.
 */
export const PUSH_FAULTS = ['early', 'duplicate', 'lost', 'foreign-key', 'false'] as const
export type PushFault = (typeof PUSH_FAULTS)[number]

export type OutcomeFault = { readonly sign?: SignFault; readonly push?: PushFault }

/** An outcome for requests that come, with how many of them it takes. */
export type PlannedOutcome = OutcomeFault & { readonly match?: string; readonly times: number }

export type Faults = {
  readonly calls: () => readonly CallFault[]
  readonly outcomes: () => readonly PlannedOutcome[]
  readonly set: (faults: {
    readonly calls: readonly CallFault[]
    readonly outcomes: readonly PlannedOutcome[]
  }) => void
  /** Must the body be seen before it is known whether a fault hits this call? */
  readonly needsBody: (call: FaultCall) => boolean
  readonly take: (call: FaultCall, text: string) => CallFault | undefined
  readonly takeOutcome: (text: string) => OutcomeFault | undefined
}

export function createFaults(): Faults {
  let calls: readonly CallFault[] = []
  let outcomes: readonly PlannedOutcome[] = []
  const isOn = (fault: CallFault, call: FaultCall): boolean =>
    fault.on === call || fault.on === 'any'

  return {
    calls: () => calls,
    outcomes: () => outcomes,
    set: (next) => {
      calls = next.calls
      outcomes = next.outcomes
    },
    needsBody: (call) => calls.some((fault) => isOn(fault, call) && fault.match !== undefined),
    take: (call, text) => {
      const found = calls.find((fault) => isOn(fault, call) && text.includes(fault.match ?? ''))
      if (found !== undefined) calls = counted(calls, found)

      return found
    },
    takeOutcome: (text) => {
      const found = outcomes.find(({ match = '' }) => text.includes(match))
      if (found === undefined) return undefined
      outcomes = counted(outcomes, found)
      const { sign, push } = found

      return { ...(sign === undefined ? {} : { sign }), ...(push === undefined ? {} : { push }) }
    },
  }
}

/** The list with one less of what was taken. */
function counted<Item extends { readonly times: number }>(
  list: readonly Item[],
  taken: Item,
): readonly Item[] {
  return list
    .map((each) => (each === taken ? { ...each, times: each.times - 1 } : each))
    .filter(({ times }) => times > 0)
}
