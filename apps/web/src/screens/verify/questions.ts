import type { CheckResult, ReportedSignature } from '../../api/report-types.ts'

/** The five questions of ui.md §15, always the same and in this order. */
export const questions = ['unchanged', 'key', 'trusted', 'revoked', 'time'] as const
export type Question = (typeof questions)[number]
export type Answer = 'yes' | 'unknown' | 'no'

export type Answered = {
  readonly question: Question
  readonly answer: Answer
  /** Moment that the ground names, ISO 8601. */
  readonly at?: string | undefined
  /** Which words give the ground. */
  readonly ground: 'plain' | 'part' | 'ocsp' | 'crl' | 'chain' | 'stamp' | 'claimed' | 'none'
  readonly count?: number | undefined
}

/** Checks of the report that each question rests on. */
const grounds: Readonly<Record<Question, readonly string[]>> = {
  unchanged: ['content-digest', 'coverage'],
  key: ['signature-value', 'signing-certificate', 'format'],
  trusted: ['certificate-path', 'certificate-validity', 'key-usage', 'algorithms', 'sandbox'],
  revoked: ['revocation'],
  time: ['time-stamp'],
}

const answers: Readonly<Record<CheckResult, Answer>> = {
  passed: 'yes',
  indeterminate: 'unknown',
  failed: 'no',
}

/**
 * The worst result of the checks that a question rests on. A question without any check is
 * unknown: no data is never "yes" (design rule 5).
 */
function worst(signature: ReportedSignature, question: Question): Answer {
  const results = signature.checks
    .filter(({ name }) => grounds[question].includes(name))
    .map(({ result }) => result)

  if (results.length === 0) return 'unknown'
  if (results.includes('failed')) return 'no'

  return answers[results.includes('indeterminate') ? 'indeterminate' : 'passed']
}

/** The five questions answered from the facts of one signature, each with its ground. */
export function answerQuestions(signature: ReportedSignature): readonly Answered[] {
  return questions.map((question) => {
    const answer = worst(signature, question)

    switch (question) {
      case 'unchanged':
        return { question, answer, ground: isPart(signature) ? 'part' : 'plain' }
      case 'trusted':
        return {
          question,
          answer,
          ground: answer === 'yes' ? 'chain' : 'plain',
          count: signature.chain.length,
        }
      case 'revoked':
        return revocation(signature, answer)
      case 'time':
        return time(signature, answer)
      default:
        return { question, answer, ground: 'plain' }
    }
  })
}

/** The signed octets are right, and are not all that the document shows. */
function isPart({ checks }: ReportedSignature): boolean {
  const isOpen = (name: string) =>
    checks.some((check) => check.name === name && check.result !== 'passed')

  return isOpen('coverage') && !isOpen('content-digest')
}

function revocation(signature: ReportedSignature, answer: Answer): Answered {
  const own = signature.revocation.find(({ source }) => source !== 'none')

  if (answer !== 'yes' || own === undefined || own.source === 'none') {
    return {
      question: 'revoked',
      answer: own === undefined && answer === 'yes' ? 'unknown' : answer,
      ground: 'none',
    }
  }

  return { question: 'revoked', answer, ground: own.source, at: own.thisUpdate }
}

function time(signature: ReportedSignature, answer: Answer): Answered {
  const stamp = signature.timestamps.find(({ valid }) => valid)

  if (stamp !== undefined && answer !== 'no') {
    return { question: 'time', answer: 'yes', ground: 'stamp', at: stamp.genTime }
  }

  // Only the signer's own clock: nobody vouches for it.
  return {
    question: 'time',
    answer: answer === 'no' && signature.timestamps.length > 0 ? 'no' : 'unknown',
    ground: signature.signingTime === undefined ? 'none' : 'claimed',
    at: signature.signingTime,
  }
}

/** Advice by sub-indication; one without words of its own gets the general one. */
const advised = [
  'HASH_FAILURE',
  'FORMAT_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
  'SIGNED_DATA_NOT_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'TRY_LATER',
] as const

/** Key of the words that tell what to do. */
export function adviceKey(
  subIndication: string | undefined,
): `todo.${(typeof advised)[number] | 'other'}` {
  const known = advised.find((each) => each === subIndication)

  return `todo.${known ?? 'other'}`
}
