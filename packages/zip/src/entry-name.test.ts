import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSafePath, safeFileName } from './entry-name.ts'

describe('safeFileName', () => {
  it.each([
    ['Договор № 17 (копия).pdf', 'Договор № 17 (копия).pdf'],
    ['a/b\\c:d*e?f"g<h>i|j.pdf', 'a_b_c_d_e_f_g_h_i_j.pdf'],
    ['..', '_'],
    ['.hidden', '_hidden'],
    ['trailing. ', 'trailing_'],
    ['spoof\u202Efdp.exe', 'spoof_fdp.exe'],
    ['', '_'],
    ['и\u0306.pdf', 'й.pdf'],
  ])('%j becomes %j', (given, expected) => {
    expect(safeFileName(given)).toBe(expected)
  })

  it('cuts a long name before its extension, never inside a character', () => {
    const name = safeFileName(`${'😀'.repeat(90)}.pdf`)
    expect(name).toBe(`${'😀'.repeat(50)}.pdf`)
    expect(safeFileName(`a${'😀'.repeat(90)}.pdf`)).toBe(`a${'😀'.repeat(49)}.pdf`)
  })

  it('of anything, after a number, is a safe path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (fileName) => {
        expect(isSafePath(`documents/01-${safeFileName(fileName)}`)).toBe(true)
      }),
    )
  })
})
