import { describe, expect, it } from 'vitest'
import { emptyCodes, orderOf } from './order-form.ts'

const form = { title: ' Уведомление ', account: 'wba_1', key: '', codes: emptyCodes, reserve: true }

describe('the form of a new order', () => {
  it('names a kept service and none of the codes that were typed before', () => {
    expect(
      orderOf({ ...form, service: 'wbs_1', codes: { ...emptyCodes, serviceCode: '1' } }),
    ).toEqual({
      title: 'Уведомление',
      account: 'wba_1',
      signerKey: undefined,
      reserve: true,
      service: { id: 'wbs_1' },
    })
  })

  it('without a service gives the codes, and leaves empty ones to the server', () => {
    expect(
      orderOf({ ...form, service: '', codes: { ...emptyCodes, serviceCode: ' 60099901 ' } }),
    ).toMatchObject({ serviceCode: '60099901', targetCode: undefined, mainFile: 'req.xml' })
  })
})
