import type {
  AttentionKind,
  DisplayAttention,
  EnvelopeState,
  Indication,
  RequestView,
  SigningState,
} from '../api/types.ts'

/**
 * Everything that a seal can say: ui.md §8. `unknown` and `mismatch` stand in place of a state;
 * `unsealed` is `sealing` when a person must act.
 */
export type SealState =
  | SigningState
  | 'unknown'
  | 'mismatch'
  | 'unsealed'
  | 'draft'
  | 'completed'
  | 'passed'
  | 'indeterminate'
  | 'refuted'

/** Colour by meaning, never alone: form and word stand beside it. */
export type Tone = 'neutral' | 'live' | 'ok' | 'warn' | 'bad'

/** `half` is being checked; `filled` is what Muhr itself has proved, good or bad. */
export type SealForm = 'outline' | 'dashed' | 'dotted' | 'half' | 'filled'

export type SealSign =
  | 'none'
  | 'key'
  | 'arrow'
  | 'eye'
  | 'check'
  | 'bar'
  | 'clock'
  | 'cross'
  | 'question'
  | 'not-equal'
  | 'bang'

export type SealLook = {
  readonly form: SealForm
  readonly sign: SealSign
  readonly tone: Tone
  /** The outline moves: something is under way this very moment. */
  readonly moving?: true
}

export const sealLooks: Readonly<Record<SealState, SealLook>> = {
  draft: { form: 'dotted', sign: 'none', tone: 'neutral' },
  waiting: { form: 'outline', sign: 'none', tone: 'neutral' },
  sealing: { form: 'outline', sign: 'key', tone: 'live' },
  unsealed: { form: 'dashed', sign: 'key', tone: 'warn' },
  dispatching: { form: 'dashed', sign: 'arrow', tone: 'live', moving: true },
  sent: { form: 'outline', sign: 'arrow', tone: 'live' },
  viewed: { form: 'outline', sign: 'eye', tone: 'live' },
  received: { form: 'half', sign: 'none', tone: 'live' },
  held: { form: 'half', sign: 'question', tone: 'warn' },
  signed: { form: 'filled', sign: 'check', tone: 'ok' },
  completed: { form: 'filled', sign: 'check', tone: 'ok' },
  declined: { form: 'outline', sign: 'bar', tone: 'bad' },
  expired: { form: 'outline', sign: 'clock', tone: 'warn' },
  voided: { form: 'outline', sign: 'cross', tone: 'neutral' },
  unknown: { form: 'dashed', sign: 'question', tone: 'warn' },
  mismatch: { form: 'filled', sign: 'not-equal', tone: 'bad' },
  failed: { form: 'filled', sign: 'bang', tone: 'bad' },
  passed: { form: 'filled', sign: 'check', tone: 'ok' },
  indeterminate: { form: 'outline', sign: 'question', tone: 'warn' },
  refuted: { form: 'filled', sign: 'bang', tone: 'bad' },
}

export const signingEnds: ReadonlySet<SigningState> = new Set([
  'signed',
  'declined',
  'expired',
  'voided',
  'failed',
])

/**
 * What a row shows for one signing: a wrong signature or a lost answer on a live request stands in
 * place of the state while it lasts (ui.md, first paragraph). An ended signing shows its end.
 */
export function signingSeal(signing: {
  readonly state: SigningState
  readonly requests?: readonly RequestView[]
  readonly attention?: DisplayAttention | null | undefined
}): SealState {
  if (signingEnds.has(signing.state)) return signing.state

  const requests = signing.requests ?? []

  if (signing.attention === 'mismatch' || requests.some(hasWrongSignature)) return 'mismatch'
  if (signing.attention === 'unknown' || requests.some(isSilent)) return 'unknown'
  if (signing.attention === 'seal' || requests.some(needsSeal)) return 'unsealed'

  return signing.state
}

/** Waits for a signer who may still use a code: also after a signature that was not accepted. */
export function needsCode(signing: {
  readonly state: SigningState
  readonly requests?: readonly RequestView[]
}): boolean {
  return (
    signing.state === 'sent' ||
    signing.state === 'viewed' ||
    (signing.state === 'received' && signingSeal(signing) === 'mismatch')
  )
}

/** A closed request in whose place another stands, or that was never there, says nothing any more. */
export function isReplaced({ outcome }: Pick<RequestView, 'outcome'>): boolean {
  return outcome === 'superseded' || outcome === 'absent'
}

/** Attention is a flag on the last try. */
function flagOf(request: RequestView): AttentionKind | undefined {
  return isReplaced(request) ? undefined : request.attention?.kind
}

function hasWrongSignature(request: RequestView): boolean {
  const flag = flagOf(request)

  return flag !== undefined && flag !== 'provider' && flag !== 'seal'
}

/** Its service did not say what it should, or nothing at all. */
function isSilent(request: RequestView): boolean {
  return request.state === 'unknown' || flagOf(request) === 'provider'
}

/** The key of the sender did not sign, or a clerk is to confirm. */
function needsSeal(request: RequestView): boolean {
  return flagOf(request) === 'seal' || request.clerkSeal !== undefined
}

/** From the least to the most advanced of the states in which a signing is still open. */
const openOrder: readonly SigningState[] = [
  'waiting',
  'sealing',
  'dispatching',
  'sent',
  'viewed',
  'held',
  'received',
]

/**
 * The seal of an envelope: any wrong signature or unknown outcome first, then half filled while a
 * signature is being checked, then the most advanced open signing; an end shows itself.
 */
export function envelopeSeal(envelope: {
  readonly state: EnvelopeState
  readonly signings: readonly {
    readonly state: SigningState
    readonly requests?: readonly RequestView[]
    readonly attention?: DisplayAttention | null | undefined
  }[]
}): SealState {
  if (envelope.state !== 'sent') return envelope.state

  const seals = envelope.signings.map(signingSeal)

  if (seals.includes('mismatch')) return 'mismatch'
  if (seals.includes('unknown')) return 'unknown'
  if (seals.includes('unsealed')) return 'unsealed'

  const furthest = Math.max(-1, ...envelope.signings.map(({ state }) => openOrder.indexOf(state)))

  return openOrder[furthest] ?? 'sent'
}

/** The seal of a verification report. INDETERMINATE is never rounded up or down. */
export function verdictSeal(indication: Indication): 'passed' | 'indeterminate' | 'refuted' {
  switch (indication) {
    case 'TOTAL-PASSED':
      return 'passed'
    case 'INDETERMINATE':
      return 'indeterminate'
    case 'TOTAL-FAILED':
      return 'refuted'
  }
}
