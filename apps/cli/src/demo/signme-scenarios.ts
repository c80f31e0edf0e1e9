/** What somebody does on the page of Sign.Me. `mistypes-and-signs`: a wrong password first, then the right one. */
export type SignmeAct = 'signs' | 'refuses' | 'mistypes-and-signs'

export type SignmeSigner = {
  /** Id of the user in the sandbox, one who does nothing by himself. */
  readonly user: string
  readonly method: 'PERSON' | 'COMPANY'
  readonly act: SignmeAct
}

/** One way through Sign.Me, and the envelope state in which the spec says it must end. */
export type SignmeScenario = {
  readonly name: string
  /** One goes by 1.1 of the API, several by 2.1. */
  readonly files: number
  /** One after the other. */
  readonly signers: readonly SignmeSigner[]
  /** The request is made, and nobody is told of it (ru-signme §8.1). */
  readonly isAnswerLost?: true
  readonly expected: 'completed' | 'declined'
}

const person = (user: string, act: SignmeAct = 'signs'): SignmeSigner => ({
  user,
  method: 'PERSON',
  act,
})
/** Of the company that knows her. */
const company = (act: SignmeAct = 'signs'): SignmeSigner => ({
  user: 'zoya',
  method: 'COMPANY',
  act,
})
/** Their number is nobody's rule: a group is more than one. */
const group = 3

/**
 * A person and a company, one file and a group: signed (ru-signme §4.1, §4.6, §7), refused (§4.4: status 2), with a
 * wrong password (§6.1: errno 1, which ends nothing) and with an answer that was lost.
 */
export const signmeScenarios: readonly SignmeScenario[] = [
  { name: 'person-one', files: 1, signers: [person('anna')], expected: 'completed' },
  { name: 'person-one-rsa', files: 1, signers: [person('maria')], expected: 'completed' },
  { name: 'person-group', files: group, signers: [person('anna')], expected: 'completed' },
  { name: 'company-one', files: 1, signers: [company()], expected: 'completed' },
  { name: 'company-group', files: group, signers: [company()], expected: 'completed' },
  {
    name: 'two-in-order',
    files: 1,
    signers: [company(), person('anna')],
    expected: 'completed',
  },
  { name: 'person-refused', files: 1, signers: [person('anna', 'refuses')], expected: 'declined' },
  {
    name: 'person-wrong-password',
    files: 1,
    signers: [person('anna', 'mistypes-and-signs')],
    expected: 'completed',
  },
  {
    name: 'person-lost-answer',
    files: 1,
    signers: [person('anna')],
    isAnswerLost: true,
    expected: 'completed',
  },
]
