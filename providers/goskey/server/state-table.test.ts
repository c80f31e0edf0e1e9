import type { Instant, RequestId, WatchedRequest } from '@muhr/envelope'
import { type OrderDetails, readOrderDetails } from '@muhr/epgu'
import { describe, expect, test } from 'vitest'
import type { GoskeyHandle } from './handle.ts'
import { itemsOf } from './state-table.ts'

const now = new Date('2026-11-22T12:00:00.000Z')

const watchedIn = (state: WatchedRequest<GoskeyHandle>['state']): WatchedRequest<GoskeyHandle> => ({
  id: 'req_1' as RequestId,
  method: 'UKEP',
  state,
  handle: { key: '4700000001', documents: ['a.pdf', 'b.pdf'] },
  window: undefined,
  since: '2026-11-22T08:00:00.000Z' as Instant,
})

const signature = (name: string, mnemonic = name) => ({
  fileName: `${name}.sig`,
  link: `terrabyte://00/21100000002/${mnemonic}/3`,
})

function detailsOf(order: object | null, code = 'OK'): OrderDetails {
  const inner =
    order === null
      ? null
      : JSON.stringify({
          id: 4700000001,
          orderStatusId: 17,
          stateOrgStatusCode: '',
          closed: false,
          currentStatusHistoryId: 21100000002,
          statuses: [],
          orderResponseFiles: [],
          orderAttachmentFiles: [],
          ...order,
        })
  const reading = readOrderDetails({ code, message: null, order: inner } as never)
  if (!reading.ok) throw new Error(`the details of the test cannot be read: ${reading.reason}`)

  return reading.value
}

const said = (details: OrderDetails, state: 'open' | 'unknown' = 'open') =>
  itemsOf(watchedIn(state), details, now).map((item) =>
    item.kind === 'observation' ? item.observation : item.kind,
  )

describe('the states of an order', () => {
  test.each([
    [{ orderStatusId: 0 }, 'looked'],
    [{ orderStatusId: 17 }, 'looked'],
    [{ orderStatusId: 99 }, 'looked'],
    [
      { orderStatusId: 4, stateOrgStatusCode: 'sign_reject' },
      { kind: 'declined', reason: 'goskey.rejected' },
    ],
    [{ orderStatusId: 4, stateOrgStatusCode: 'EXPIRED' }, { kind: 'expired' }],
    [
      { orderStatusId: 5, stateOrgStatusCode: 'snils_not_found' },
      { kind: 'refused', code: 'goskey.recipient-not-found' },
    ],
    [
      { orderStatusId: 5, stateOrgStatusCode: 'state_eds_no_answer' },
      { kind: 'refused', code: 'goskey.sender-signature' },
    ],
    [{ orderStatusId: 5 }, { kind: 'refused', code: 'goskey.internal' }],
    [{ orderStatusId: 24 }, { kind: 'refused', code: 'goskey.portal' }],
  ])('%j is %j', (order, expected) => {
    expect(said(detailsOf(order))).toEqual([expected])
  })

  test('before there is an order the gateway says why it ends, and nothing else ends it', () => {
    expect(said(detailsOf(null, 'FILES_VERIFICATION'))).toEqual(['looked'])
    expect(said(detailsOf(null, 'OK'))).toEqual(['looked'])
    expect(said(detailsOf(null, 'VALIDATION_ERROR'))).toEqual([
      { kind: 'refused', code: 'epgu.VALIDATION_ERROR' },
    ])
  })

  test('a number that nothing was ever sent under is absent, where nobody knew', () => {
    expect(said(detailsOf({ orderStatusId: 0 }), 'unknown')).toEqual([{ kind: 'absent' }])
  })

  test('signed is a reason to collect', () => {
    const files = [signature('a.pdf'), signature('b.pdf')]

    expect(said(detailsOf({ orderStatusId: 3, orderResponseFiles: files }))).toEqual([
      { kind: 'said-signed' },
    ])
  })

  test.each([
    ['missing', [signature('a.pdf')], 'goskey.signature-missing'],
    [
      'doubled',
      [signature('a.pdf'), signature('a.pdf'), signature('b.pdf')],
      'goskey.signature-doubled',
    ],
    [
      'of nothing that was sent',
      [signature('a.pdf'), signature('b.pdf'), signature('c.pdf')],
      'goskey.unexpected-file',
    ],
  ])('a signature that is %s is shown to a person', (_, orderResponseFiles, code) => {
    expect(said(detailsOf({ orderStatusId: 3, orderResponseFiles }))).toEqual([
      { kind: 'flagged', code, attention: 'provider' },
      { kind: 'said-signed' },
    ])
  })
})
