import { describe, expect, it } from 'vitest'
import { applyMutant, lineMutantsOf } from './line-mutants.ts'

const aftersOf = (source: string): readonly string[] =>
  lineMutantsOf(source).map(({ after }) => after)

describe('faults of one line', () => {
  it('leaves the line out and replaces each operator and number at its own place', () => {
    expect(aftersOf('a = b + c + 7')).toEqual([
      '',
      'a = b + c + 8',
      'a = b - c + 7',
      'a = b + c - 7',
    ])
    expect(aftersOf('x ^= y << 0x1f')).toEqual([
      '',
      'x ^= y << 0x1e',
      'x ^= y >> 0x1f',
      'x |= y << 0x1f',
    ])
    expect(aftersOf('if (a == b) c()')).toEqual(['', 'if (a != b) c()'])
  })

  it('leaves comments, brackets, names with digits and types alone', () => {
    for (const idle of ['// a + 1', ' * a + 1', '/** a + 1 */', '})', '`', '']) {
      expect(aftersOf(idle)).toEqual([])
    }
    expect(aftersOf('f(r16, u64, v128.load)')).toEqual([''])
    expect(aftersOf('store(a) // 1 + 2')).toEqual([''])
    expect(aftersOf('const place = memory.data(64, 16)')).toEqual([''])
  })

  it('says where a line stands, whatever comes and goes above it', () => {
    const source =
      'const a = 1\nexport function f() {\n  b = 2\n  c\n  b = 2\n}\nfunction g() {\n  b = 2\n}'
    const placesOf = (text: string): readonly string[] =>
      lineMutantsOf(text)
        .filter(({ before, after }) => before.trim() === 'b = 2' && after === '')
        .map(({ place }) => place)
    expect(placesOf(source)).toEqual(['f', 'f#2', 'g'])
    expect(placesOf(`// above\nconst e = 3\n${source}`)).toEqual(['f', 'f#2', 'g'])
    expect(lineMutantsOf(source)[0]?.place).toBe('a')
  })

  it('alters that line and no other', () => {
    const [, mutant] = lineMutantsOf('a\nb = 1\nc').filter(({ line }) => line === 2)
    expect(mutant && applyMutant('a\nb = 1\nc', mutant)).toBe('a\nb = 2\nc')
  })
})
