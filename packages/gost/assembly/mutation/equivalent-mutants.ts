// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of generators are quoted
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
    before: 'for (let i = 8 * byteLength - 1; i >= 0; i--) {',
    after: 'for (let i = 8 * byteLength - 2; i >= 0; i--) {',
    reason: 'Where there are points outside the subgroup the highest bit of q is 0.',
  },
  {
    file: 'any-prime/any-prime.as.ts',
    before: 'const WINDOW_ENTRIES: u32 = 16',
    after: 'const WINDOW_ENTRIES: u32 = 17',
    reason:
      'No digit of four bits asks for a seventeenth multiple, and what it is written over is written anew before it is read.',
  },
  {
    file: 'any-prime/any-prime.as.ts',
    before: 'const SECRETS = 1424',
    after: 'const SECRETS = 1425',
    reason: 'One octet more is reserved and overwritten, which nothing uses.',
  },
  {
    file: 'any-prime/any-prime.as.ts',
    before: 'const blindedScalar: usize = secrets + 320',
    after: 'const blindedScalar: usize = secrets + 321',
    reason: 'The place has 80 octets, of which 72 are used, and no alignment is asked for.',
  },
  {
    file: 'unpack/unpack-source.ts',
    before: '    const bit = take(at + node)',
    after: '    const bit = take(at - node)',
    reason:
      'Every probability stands at another place of its own: a tree of low bits has at most 31 nodes of its 64 places, so that those below it are free, and those below the first would be of slots 62 and 63.',
  },
  {
    file: 'unpack/unpack-source.ts',
    before: '  range = 0xffffffff',
    after: '  range = 0xfffffffe',
    reason:
      'The first decision is always 0, for there is nothing to repeat yet; the range is then the bound, which is made of the upper 21 bits alone.',
  },
  {
    file: 'streebog/nonce-source.ts',
    before: '  copyVectors(to, from, ${stateBytes - 8})',
    after: '  copyVectors(to, from, ${stateBytes - 9})',
    reason: 'Whole vectors are copied: 127 octets are eight of them as 128 are.',
  },
  {
    file: 'streebog/nonce-source.ts',
    before: '    memory.copy(${input}, ${input} + (octets & ~63), octets & 63)',
    after: '    memory.copy(${input}, ${input} + (octets & ~63), octets | 63)',
    reason:
      'What is copied beyond the rest is overwritten by zeros up to the end of the block, the only one that is read, and wiped in the end.',
  },
  {
    file: 'streebog/nonce-source.ts',
    before: '  const from = ${blank} + (nonceBytes == 32 ? 0 : ${2 * (outer - inner)})',
    after: '  const from = ${blank} + (nonceBytes != 32 ? 0 : ${2 * (outer - inner)})',
    reason: 'The states of both sizes change places, and each still has one of its own.',
  },
]
