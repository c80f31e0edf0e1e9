import { describe, expect, it } from 'vitest'
import { readApiKeyFile } from './read-api-key-file.ts'

const first = '0b6ad1d0-7a3e-4c1e-9b5e-1f2a3b4c5d6e'
const second = 'c3d4e5f6-0718-4a9b-8c7d-6e5f40312211'
const utf8 = (text: string) => new TextEncoder().encode(text)

/** Letters of Russian in windows-1251. */
function cp1251(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => {
    const code = sign.charCodeAt(0)

    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
  })
}

const withHead = `ФИО;API-Key;Дата создания;Действует до;Статус\nТЕСТОВ ТЕСТ ТЕСТОВИЧ;${first};01.09.2026;01.09.2027;Активен\n`

describe('a file of API-Keys', () => {
  it.each([
    ['UTF-8', utf8(withHead), 'utf-8'],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${withHead}`), 'utf-8'],
    ['windows-1251', cp1251(withHead), 'windows-1251'],
    ['line ends of Windows', utf8(withHead.replaceAll('\n', '\r\n')), 'utf-8'],
    ['line ends of an old Mac', utf8(withHead.replaceAll('\n', '\r')), 'utf-8'],
    ['a separator that a spreadsheet names', utf8(`sep=;\n${withHead}`), 'utf-8'],
  ])('in %s is read', (_, bytes, encoding) => {
    const read = readApiKeyFile(bytes)

    expect(read).toMatchObject({ encoding, separator: ';', refused: [] })
    expect(read.header?.[1]).toBe('API-Key')
    expect(read.keys).toMatchObject([
      { apiKey: first, name: 'ТЕСТОВ ТЕСТ ТЕСТОВИЧ', dates: ['2026-09-01', '2027-09-01'] },
    ])
  })

  it('in UTF-16, as spreadsheets save it, is read', () => {
    const text = Buffer.from(`\ufeffName\tKey\nTESTOV\t${first}\n`, 'utf16le')

    expect(readApiKeyFile(text)).toMatchObject({
      separator: 'tab',
      keys: [{ name: 'TESTOV', apiKey: first }],
    })
  })

  it('without heads has its columns known by what is in them, in any order', () => {
    const text = `2026-09-01T10:00:00Z,{${first.toUpperCase()}},"Тестов, Тест"\n${second},2026-09-02,Образцова`

    expect(readApiKeyFile(utf8(text))).toMatchObject({
      separator: ',',
      header: null,
      keys: [
        // Letter for letter: its text is what is signed, and what ESIA knows.
        { line: 1, apiKey: first.toUpperCase(), name: 'Тестов, Тест', dates: ['2026-09-01'] },
        { line: 2, apiKey: second, name: 'Образцова', dates: ['2026-09-02'] },
      ],
    })
  })

  it('may be a bare list', () => {
    expect(readApiKeyFile(utf8(`${first}\n\n${second}\n`))).toMatchObject({
      separator: 'none',
      keys: [
        { line: 1, name: '' },
        { line: 3, name: '' },
      ],
    })
  })

  it('takes the name from under its head and not from a longer text', () => {
    const text = `API-Key;Информационная система;Сотрудник;Почта\n${first};Система обмена документами;Ли Ан;li@example.ru`

    expect(readApiKeyFile(utf8(text)).keys[0]?.name).toBe('Ли Ан')
  })

  it('has its doubles, its known keys and what is no key named by line', () => {
    const broken = first.replace('-', '')
    const text = `A;${first}\nB;${first.toUpperCase()}\nC;${broken}\nD;${second}\nE;${first};${second}\n`

    expect(readApiKeyFile(utf8(text), new Set([second]))).toMatchObject({
      keys: [{ line: 1, name: 'A' }],
      refused: [
        { line: 2, reason: 'double', sameAs: 1 },
        { line: 3, reason: 'no-key' },
        { line: 4, reason: 'known' },
        { line: 5, reason: 'several-keys' },
      ],
    })
  })

  it('counts lines through a quoted line end', () => {
    expect(readApiKeyFile(utf8(`"Тестов\nТест";${first}\nX;${second}`)).keys).toMatchObject([
      { line: 1, name: 'Тестов Тест' },
      { line: 3, name: 'X' },
    ])
  })

  it('without any key gives none', () => {
    expect(readApiKeyFile(utf8('<html>\nlogin;please'))).toMatchObject({
      keys: [],
      refused: [
        { line: 1, reason: 'no-key' },
        { line: 2, reason: 'no-key' },
      ],
    })
  })
})
