import { describe, expect, it } from 'vitest'
import type { XmlFault } from '../../../api/workbench-types.ts'
import { fixOf, hintsOf } from './fixes.ts'

const fault = (more: Partial<XmlFault>): XmlFault => ({
  kind: 'schema',
  line: 1,
  column: 1,
  message: '',
  ...more,
})

describe('the one right fix', () => {
  it.each([
    [
      '<Snils>000-729-72938</Snils>',
      fault({ element: 'Snils', code: 'value-pattern' }),
      '<Snils>000-729-729 38</Snils>',
    ],
    ['<Snils>00072972938</Snils>', fault({ element: 'Snils' }), '<Snils>000-729-729 38</Snils>'],
    [
      '<r>\n  <d a="1">30.11.2026</d></r>',
      fault({ line: 2, column: 3, element: 'd', code: 'value-type' }),
      '<r>\n  <d a="1">2026-11-30</d></r>',
    ],
    ['<c> 123\n</c>', fault({ element: 'c', code: 'value-pattern' }), '<c>123</c>'],
    [
      '<a b="1" c=\'2\'/>',
      fault({ element: 'a', attribute: 'c', code: 'attribute-not-allowed' }),
      '<a b="1"/>',
    ],
    [
      '<a>R & D &amp; &#38;</a>',
      fault({ kind: 'not-well-formed', code: 'entity-syntax' }),
      '<a>R &amp; D &amp; &#38;</a>',
    ],
  ])('of %j', (text, wrong, mended) => {
    expect(fixOf(text, wrong)?.text).toBe(mended)
  })

  it.each([
    ['ten digits', '<Snils>0007297293</Snils>', fault({ element: 'Snils' })],
    ['no day of the calendar', '<d>31.02.2026</d>', fault({ element: 'd', code: 'value-type' })],
    ['two bare signs', '<a>& &</a>', fault({ kind: 'not-well-formed', code: 'entity-syntax' })],
    ['an element with others inside', '<a><b/></a>', fault({ element: 'a' })],
    ['a place behind the text', '<a/>', fault({ line: 9, column: 1 })],
  ])('is not offered for %s', (_, text, wrong) => {
    expect(fixOf(text, wrong)).toBeUndefined()
  })
})

describe('what the service will say beside the schema', () => {
  const now = new Date('2026-11-30T10:00:00Z')
  const request = (snils: string, expiry: string) =>
    `<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0">\n<Snils>${snils}</Snils>\n<SignExpiration>${expiry}</SignExpiration></SignRequest>`

  it('is nothing of a request that is right', () => {
    expect(hintsOf(request('000-729-729 38', '2026-12-01T12:00:00+03:00'), now)).toEqual([])
  })

  it('is a window too far or over, which is set to 23 hours, and wrong check digits', () => {
    const far = hintsOf(request('112-233-445 00', '2026-12-09T12:00:00+03:00'), now)
    expect(far).toMatchObject([
      { kind: 'snils-sum', line: 2, fix: undefined },
      { kind: 'expiry-far', line: 3, fix: { value: '2026-12-01T12:00:00+03:00' } },
    ])
    const [past] = hintsOf(request('000-729-729 38', '2026-11-30T12:00:00+03:00'), now)
    expect(past?.kind).toBe('expiry-past')
    expect(hintsOf(past?.fix?.text ?? '', now)).toEqual([])
  })

  it('is not looked for in requests of other services', () => {
    expect(hintsOf('<a><SignExpiration>2020-01-01T00:00:00Z</SignExpiration></a>', now)).toEqual([])
  })
})
