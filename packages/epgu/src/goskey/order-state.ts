import { isProcessingState, processingStates } from '../gateway/processing-states.ts'

/** What is read of an order's answer; `OrderDetails` of the gateway client fits. */
export type GoskeyOrderDetails = {
  /** `OK` once the order exists, else a processing state of the gateway (spec §4.3). */
  readonly code: string
  readonly order: GoskeyOrderStatus | undefined
}

/** What of an order its state is told by. */
export type GoskeyOrderStatus = {
  readonly statusId: number
  readonly stateOrgStatusCode: string | undefined
  readonly currentStatus?:
    | {
        readonly statusId?: number
        readonly stateOrgStatusCode: string | undefined
        readonly title: string | undefined
        readonly comment: string | undefined
      }
    | undefined
}

/** Why an order failed, or was not signed. */
export type GoskeyFailure =
  /** Goskey: REQUEST_ERROR. */
  | 'internal'
  /** The sender's signature was not verified within 8 hours. */
  | 'sender-signature'
  /** There is no account of the recipient. */
  | 'recipient-not-found'
  /** The gateway refused before there was an order; `gatewayCode` says why. */
  | 'gateway'
  /** A final bad status of the portal that Goskey has no reason for. */
  | 'portal'
  /** Withdrawn, which Goskey itself does not offer. */
  | 'cancelled'

/** Where an order stands, in one word, and what told it (spec §5.5). */
export type GoskeyOrderState = {
  /**
   * `draft`: a number is reserved, nothing was pushed. `queued`: on its way, or in the app. `signed`:
   * by word of the service; results are still to be verified.
   */
  readonly state: 'draft' | 'queued' | 'signed' | 'rejected' | 'expired' | 'failed'
  readonly isFinal: boolean
  readonly failure?: GoskeyFailure
  readonly gatewayCode?: string
  readonly statusId?: number
  /** `text`: no code was there, and the words of the status had to do. `default`: neither. */
  readonly decidedBy: 'gateway-code' | 'status-id' | 'status-code' | 'text' | 'default'
}

type Reason = Pick<GoskeyOrderState, 'state' | 'failure'>

/** Codes of the app's answer; the samples write them in lower case, the text in upper (table 8). */
const reasons: Readonly<Record<string, Reason>> = Object.freeze({
  done: { state: 'signed' },
  sign_reject: { state: 'rejected' },
  expired: { state: 'expired' },
  request_error: { state: 'failed', failure: 'internal' },
  state_eds_no_answer: { state: 'failed', failure: 'sender-signature' },
  snils_not_found: { state: 'failed', failure: 'recipient-not-found' },
})

/** Words of titles and comments, where no code is given. */
const words: readonly (readonly [RegExp, Reason])[] = [
  [/истек/i, { state: 'expired' }],
  [/не найден/i, { state: 'failed', failure: 'recipient-not-found' }],
  [/отказ|отклон/i, { state: 'rejected' }],
]

const isGatewayFailure = (code: string): boolean =>
  isProcessingState(code) && processingStates[code].outcome === 'failed'

/** What a final status means where nothing tells more. */
const defaults: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  [4, { state: 'rejected' }],
  [5, { state: 'failed', failure: 'internal' }],
  [10, { state: 'failed', failure: 'cancelled' }],
  [22, { state: 'failed', failure: 'portal' }],
  [24, { state: 'failed', failure: 'portal' }],
])

/** Status ids whose reason is told by code or words (§5.5); neither turns them into a success. */
const explained: ReadonlySet<number> = new Set([4, 5])

function reasonByCode({ statusId, stateOrgStatusCode, currentStatus }: GoskeyOrderStatus) {
  const code = [stateOrgStatusCode, currentStatus?.stateOrgStatusCode].find(
    (each) => each !== undefined && each !== '',
  )
  const name = code?.toLowerCase() ?? ''
  const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined

  return explained.has(statusId) && reason?.state !== 'signed' ? reason : undefined
}

function reasonByText({ statusId, currentStatus }: GoskeyOrderStatus): Reason | undefined {
  const text = `${currentStatus?.title ?? ''}\n${currentStatus?.comment ?? ''}`
  // Under an error words alone do not make it the recipient's own refusal.
  const found = words.find(
    ([word, { state }]) => word.test(text) && (statusId === 4 || state !== 'rejected'),
  )

  return found?.[1]
}

function stateOfOrder(order: GoskeyOrderStatus): GoskeyOrderState {
  const { statusId } = order
  if (statusId === 3) {
    return { state: 'signed', isFinal: true, statusId, decidedBy: 'status-id' }
  }
  const byDefault = defaults.get(statusId)
  if (byDefault === undefined) {
    const state = statusId === 0 ? 'draft' : 'queued'

    return { state, isFinal: false, statusId, decidedBy: 'status-id' }
  }
  if (!explained.has(statusId)) {
    return { ...byDefault, isFinal: true, statusId, decidedBy: 'status-id' }
  }
  const byCode = reasonByCode(order)
  if (byCode !== undefined) {
    return { ...byCode, isFinal: true, statusId, decidedBy: 'status-code' }
  }
  const byText = reasonByText(order)

  return byText === undefined
    ? { ...byDefault, isFinal: true, statusId, decidedBy: 'default' }
    : { ...byText, isFinal: true, statusId, decidedBy: 'text' }
}

/**
 * Where an order stands: by the id of its status, then by the code of the app's answer, and only where
 * both leave it open by words, which vary. An answer without an order is on its way until the gateway
 * says that it failed; a status that is not known is never taken for an end.
 */
export function goskeyOrderState({ code, order }: GoskeyOrderDetails): GoskeyOrderState {
  if (order !== undefined) {
    return stateOfOrder(order)
  }

  return isGatewayFailure(code)
    ? {
        state: 'failed',
        failure: 'gateway',
        gatewayCode: code,
        isFinal: true,
        decidedBy: 'gateway-code',
      }
    : { state: 'queued', isFinal: false, decidedBy: 'gateway-code' }
}
