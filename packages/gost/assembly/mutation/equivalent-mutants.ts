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

export const equivalentMutants: readonly EquivalentMutant[] = []
