import { describe, expect, it } from 'vitest'
import { sandboxPhoneLink } from '../sandbox-phone.ts'
import { tokenOf } from './api.ts'
import {
  documentTitle,
  expectedNumber,
  organisationName,
  type SignerView,
  signerPhase,
} from './view.ts'

const presentation = { qr: 'mobileSign:http://127.0.0.1:8080/x/mgovSign', links: [] }
const view = (over: Partial<SignerView>): SignerView => ({
  mode: 'sandbox',
  organisation: { name: 'ООО «Пример»', names: { kk: '«Мысал» ЖШС' }, bin: '000140000018' },
  title: 'Договор',
  recipient: { name: 'Үлгіұлы Сынақ', identifiersMasked: { iin: '········0012' }, locale: 'kk' },
  state: 'sent',
  envelopeState: 'sent',
  documents: [],
  request: { provider: 'egov-mobile', method: 'CMS_WITH_DATA', state: 'open', presentation },
  ...over,
})

describe('signerPhase', () => {
  it.each([
    ['not-your-turn', 'waiting'],
    ['waiting', 'waiting'],
    ['sealing', 'preparing'],
    ['dispatching', 'preparing'],
    ['sent', 'ready'],
    ['viewed', 'opened'],
    ['received', 'checking'],
    ['held', 'held'],
    ['signed', 'signed'],
    ['declined', 'declined'],
    ['expired', 'expired'],
    ['voided', 'voided'],
    ['failed', 'failed'],
  ] as const)('%s is shown as %s', (state, phase) => {
    expect(signerPhase(view({ state }))).toBe(phase)
  })

  it('offers a new code where the last one is over', () => {
    const closed = { provider: 'egov-mobile', method: 'X', state: 'closed' as const }

    expect(signerPhase(view({ request: closed }))).toBe('code-over')
    expect(signerPhase(view({ request: undefined, state: 'viewed' }))).toBe('code-over')
  })

  it('lets the signer try again after a signature that was not accepted', () => {
    const attention = { kind: 'person' as const, code: 'identity-mismatch' }

    expect(signerPhase(view({ state: 'received', attention }))).toBe('opened')
    expect(signerPhase(view({ state: 'received', attention, request: undefined }))).toBe(
      'code-over',
    )
  })

  it('never shows "signed" for what a provider only says', () => {
    expect(signerPhase(view({ state: 'received' }))).not.toBe('signed')
    expect(signerPhase(view({ state: 'held' }))).not.toBe('signed')
  })
})

describe('what the signer reads', () => {
  it('names the organisation in the reader’s language', () => {
    expect(organisationName(view({}), 'kk')).toBe('«Мысал» ЖШС')
    expect(organisationName(view({}), 'en')).toBe('ООО «Пример»')
  })

  it('titles a document by its title, else by its file name', () => {
    const document = {
      position: 0,
      fileName: 'a.pdf',
      mediaType: 'application/pdf',
      size: 1,
      sha256: 'aa',
    }

    expect(documentTitle({ ...document, title: { ru: 'Договор' } }, 'kk')).toBe('Договор')
    expect(documentTitle({ ...document, title: {} }, 'kk')).toBe('a.pdf')
    expect(documentTitle({ ...document, title: '' }, 'kk')).toBe('a.pdf')
  })

  it('knows a person before an organisation', () => {
    expect(expectedNumber({ bin: '····', iin: '········0012' })).toEqual({
      kind: 'iin',
      masked: '········0012',
    })
    expect(expectedNumber({})).toBeUndefined()
  })
})

describe('links', () => {
  it('takes the token out of the path and nothing else', () => {
    expect(tokenOf('/s/k7Qm2xV9')).toBe('k7Qm2xV9')
    expect(tokenOf('/s/k7Qm2xV9/api/view')).toBe('k7Qm2xV9')
    expect(tokenOf('/verify')).toBe('')
  })

  it('opens the sandbox phone with the code already scanned', () => {
    const phone = 'http://127.0.0.1:8100/phone'

    expect(sandboxPhoneLink(phone, presentation)).toBe(
      `${phone}?link=${encodeURIComponent(presentation.qr)}`,
    )
    expect(
      sandboxPhoneLink(phone, { links: [{ kind: 'egov-mobile', url: `${phone}?link=x` }] }),
    ).toBe(`${phone}?link=x`)
    expect(sandboxPhoneLink(undefined, presentation)).toBeUndefined()
  })
})
