import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PhoneError } from './error.ts'
import { type JsonNode, memberOf, readJsonText, spliceText } from './json-text.ts'

const codeOf = (text: string): string => {
  try {
    readJsonText(text, 'api2')

    return 'accepted'
  } catch (cause) {
    return cause instanceof PhoneError ? cause.code : `threw ${String(cause)}`
  }
}

const plain = (node: JsonNode): unknown => {
  if (node.kind === 'object') {
    return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]))
  }
  if (node.kind === 'array') return node.items.map(plain)
  if (node.kind === 'number') return Number(node.source)

  return node.kind === 'null' ? null : node.value
}

describe('JSON with places', () => {
  it('reads what JSON.parse reads, for any value', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6 }).filter((text) => !text.includes('"__proto__"')),
        (text) => {
          expect(plain(readJsonText(text, 'api2'))).toEqual(JSON.parse(text))
        },
      ),
    )
  })

  it('never throws anything but PhoneError', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0e1-.tn \n') }), (text) => {
        expect(codeOf(text)).toMatch(/^(accepted|json\.)/)
        if (codeOf(text) === 'accepted') expect(() => JSON.parse(text)).not.toThrow()
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['{"a":1}', 'accepted'],
    ['{"a":1,"a":2}', 'json.duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'json.duplicate-key'],
    ['{"a":1}x', 'json.malformed'],
    ['{"a":1,}', 'json.malformed'],
    ['{"a":01}', 'json.malformed'],
    ['{"a":"line\nbreak"}', 'json.malformed'],
    ['\ufeff{"a":1}', 'json.malformed'],
    ['“a”', 'json.malformed'],
    ['', 'json.malformed'],
    [`${'['.repeat(32)}${']'.repeat(32)}`, 'accepted'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'json.limit'],
  ])('judges %j as %s', (text, expected) => {
    expect(codeOf(text)).toBe(expected)
  })

  it('replaces one value and leaves every other character', () => {
    const text = '{ "id" : 12345678901234567890 ,\n"u":"\\u003C", "data":"old"}'
    const root = readJsonText(text, 'api2')
    const data = root.kind === 'object' ? memberOf(root, 'data') : undefined
    if (data === undefined) throw new Error('the sample has data')
    expect(spliceText(text, [{ span: data, text: '"new"' }])).toBe(text.replace('"old"', '"new"'))
  })
})
