/**
 * Altered lines that no known answer can notice because the result stays right, each with the reason.
 * Everything else that the mutation test does not see noticed is a gap in the known answers.
 * @module
 */
export type EquivalentMutant = {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly reason: string
}

export const equivalentMutants: readonly EquivalentMutant[] = [
  {
    file: 'gost94/gost94-source.ts',
    before: "      .join(' ^ ')}`,",
    after: "      .join(' | ')}`,",
    reason:
      'The four entries of a round have no bit in common: each holds eight bits of the word, so their sum, exclusive or, and or are one.',
  },
]
