/** Addresses in the linear memory of the GOST R 34.11-94 module. */
export const GOST94 = {
  /** Four tables of 256 32-bit entries in use: two neighbouring substitutions and the rotation joined. */
  tables: 0x0000,
  tableBytes: 0x1000,
  /** The same for each substitution, written by the caller: `d-test`, then `cryptopro`. */
  allTables: 0x1000,
  /** Which of them stands at `tables`, plus one; 0: none yet. */
  tablesInUse: 0x3000,
  /** The four keys of a step, 32 octets each. */
  keys: 0x3040,
  /** One block: the length in bits, at the end of a message. */
  length: 0x30c0,
  /** H and the control sum, 32 octets each, the 64-bit count of bits, and the 32-bit index of the substitution. */
  state: 0x3100,
  stateBytes: 76,
  /** Blocks to be taken. */
  input: 0x4000,
  inputBytes: 0x8000,
  memoryPages: 1,
} as const
