/**
 * Substitutions of GOST 28147-89 as published.
 * @module
 */

/**
 * `tc26-z`: id-tc26-gost-28147-param-Z (RFC 7836 appendix C), also the substitution of Magma.
 * `cryptopro-a` to `-d`: id-Gost28147-89-CryptoPro-A-ParamSet to -D (RFC 4357 section 11.1).
 * `test`: id-Gost28147-89-TestParamSet (RFC 4357 section 11.1), never for anything but tests.
 */
export type Gost28147Sbox =
  | 'tc26-z'
  | 'cryptopro-a'
  | 'cryptopro-b'
  | 'cryptopro-c'
  | 'cryptopro-d'
  | 'test'

/** Rows K8 to K1 as the standard prints them (highest nibble first), one digit an entry. */
const SBOX_ROWS: Readonly<Record<Gost28147Sbox, readonly string[]>> = {
  'tc26-z': [
    '17ED05834FA69CB2',
    '8E25691CF4B0DA37',
    '5DF692CAB78143E0',
    '7F5A816D093EB42C',
    'C821D4F670A53E9B',
    'B3582FADE174C960',
    '68239A5C1E47BD0F',
    'C462A5B9E8D703F1',
  ],
  'cryptopro-a': [
    'BAF50CE8623917D4',
    '1D297A608C45F3BE',
    '3ADC120B75948FE6',
    'B5198DF0E423C7A6',
    'E7ACD13902B4F856',
    'E462B3D8CF5A0719',
    '37E98AF0526CB4D1',
    '96328B17A4EFC0D5',
  ],
  'cryptopro-b': [
    '04BE8371A296FD5C',
    '52AB91C374D06F8E',
    '83264DEBC17FA095',
    '27CF95AB140D68E3',
    '750DB6123ACF4E98',
    'EC0A92DB758F3614',
    '012A4D5C973FB86E',
    '84B135092EACD67F',
  ],
  'cryptopro-c': [
    '7405A2FEC61BD938',
    'A968DE20F35B41C7',
    'C9B18E247365A0FD',
    '8DB0451293CE6FA7',
    '36015DA8B297EFC4',
    '825049FA37CD6E1B',
    '017DB4528EFC9A63',
    '1BC29D0F458EA763',
  ],
  'cryptopro-d': [
    '1A68FB04C3597D2E',
    '306F1E92D8C4BA57',
    '80F325EB1A47C9D6',
    '0C89D2AB73654EF1',
    '15ECA70D62B493F8',
    '1CB0FE65AD489372',
    'B634CFE27D805A91',
    'FC2A645079ED1B83',
  ],
  test: [
    'C652B09D3E7AF418',
    '9BC0367548EF1A2D',
    '8F6B19C5D37A0E24',
    '3E59680DAB7C21F4',
    'E9B25F710DC6A438',
    'D8EC739A15246F0B',
    'C9FE813A274D60B5',
    '42F59108E3BCD7A6',
  ],
}

/**
 * Four tables of 256: two neighbouring 4-bit substitutions and the rotation left by 11, joined.
 * Entry `256 i + octet` serves octet i of the 32-bit word, octet 0 the lowest.
 */
const buildTable = (rows: readonly string[]): Int32Array => {
  const digit = (row: number, at: number): number =>
    Number.parseInt((rows[7 - row] ?? '').charAt(at), 16)
  const table = new Int32Array(4 * 256)
  for (let i = 0; i < 4; i++) {
    for (let octet = 0; octet < 256; octet++) {
      const word = (digit(2 * i, octet & 15) | (digit(2 * i + 1, octet >>> 4) << 4)) << (8 * i)
      table[256 * i + octet] = (word << 11) | (word >>> 21)
    }
  }

  return table
}

const tables = new Map<Gost28147Sbox, Int32Array>()

/**
 * The joined table of a substitution, made at its first use.
 * @throws RangeError when there is no substitution of that name.
 */
export function sboxTableOf(sbox: Gost28147Sbox): Int32Array {
  const known = tables.get(sbox)
  if (known !== undefined) return known
  if (!Object.hasOwn(SBOX_ROWS, sbox)) throw new RangeError('"sbox" is not a known substitution')
  const table = buildTable(SBOX_ROWS[sbox])
  tables.set(sbox, table)

  return table
}
