// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of generators are quoted
/**
 * Altered lines that no known answer can notice because the result stays right, each with the reason.
 * Everything else that the mutation test does not see noticed is a gap in the known answers.
 * @module
 */
import type { Mutant } from './choose-mutants.ts'

type Argument = {
  readonly file: string
  readonly reason: string
  /** Where (see {@link LineMutant.place}), and the line before and after, without the spaces around it. */
  readonly changes: readonly (readonly [place: string, before: string, after: string])[]
}

const ARGUMENTS: readonly Argument[] = [
  {
    file: 'any-prime/any-prime.as.ts',
    reason: 'A digit that is added is odd, so never 0.',
    changes: [
      [
        'addDigit',
        'if (digit < 0) negateModulo(chosenPoint + 64, entry + 64, fieldModulus)',
        'if (digit < 1) negateModulo(chosenPoint + 64, entry + 64, fieldModulus)',
      ],
    ],
  },
  {
    file: 'any-prime/any-prime.as.ts',
    reason: 'Where there are points outside the subgroup the highest bit of q is 0.',
    changes: [
      [
        'isInSubgroup',
        'for (let i = 8 * byteLength - 1; i >= 0; i--) {',
        'for (let i = 8 * byteLength - 2; i >= 0; i--) {',
      ],
    ],
  },
  {
    file: 'any-prime/any-prime.as.ts',
    reason:
      'No digit of four bits asks for a seventeenth multiple, and what it is written over is written anew before it is read.',
    changes: [
      ['WINDOW_ENTRIES', 'const WINDOW_ENTRIES: u32 = 16', 'const WINDOW_ENTRIES: u32 = 17'],
    ],
  },
  {
    file: 'any-prime/any-prime.as.ts',
    reason: 'One octet more is reserved and overwritten, which nothing uses.',
    changes: [['SECRETS', 'const SECRETS = 1424', 'const SECRETS = 1425']],
  },
  {
    file: 'any-prime/any-prime.as.ts',
    reason: 'The place has 80 octets, of which 72 are used, and no alignment is asked for.',
    changes: [
      [
        'blindedScalar',
        'const blindedScalar: usize = secrets + 320',
        'const blindedScalar: usize = secrets + 321',
      ],
    ],
  },
  {
    file: 'fp24/comb-source.ts',
    reason: 'One window more than the scalar needs: the odd digits still make the same number.',
    changes: [
      ['BLIND_BITS', 'const BLIND_BITS = 32', 'const BLIND_BITS = 33'],
      [
        'secretWindows',
        'Math.ceil((8 * shape.byteLength + BLIND_BITS + 1) / 5)',
        'Math.ceil((8 * shape.byteLength + BLIND_BITS + 2) / 5)',
      ],
    ],
  },
  {
    file: 'fp24/comb-source.ts',
    reason: 'A larger place changes no result.',
    changes: [
      [
        'combSource',
        "const odd = layout.place('odd', byteLength + 16)",
        "const odd = layout.place('odd', byteLength + 17)",
      ],
    ],
  },
  {
    file: 'fp24/edwards-points-source.ts',
    reason:
      'Another sign of w: the same two values of X are tried in the other order, and the half that comes out is the other one. Both halves differ by (0, 0), so that their x multiply to s^2: both are squares or none is.',
    changes: [
      [
        'isInSubgroup',
        '${eachLimb(`    const part = f64x2.sub(${load(x)}, ${load(y)})',
        '${eachLimb(`    const part = f64x2.add(${load(x)}, ${load(y)})',
      ],
      [
        'isInSubgroup',
        '${eachLimb(`    const part = f64x2.add(f64x2.sub(${load(x)}, ${load(alpha)}), f64x2.add(${load(y)}, ${load(y)}))',
        '${eachLimb(`    const part = f64x2.sub(f64x2.sub(${load(x)}, ${load(alpha)}), f64x2.add(${load(y)}, ${load(y)}))',
      ],
    ],
  },
  {
    file: 'fp24/edwards-points-source.ts',
    reason: 'Nothing reads the second lane.',
    changes: [
      [
        'hasCoordinate',
        "${store(left, 'f64x2.sub(sides, v128.shuffle<f64>(sides, sides, 1, 2))')}`)}",
        "${store(left, 'f64x2.sub(sides, v128.shuffle<f64>(sides, sides, 1, 3))')}`)}",
      ],
      [
        'makeAffineEdwards',
        "${store(y, 'v128.shuffle<f64>(point, point, 1, 2)')}`)}",
        "${store(y, 'v128.shuffle<f64>(point, point, 1, 3)')}`)}",
      ],
    ],
  },
  {
    file: 'fp24/edwards-points-source.ts',
    reason: 'Both lanes of what is chosen from are the same number.',
    changes: [
      [
        'hasCoordinate',
        "${store(x, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 2)')}`)}",
        "${store(x, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 3)')}`)}",
      ],
      [
        'leaveEdwards',
        "${store(left, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 2)')}",
        "${store(left, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 3)')}",
      ],
      [
        'leaveEdwards',
        "${store(left, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 2)')}",
        "${store(left, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 1, 2)')}",
      ],
      [
        'hasCoordinate',
        '${store(left, `v128.shuffle<f64>(x, ${load(scale)}, 0, 2)`)}',
        '${store(left, `v128.shuffle<f64>(x, ${load(scale)}, 0, 3)`)}',
      ],
      [
        'leaveEdwards',
        '${store(right, `v128.shuffle<f64>(${load(xy)}, ${load(scale)}, 0, 2)`)}',
        '${store(right, `v128.shuffle<f64>(${load(xy)}, ${load(scale)}, 0, 3)`)}',
      ],
      [
        'startNeutral',
        '${eachLimb(`    const start = v128.shuffle<f64>(f64x2.splat(0), ${load(left)}, 0, 2)',
        '${eachLimb(`    const start = v128.shuffle<f64>(f64x2.splat(0), ${load(left)}, 0, 3)',
      ],
    ],
  },
  {
    file: 'fp24/field-source.ts',
    reason: 'The carry into the lowest column is 0.',
    changes: [
      [
        'fieldSource',
        "if (j > 0) out.push(`  low = ${madd('lowUp', 'down', 'low')}`)",
        "if (j >= 0) out.push(`  low = ${madd('lowUp', 'down', 'low')}`)",
      ],
    ],
  },
  {
    file: 'fp24/field-source.ts',
    reason: 'The column beyond the highest has its place and is never written, so it is 0.',
    changes: [['fieldSource', 'if (k < 2 * n - 1) {', 'if (k < 3 * n - 1) {']],
  },
  {
    file: 'fp24/key-cache-source.ts',
    reason: 'A larger place changes no result.',
    changes: [
      [
        'keyCacheSource',
        "const stamps = layout.place('stamps', 4 * SLOTS)",
        "const stamps = layout.place('stamps', 5 * SLOTS)",
      ],
      [
        'keyCacheSource',
        "const uses = layout.place('uses', 4 * SLOTS)",
        "const uses = layout.place('uses', 5 * SLOTS)",
      ],
      [
        'keyCacheSource',
        "const owners = layout.place('combOwners', 4 * combs)",
        "const owners = layout.place('combOwners', 5 * combs)",
      ],
      [
        'keyCacheSource',
        'const table = (1 << (keyWidth(shape) - 2)) * entryBytes(shape)',
        'const table = (2 << (keyWidth(shape) - 2)) * entryBytes(shape)',
      ],
    ],
  },
  {
    file: 'fp24/key-cache-source.ts',
    reason: 'What stands behind the stamps are the uses, which are cleared next.',
    changes: [
      [
        'forgetKeys',
        'memory.fill(${stamps}, 0, ${4 * SLOTS})',
        'memory.fill(${stamps}, 0, ${5 * SLOTS})',
      ],
    ],
  },
  {
    file: 'fp24/key-cache-source.ts',
    reason:
      'At most 8 of 64 slots own a comb. The least of the 56 or more other stamps, which differ once they are not 0, is below both numbers, so that slot and age are always replaced.',
    changes: [
      ['slotOf', 'let age: u32 = 0xffffffff', 'let age: u32 = 0xfffffffe'],
      ['slotOf', 'let oldest: usize = 0', 'let oldest: usize = 1'],
    ],
  },
  {
    file: 'gost94/gost94-source.ts',
    reason:
      'The four entries of a round have no bit in common: each holds eight bits of the word, so their sum, exclusive or, and or are one.',
    changes: [['round', ".join(' ^ ')}`,", ".join(' | ')}`,"]],
  },
  {
    file: 'fp24/module-source.ts',
    reason: 'A larger place changes no result.',
    changes: [
      [
        'moduleText',
        "const modulusP = place('modulusP', 224)",
        "const modulusP = place('modulusP', 225)",
      ],
      [
        'moduleText',
        "const modulusQ = place('modulusQ', 224)",
        "const modulusQ = place('modulusQ', 225)",
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason:
      'Steps on g from there are those on 2g after the first, of which at most 593 are needed for 256 bits and 1183 for 512; 600 and 1200 are made.',
    changes: [['invertSteadily', 'let zeta: i32 = -1', 'let zeta: i32 = -2']],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'Thirty steps look at thirty bits, which the lowest limb has.',
    changes: [
      [
        'stepSteadily',
        'let x = load<u32>(numberF) | (load<u32>(numberF, 4) << 30)',
        'let x = load<u32>(numberF) | (load<u32>(numberF, 4) >> 30)',
      ],
      [
        'stepSteadily',
        'let y = load<u32>(numberG) | (load<u32>(numberG, 4) << 30)',
        'let y = load<u32>(numberG) | (load<u32>(numberG, 4) >> 30)',
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'Steps beyond those that are enough change nothing: g is 0 by then.',
    changes: [
      [
        'invertSteadily',
        'const batches = i32(length / 9) * 5',
        'const batches = i32(length / 9) * 6',
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'Division steps from any start lead to the same inverse; only their number differs.',
    changes: [
      ['invertFast', 'let eta: i32 = -1', 'let eta: i32 = -2'],
      ['stepFast', 'if (eta < 0) {', 'if (eta <= 0) {'],
    ],
  },
  {
    file: 'streebog/nonce-source.ts',
    reason: 'Whole vectors are copied: 127 octets are eight of them as 128 are.',
    changes: [
      [
        'copyState',
        'copyVectors(to, from, ${stateBytes - 8})',
        'copyVectors(to, from, ${stateBytes - 9})',
      ],
    ],
  },
  {
    file: 'streebog/nonce-source.ts',
    reason:
      'What is copied beyond the rest is overwritten by zeros up to the end of the block, the only one that is read, and wiped in the end.',
    changes: [
      [
        'endHash',
        'memory.copy(${input}, ${input} + (octets & ~63), octets & 63)',
        'memory.copy(${input}, ${input} + (octets & ~63), octets | 63)',
      ],
    ],
  },
  {
    file: 'streebog/nonce-source.ts',
    reason: 'The states of both sizes change places, and each still has one of its own.',
    changes: [
      [
        'startBlank',
        'const from = ${blank} + (nonceBytes == 32 ? 0 : ${2 * (outer - inner)})',
        'const from = ${blank} + (nonceBytes != 32 ? 0 : ${2 * (outer - inner)})',
      ],
    ],
  },
  {
    file: 'integers/recode.as.ts',
    reason: 'The word is written once more, by the last line, before anything reads it.',
    changes: [['blindScalar', 'store<u32>(dst + bytes + 4, 0)', '']],
  },
  {
    file: 'unpack/unpack-source.ts',
    reason:
      'Every probability stands at another place of its own: a tree of low bits has at most 31 nodes of its 64 places, so that those below it are free, and those below the first would be of slots 62 and 63.',
    changes: [['takeReverseTree', 'const bit = take(at + node)', 'const bit = take(at - node)']],
  },
  {
    file: 'unpack/unpack-source.ts',
    reason:
      'The first decision is always 0, for there is nothing to repeat yet; the range is then the bound, which is made of the upper 21 bits alone.',
    changes: [['unpack', 'range = 0xffffffff', 'range = 0xfffffffe']],
  },
  {
    file: 'fp24/table-reduction-source.ts',
    reason: 'All sums are exact, so that how many are made at once changes no result.',
    changes: [['ROWS', 'const ROWS = 4', 'const ROWS = 5']],
  },
  {
    file: 'fp24/field-source.ts',
    reason: 'All sums are exact, so that how many are made at once changes no result.',
    changes: [['ROWS', 'const ROWS = 6', 'const ROWS = 7']],
  },
  {
    file: 'fp24/field-source.ts',
    reason: 'A column is stored later than it could be, and before anything reads it.',
    changes: [
      [
        'fieldSource',
        'const columnOfLastUse = (k: number): number => Math.min(n - 1, k - i0)',
        'const columnOfLastUse = (k: number): number => Math.min(n - 1, k + i0)',
      ],
    ],
  },
  {
    file: 'fp24/field-source.ts',
    reason: 'A larger place changes no result.',
    changes: [
      [
        'fieldConstants',
        "roundTop: layout.place('roundTop', 16),",
        "roundTop: layout.place('roundTop', 17),",
      ],
      [
        'fieldConstants',
        "carriesAgain: layout.place('carriesAgain', 16),",
        "carriesAgain: layout.place('carriesAgain', 17),",
      ],
    ],
  },
  {
    file: 'fp24/table-reduction-source.ts',
    reason: 'A larger place changes no result.',
    changes: [
      [
        'tableConstants',
        "minusP: layout.place('minusP', 16 * n),",
        "minusP: layout.place('minusP', 17 * n),",
      ],
      [
        'tableConstants',
        "residues: layout.place('residues', 16 * n * n),",
        "residues: layout.place('residues', 17 * n * n),",
      ],
    ],
  },
  {
    file: 'fp24/table-reduction-source.ts',
    reason:
      'The highest limb of a 256-bit prime has 16 of its 24 bits, and stays far below half of what a carry would take off it: the carry is 0.',
    changes: [
      [
        'tableReductionSource',
        "if (j < n - 1) out.push(`  h = ${round('v')}`, '  v = f64x2.sub(v, h)')",
        "if (j <= n - 1) out.push(`  h = ${round('v')}`, '  v = f64x2.sub(v, h)')",
      ],
      [
        'carry',
        'for (let at: usize = 0; at < ${16 * (n - 1)}; at += 16) {',
        'for (let at: usize = 0; at <= ${16 * (n - 1)}; at += 16) {',
      ],
    ],
  },
  {
    file: 'fp24/shape.ts',
    reason: 'One carry more than the bounds need: the number is the same, in limbs as small.',
    changes: [['shape256', 'lowPasses: 1,', 'lowPasses: 2,']],
  },
  {
    file: 'fp24/shape.ts',
    reason: 'A larger place for each point changes no result.',
    changes: [
      [
        'affinePairs',
        'export const affinePairs = (shape: Shape): 1 | 2 => (hasEdwards(shape) ? 2 : 1)',
        'export const affinePairs = (shape: Shape): 1 | 2 => (hasEdwards(shape) ? 3 : 1)',
      ],
    ],
  },
  {
    file: 'streebog/streebog-source.ts',
    reason: 'The sixteen octets that are wiped too are free: the next place begins far behind.',
    changes: [
      [
        'finish',
        'for (let i = 0; i < 256; i += 16) v128.store(i, i64x2.splat(0), ${stateIndices})',
        'for (let i = 0; i < 257; i += 16) v128.store(i, i64x2.splat(0), ${stateIndices})',
      ],
    ],
  },
  {
    file: 'fp24/convert-source.ts',
    reason:
      'What is written beyond the limbs of p is the beginning of room that is written before it is read.',
    changes: [
      [
        'setField',
        'for (let j: usize = 0; j < ${n - 1}; j++) {',
        'for (let j: usize = 0; j < ${n + 1}; j++) {',
      ],
    ],
  },
  {
    file: 'fp24/module-source.ts',
    reason:
      'One product more than is read. Behind the 64 places lies twice the point, which has served by then.',
    changes: [
      [
        'normalise',
        'for (let i: usize = 1; i < count; i++) {',
        'for (let i: usize = 1; i <= count; i++) {',
      ],
    ],
  },
  {
    file: 'fp24/module-source.ts',
    reason:
      'One number more than is asked for is loaded; behind the 64 places of the numbers lies room that is written before it is read.',
    changes: [
      [
        'verifyBatch',
        'for (let i: usize = 0; i < usize(count); i++) {',
        'for (let i: usize = 0; i <= usize(count); i++) {',
      ],
    ],
  },
  {
    file: 'fp24/comb-source.ts',
    reason: 'No digit asks for a seventeenth multiple.',
    changes: [
      [
        'choosePair',
        'for (let i = 0; i < ${ENTRIES}; i++) {',
        'for (let i = 0; i <= ${ENTRIES}; i++) {',
      ],
    ],
  },
  {
    file: 'fp24/comb-source.ts',
    reason: 'One octet of zeros more of the number: the digits are the same.',
    changes: [
      [
        'addCombs',
        'recodeRegularly(${digits2}, ${odd}, ${publicWindows(shape)}, ${byteLength + 4})',
        'recodeRegularly(${digits2}, ${odd}, ${publicWindows(shape)}, ${byteLength + 5})',
      ],
    ],
  },
  {
    file: 'fp24/comb-source.ts',
    reason:
      'Limbs are whole numbers of few bits, whose lowest octets as doubles are 0: a copy that begins one octet later is the same.',
    changes: [
      [
        'multiplyBase#2',
        'for (let j: usize = 0; j < ${pair}; j += 16) {',
        'for (let j: usize = 1; j < ${pair}; j += 16) {',
      ],
      [
        'multiplyBase#3',
        'for (let j: usize = 0; j < ${pair}; j += 16) {',
        'for (let j: usize = 1; j < ${pair}; j += 16) {',
      ],
    ],
  },
  {
    file: 'fp24/key-cache-source.ts',
    reason: 'A larger place changes no result.',
    changes: [
      [
        'keyCacheSource',
        "const owned = layout.place('ownedCombs', 4 * SLOTS)",
        "const owned = layout.place('ownedCombs', 5 * SLOTS)",
      ],
    ],
  },
  {
    file: 'fp24/key-cache-source.ts',
    reason:
      'What is emptied too is emptied by the next line, or belongs to a key that is forgotten.',
    changes: [
      [
        'forgetKeys',
        'memory.fill(${uses}, 0, ${4 * SLOTS})',
        'memory.fill(${uses}, 0, ${5 * SLOTS})',
      ],
      [
        'forgetKeys',
        'memory.fill(${owners}, 0, ${4 * combs})',
        'memory.fill(${owners}, 0, ${5 * combs})',
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'The highest limb has few bits: bit 23 is its sign as bit 31 is.',
    changes: [
      [
        'updateFactors',
        'const signE = load<i32>(factorE + length - 4) >> 31',
        'const signE = load<i32>(factorE + length - 5) >> 31',
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'f has come to 1 or -1, or d is 0: the highest limb of f is 0 or all ones already.',
    changes: [
      [
        'finishInverse',
        'addLimbs(modulus + LIMBS_OFFSET, i64(load<i32>(factorD + length - 4) >> 31), i64(sign >> 31), length)',
        'addLimbs(modulus + LIMBS_OFFSET, i64(load<i32>(factorD + length - 4) >> 31), i64(sign >> 32), length)',
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'Behind the last word 14 or 28 bits are left, never 32.',
    changes: [
      ['finishInverse', 'if (held >= 32 && dst < end) {', 'if (held >= 32 && dst <= end) {'],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason:
      'Thirty steps fewer. No number is known that takes them: 590 and 1181 steps are proven to be enough, and none was met that takes more than 570 or 1170.',
    changes: [
      [
        'invertSteadily',
        'for (let i = 0; i != batches; i++) {',
        'for (let i = 1; i != batches; i++) {',
      ],
    ],
  },
  {
    file: 'integers/inverse.as.ts',
    reason: 'The places are multiples of 32 or 64.',
    changes: [
      [
        'invertMany',
        'for (let i = last; i > 0; i -= bytes) {',
        'for (let i = last; i > 1; i -= bytes) {',
      ],
    ],
  },
  {
    file: 'streebog/nonce-source.ts',
    reason:
      'What is copied too is the count, which the next line writes, and room that nobody reads.',
    changes: [
      [
        'copyState',
        'copyVectors(to, from, ${stateBytes - 8})',
        'copyVectors(to, from, ${stateBytes + 8})',
      ],
    ],
  },
  {
    file: 'unpack/unpack-source.ts',
    reason:
      'Every probability stands at a place of its own: the place before each of both coders of lengths is free.',
    changes: [
      [
        'takeLength',
        'if (!take(at + 1)) return 10 + takeTree(at + 9, 3)',
        'if (!take(at - 1)) return 10 + takeTree(at + 9, 3)',
      ],
    ],
  },
  {
    file: 'any-prime/any-prime.as.ts',
    reason:
      'The lowest octet alone is never what makes Z differ from 0: in Montgomery form no small number stands for a Z that a formula makes.',
    changes: [
      [
        'isInSubgroup',
        'return isZero(runningPoint + 128, byteLength) & (isZero(runningPoint + 64, byteLength) ^ 1)',
        'return isZero(runningPoint + 129, byteLength) & (isZero(runningPoint + 64, byteLength) ^ 1)',
      ],
    ],
  },
  {
    file: 'any-prime/any-prime.as.ts',
    reason: 'Both numbers are multiples of four.',
    changes: [
      [
        'loadNonce',
        'const above = i + 4 < bytes ? u64(load<u32>(secretScalar + i + 4)) : 0',
        'const above = i + 5 < bytes ? u64(load<u32>(secretScalar + i + 4)) : 0',
      ],
    ],
  },
]

/** The same, one by one. */
export const equivalentMutants = ARGUMENTS.flatMap(({ file, changes }) =>
  changes.map(([place, before, after]) => ({ file, place, before, after })),
)

/** Whether one of the arguments is about this very line, in its place. */
export const isArgued = (mutant: Mutant): boolean =>
  equivalentMutants.some(
    (known) =>
      known.file === mutant.file &&
      known.place === mutant.place &&
      known.before === mutant.before.trim() &&
      known.after === mutant.after.trim(),
  )
