/**
 * The packed form of WebAssembly code, and addresses in the linear memory of the module that unpacks it.
 *
 * It is the Lempel-Ziv-Markov scheme cut down to what code needs: literals, matches, and matches at one of
 * the last four distances, coded by an adaptive binary range coder with probabilities of eleven bits.
 * Code of curve formulas repeats over distances that gzip does not reach, so a third of its size is left.
 */
export const UNPACK = {
  /** Probabilities of 16 bits, one for each binary decision; all start at one half. */
  probabilities: 0,
  /** First decision of each kind. The state says what the last two steps were: 9 of them. */
  isMatch: 0,
  isRepeat: 9,
  isFirst: 18,
  isLong: 27,
  isSecond: 36,
  isThird: 45,
  /** Two coders of lengths, of matches and of repeats: choice, choice, 8 low, 8 middle, 256 high. */
  matchLength: 64,
  repeatLength: 352,
  /** Slot of a distance, 64 for each of four classes of length. */
  slot: 640,
  /** Low bits of distances of the slots 4 to 13, 64 for each. */
  lowBits: 896,
  /** The lowest four bits of larger distances. */
  align: 1536,
  /** 768 for each value of the upper bits of the octet before. */
  literal: 1552,
  literalBits: 3,
  probabilityCount: 1552 + 768 * 8,
  /** Where the packed octets and the unpacked ones stand. */
  packed: 0x8000,
  packedBytes: 0x18000,
  unpacked: 0x20000,
  unpackedBytes: 0x60000,
  memoryPages: 8,
} as const
