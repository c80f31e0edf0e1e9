import type { Input } from '../inputs.ts'
import type { Artifact, ArtifactStanding, Attention } from '../model.ts'
import type { Verdict } from '../words.ts'
import { raiseAttention } from './attention.ts'
import {
  type Change,
  findRequest,
  findSigning,
  owe,
  patchArtifact,
  patchSigning,
  record,
} from './change.ts'
import { isCovered, isRequestCovered } from './coverage.ts'
import { closeRequest, markSigned } from './end.ts'
import { isFinal } from './order.ts'
import { advanceSigning, completeOrContinue } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'
import { nextRecheck } from './schedules.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>

/**
 * The only judgement there is (design §3 rules 1 and 5): accepted when everything passed, over our own
 * content, by the expected person; held when nothing is wrong but data is missing; refused otherwise.
 * Content and person must match even to be held: a person may accept a held one later.
 */
export function standingOf(verdict: Verdict): 'accepted' | 'held' | 'refused' {
  if (verdict.content !== 'match' || verdict.identity !== 'match') {
    return 'refused'
  }
  if (verdict.violated === true) {
    return 'refused'
  }
  switch (verdict.indication) {
    case 'TOTAL-PASSED':
      return 'accepted'
    case 'INDETERMINATE':
      return 'held'
    case 'TOTAL-FAILED':
      return 'refused'
  }
}

/** A verifier judged an artifact. */
export function verified(
  change: Change,
  input: InputOf<'verified'>,
): TransitionRefusal | undefined {
  const artifact = change.aggregate.artifacts.find((each) => each.id === input.artifact)
  if (artifact === undefined) {
    return refuse('artifact.unknown', 'artifact')
  }
  const signing = findSigning(change, artifact.signing)
  const isEnded = signing === undefined || isFinal(signing.state)
  if (artifact.standing === 'late' && artifact.verdict === undefined) {
    patchArtifact(change, artifact.id, { verdict: input.verdict })
    recordVerdict(change, artifact, 'artifact.late', input.verdict)
    concludeAgain(change)
  } else if (artifact.standing === 'pending') {
    judge(change, artifact, { verdict: input.verdict, isEnded })
  } else if (artifact.standing === 'held' && !isEnded) {
    judge(change, artifact, { verdict: input.verdict, isEnded })
  } else if (artifact.verdict?.report !== input.verdict.report) {
    // What an end or a completed envelope stands on never moves; the report is kept beside it.
    recordVerdict(change, artifact, 'artifact.rechecked', input.verdict)
  }

  return undefined
}

function judge(
  change: Change,
  artifact: Artifact,
  { verdict, isEnded }: { readonly verdict: Verdict; readonly isEnded: boolean },
): void {
  const standing = standingOf(verdict)
  patchArtifact(change, artifact.id, { standing, verdict })
  const isHeldStill = artifact.standing === 'held' && standing === 'held'
  recordVerdict(
    change,
    artifact,
    isHeldStill ? 'artifact.rechecked' : `artifact.${standing}`,
    verdict,
  )
  if (isEnded) {
    concludeAgain(change)
    return
  }
  switch (standing) {
    case 'accepted':
      signWhenCovered(change, artifact)
      break
    case 'held':
      advanceSigning(change, artifact.signing, 'held')
      owe(change, {
        kind: 'recheck',
        artifact: artifact.id,
        at: nextRecheck(artifact.receivedAt, change.now),
      })
      break
    case 'refused':
      flag(change, artifact, verdict)
      break
  }
}

function recordVerdict(
  change: Change,
  artifact: Artifact,
  type: `artifact.${Exclude<ArtifactStanding, 'pending'>}` | 'artifact.rechecked',
  verdict: Verdict,
): void {
  record(change, type, {
    signing: artifact.signing,
    request: artifact.request,
    artifact: artifact.id,
    data: {
      indication: verdict.indication,
      ...(verdict.subIndication === undefined ? {} : { subIndication: verdict.subIndication }),
      content: verdict.content,
      identity: verdict.identity,
      report: verdict.report,
    },
  })
}

/**
 * Evidence of an envelope that ended otherwise than completed takes in what was judged after its end.
 * That of a completed one is proven already and stays as it was handed out.
 */
function concludeAgain(change: Change): void {
  const { state } = change.aggregate.envelope
  if (state !== 'sent' && state !== 'draft' && state !== 'completed') {
    owe(change, { kind: 'conclude' })
  }
}

function signWhenCovered(change: Change, artifact: Artifact): void {
  const request = findRequest(change, artifact.request)
  if (request !== undefined && isRequestCovered(change.aggregate, request, ['accepted'])) {
    closeRequest(change, request.id, 'signed')
  }
  if (isCovered(change.aggregate, artifact.signing, ['accepted'])) {
    markSigned(change, artifact.signing, { standings: ['accepted'] })
    completeOrContinue(change)
  }
}

function flag(change: Change, artifact: Artifact, verdict: Verdict): void {
  const request = findRequest(change, artifact.request)
  if (request !== undefined) {
    raiseAttention(change, request, { ...causeOf(verdict), artifact: artifact.id })
  }
}

/**
 * Whether the person is what is wrong. What failed altogether (unreadable, no signature at all) names
 * nobody: then that is the cause, not the person.
 */
export function isOfWrongPerson(verdict: Verdict): boolean {
  return (
    verdict.identity === 'mismatch' ||
    (verdict.identity === 'unknown' && verdict.indication !== 'TOTAL-FAILED')
  )
}

function causeOf(verdict: Verdict): Pick<Attention, 'kind' | 'code'> {
  if (verdict.content !== 'match') {
    return { kind: 'content', code: verdict.subIndication ?? 'content-mismatch' }
  }
  if (isOfWrongPerson(verdict)) {
    return { kind: 'person', code: `identity-${verdict.identity}` }
  }

  return { kind: 'verifier', code: verdict.subIndication ?? verdict.indication }
}

/**
 * A named person takes responsibility for what the verifier could not decide (design §3 rule 1). Who and
 * why stay with the signing for ever; the artifact itself stays `held`.
 */
export function acceptHeld(
  change: Change,
  input: InputOf<'accept-held'>,
): TransitionRefusal | undefined {
  const signing = findSigning(change, input.signing)
  if (signing === undefined) {
    return refuse('signing.unknown', 'signing')
  }
  if (isFinal(signing.state)) {
    return refuse('signing.ended', 'signing')
  }
  if (signing.state !== 'held') {
    return refuse('signing.not-held', 'signing')
  }
  const reason = input.reason.trim()
  if (reason === '') {
    return refuse('reason.missing', 'reason')
  }
  if (!isCovered(change.aggregate, signing.id, ['accepted', 'held'])) {
    return refuse('signing.not-covered', 'signing')
  }
  patchSigning(change, signing.id, {
    acceptedBy: { actor: input.actor, reason, at: change.now },
  })
  record(change, 'signing.accepted', { actor: input.actor, signing: signing.id })
  markSigned(change, signing.id, { actor: input.actor, standings: ['accepted', 'held'] })
  completeOrContinue(change)

  return undefined
}
