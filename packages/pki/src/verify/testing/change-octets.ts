import type { SubIndication, VerificationReport } from '../report.ts'

/** A change of one octet that a verifier did not answer with TOTAL-FAILED. */
export type UndetectedChange = {
  readonly position: number
  readonly value: number
  /** `undefined`: the verifier threw instead of reporting. */
  readonly indication: VerificationReport['indication'] | undefined
  readonly subIndication: SubIndication | undefined
  readonly error?: string
}

/** Which octets to change, and to what. */
export type ChangePlan = {
  /** Every `stride`-th octet from `offset`; 1 for all. */
  readonly stride: number
  readonly offset?: number
  /** The values to try in place of one; the right one itself is left out. */
  readonly values: (right: number, position: number) => Iterable<number>
}

/** All 255 other values: for the soak run. */
export const everyValue: ChangePlan['values'] = () => Array.from({ length: 256 }, (_, n) => n)

/** Values that flip one bit, all bits, and the tag and length octets that ASN.1 knows. */
export const tellingValues: ChangePlan['values'] = (right, position) => [
  right ^ (1 << (position % 8)),
  right ^ 0x20,
  right ^ 0xff,
  (right + 1) & 0xff,
]

/**
 * Verifies copies of some octets with one octet changed each, and gives back the changes that did not
 * end in TOTAL-FAILED. An empty answer is the proof, as far as the plan goes, that no single octet of a
 * container is without a guard.
 */
export const findUndetectedChanges = async (
  octets: Uint8Array,
  verify: (changed: Uint8Array) => Promise<VerificationReport>,
  { stride, offset = 0, values }: ChangePlan,
): Promise<readonly UndetectedChange[]> => {
  const undetected: UndetectedChange[] = []
  for (let position = offset; position < octets.length; position += stride) {
    const right = octets[position] ?? 0
    for (const value of new Set(values(right, position))) {
      if (value === right) {
        continue
      }
      const changed = Uint8Array.from(octets)
      changed[position] = value
      try {
        const { indication, subIndication } = await verify(changed)
        if (indication !== 'TOTAL-FAILED') {
          undetected.push({ position, value, indication, subIndication })
        }
      } catch (error) {
        undetected.push({
          position,
          value,
          indication: undefined,
          subIndication: undefined,
          error: error instanceof Error ? error.message : String(error),
        })
      }
    }
  }
  return undetected
}
