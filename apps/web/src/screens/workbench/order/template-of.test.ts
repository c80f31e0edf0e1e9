import { describe, expect, it } from 'vitest'
import { templateOf } from './template-of.ts'

const guid = '6f9619ff-8b86-4011-b42d-00c04fc964ff'

describe('a request file as a template', () => {
  it('opens the places of number and guid, wherever they stand', () => {
    expect(
      templateOf(`<a id="764255248"><b>${guid}</b><c>764255248</c></a>`, {
        orderNumber: '764255248',
        guid,
      }),
    ).toBe('<a id="{{orderId}}"><b>{{guid}}</b><c>{{orderId}}</c></a>')
  })

  it('leaves longer numbers alone that hold the same digits', () => {
    expect(templateOf('<a>17642552480</a>', { orderNumber: '764255248', guid })).toBe(
      '<a>17642552480</a>',
    )
  })

  it('of an order without a number has places for the guid only', () => {
    expect(templateOf(`req_${guid}.xml`, { orderNumber: null, guid })).toBe('req_{{guid}}.xml')
  })
})
