/**
 * What `convert-source.ts` needs for a prime of no special form: the table of residues, and how often
 * p is in a number.
 * @module
 */
import { type FieldParts, float } from './convert-source.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'
import { tableConstants } from './table-reduction-source.ts'

export function tableField(shape: Shape, layout: Layout): FieldParts {
  const { n, byteLength } = shape
  const constant = tableConstants(shape, layout)
  const digits = layout.place('digits', 8 * n)
  const limbsOfP = layout.place('limbsOfP', 8 * n)
  const power = layout.place('power', byteLength)
  const opposite = layout.place('opposite', byteLength)
  const pair = 16 * n
  // p is near its highest 64 bits times 2^(8 byteLength - 64).
  const scale = 24 * (n - 1) - (8 * byteLength - 64)

  return {
    ...constant,
    primes: `any of ${8 * byteLength} bits`,
    declarations: `
/** Both lanes become the number at \`src\` below p with the sign changed. */
function negative(pair: usize, src: usize): void {
  fromOctets(pair, src)
  for (let j: usize = 0; j < ${pair}; j += 16) storeBoth(pair + j, -load<f64>(pair + j))
}

/** Both lanes become the residue of the number at \`src\` between -p/2 and p/2. */
function nearestResidue(pair: usize, src: usize): void {
  subtractMasked(${opposite}, modulusP, src, 0xffffffff, ${byteLength})
  if (isBelow(${opposite}, src, ${byteLength})) negative(pair, ${opposite})
  else {
    fromOctets(pair, src)
    fromOctets(pair + 8, src)
  }
}`,
    take: `  prepareModulus(modulusP, p, ${byteLength})
  storeBoth(${constant.roundUnit}, ${float(1.5 * 2 ** 52)})
  storeBoth(${constant.quotient}, ${float(2 ** scale)} / f64(load<u64>(p, ${byteLength - 8})))
  negative(${constant.minusP}, p)
  clearWords(${power}, ${byteLength})
  store<u32>(${power}, 1)
  for (let i: usize = 0; i < ${2 * n}; i++) {
    if (i >= ${n}) nearestResidue(${constant.residues} + (i - ${n}) * ${pair}, ${power})
    for (let bit = 0; bit < 24; bit++) addModulo(${power}, ${power}, ${power}, modulusP)
  }`,
    shorten: `  const highest = load<f64>(lane, ${16 * (n - 1)}) + load<f64>(lane, ${16 * (n - 2)}) * ${float(2 ** -24)}
  const times = i64(nearest<f64>(highest * load<f64>(${constant.quotient})))
  carry = 0
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = load<i64>(${digits} + (j << 3)) - times * load<i64>(${limbsOfP} + (j << 3)) + carry
    store<i64>(${digits} + (j << 3), limb & 0xffffff)
    carry = limb >> 24
  }
  top += carry - times * load<i64>(${limbsOfP + 8 * (n - 1)})`,
  }
}
