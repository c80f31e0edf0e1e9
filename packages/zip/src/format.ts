/** Sizes and marks of the zip format, as far as Muhr uses it (APPNOTE.TXT 6.3.10, clause 4.3). */
export const signatureOf = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  descriptor: 0x08074b50,
  zip64Locator: 0x07064b50,
} as const

/** Octets of a header before its names. */
export const headerSize = {
  local: 30,
  central: 46,
  end: 22,
  zip64Locator: 20,
  descriptor: 16,
} as const

/** General purpose flags, clause 4.4.4. */
export const flag = {
  encrypted: 1 << 0,
  /** Two bits of the compressor's effort. */
  effort: 0b11 << 1,
  /** Checksum and sizes follow the data. */
  descriptor: 1 << 3,
  utf8: 1 << 11,
} as const

export const method = { stored: 0, deflated: 8 } as const

/** Above these a zip needs its 64-bit form, which is not used here. */
export const zip32 = { maxBytes: 0xffff_ffff, maxEntries: 0xffff } as const
