/** Addresses in the linear memory of the Streebog module. */
export const STREEBOG = {
  /** Eight tables of 256 64-bit entries: substitution and linear transformation joined. */
  tables: 0x0000,
  /** Pi', 256 octets, written by the caller before `fillTables`. */
  pi: 0x4000,
  /** Rows of the matrix A, row 63 first, little-endian, written by the caller before `fillTables`. */
  rows: 0x4100,
  /** C_1 to C_12, little-endian, written by the caller. */
  constants: 0x4300,
  /** h and Sigma, 64 octets each, and N, a 64-bit count of bits: what one hash computation is. */
  state: 0x4600,
  stateBytes: 136,
  /** Where octets of the state and of the key wait as offsets into a table: 16 bits each, zero when idle. */
  stateIndices: 0x4700,
  keyIndices: 0x4780,
  /** Blocks to be taken. */
  input: 0x5000,
  inputBytes: 0x8000,
  /** V and K of RFC 6979, the states of the key, and d || e || extra entropy. */
  nonce: {
    value: 0xd000,
    key: 0xd040,
    inner: 0xd080,
    outer: 0xd120,
    seed: 0xd200,
    seedBytes: 0x400,
    end: 0xd600,
    /** States of the key of zeros, for nonces of 32 and of 64 octets: no secret. */
    blank: 0xd600,
  },
  memoryPages: 1,
} as const
