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
  {
    file: 'integers/inverse.as.ts',
    before: 'const batches = i32(length / 9) * 5',
    after: 'const batches = i32(length / 9) * 6',
    reason: 'Steps beyond those that are enough change nothing: g is 0 by then.',
  },
  {
    file: 'integers/inverse.as.ts',
    before: 'let eta: i32 = -1',
    after: 'let eta: i32 = -2',
    reason: 'Division steps from any start lead to the same inverse; only their number differs.',
  },
  {
    file: 'any-prime/any-prime.as.ts',
    before: 'export const blindAddress: usize = secrets + 128',
    after: 'export const blindAddress: usize = secrets + 129',
    reason:
      'The octet that two places then share is not read: eight octets of the second half are used.',
  },
  {
    file: 'any-prime/any-prime.as.ts',
    before: 'for (let i = 8 * byteLength - 1; i >= 0; i--) {',
    after: 'for (let i = 8 * byteLength - 2; i >= 0; i--) {',
    reason: 'Where there are points outside the subgroup the highest bit of q is 0.',
  },
]
