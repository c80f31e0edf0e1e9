import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { fixtureText, hasFixtures } from '../testing/fixtures.ts'
import { serve } from '../testing/serve.ts'
import { testGateway } from '../testing/test-gateway.ts'
import { testIo } from '../testing/test-io.ts'
import { processingStates } from './processing-states.ts'

const order = (changes: object = {}) => ({ id: 17, orderStatusId: 17, ...changes })

async function detailsOf(body: unknown, orderId: string | number = 17) {
  const epgu = await serve(() => ({ status: 200, body }))

  return testGateway(epgu.url).orderDetails(orderId)
}

describe.skipIf(!hasFixtures)('order details of the operator', () => {
  it('queued', async () => {
    const epgu = await serve(() => ({
      status: 200,
      body: fixtureText('order-info-goskey-17-queued.json'),
    }))
    const details = await testGateway(epgu.url).orderDetails('2042107808')
    expect(epgu.arrived[0]?.method).toBe('POST')
    expect(epgu.arrived[0]?.url).toBe('/api/gusmev/order/2042107808')
    expect(epgu.arrived[0]?.body.length).toBe(0)
    expect(epgu.arrived[0]?.headers['content-type']).toBeUndefined()
    expect(details).toMatchObject({
      code: 'OK',
      processingState: 'OK',
      message: undefined,
      messageId: undefined,
    })
    expect(details.order).toMatchObject({
      id: '2042107808',
      statusId: 17,
      stateOrgStatusCode: undefined,
      isClosed: false,
      currentStatusHistoryId: '2042110473',
      serviceCode: '10000000374',
      targetCode: '-10000000374',
      region: '77',
      requestedAt: new Date('2022-07-21T14:03:17.543Z'),
      responseFiles: [],
    })
    expect(details.order?.statuses.map(({ statusId }) => statusId)).toEqual([0, 17])
    expect(details.order?.attachmentFiles.map(({ fileName, type }) => [fileName, type])).toEqual([
      ['07_01.pdf', 'ATTACHMENT'],
      ['req.xml', 'REQUEST'],
    ])
    expect(details.order?.raw['smevTx']).toBe('563fd555-64c1-43f1-a525-6d2b27f0feeb')
  })

  it('signed: files lie under the status history, by the mnemonic of the link', async () => {
    const { order: signed } = await detailsOf(
      fixtureText('order-info-goskey-3-signed.json'),
      764502269,
    )
    expect(signed).toMatchObject({
      id: '764502269',
      statusId: 3,
      stateOrgStatusCode: 'done',
      isClosed: true,
      currentStatusHistoryId: '2042107808',
    })
    expect(signed?.currentStatus).toMatchObject({
      hasFiles: true,
      isFinal: true,
      stateOrgStatusId: 56990,
    })
    expect(signed?.responseFiles.map(({ fileName, address }) => [fileName, address])).toEqual([
      ['07_01.pdf.sig', { objectId: '2042107808', mnemonic: '07_01.pdf', objectType: '3' }],
      ['07_01.pdf', { objectId: '2042107808', mnemonic: '07_01.pdf_attach', objectType: '3' }],
      ['req.xml', { objectId: '2042107808', mnemonic: 'req.xml_attach', objectType: '3' }],
    ])
    // `id` names the same place: object and base64url of the mnemonic.
    for (const { id, address } of signed?.responseFiles ?? []) {
      const mnemonic = Buffer.from(address?.mnemonic ?? '').toString('base64url')
      expect(id).toBe(`${address?.objectId}/files/${mnemonic}`)
    }
  })

  it('expired', async () => {
    const { order: expired } = await detailsOf(
      fixtureText('order-info-goskey-4-expired.json'),
      764502263,
    )
    expect(expired).toMatchObject({ statusId: 4, stateOrgStatusCode: 'expired', isClosed: true })
    expect(expired?.currentStatus).toMatchObject({
      comment: 'Истекло время подписания документов',
      hasFiles: false,
      stateOrgStatusId: 56992,
    })
  })

  it('another service, with message_id and five statuses', async () => {
    const details = await detailsOf(
      fixtureText('order-info-epgu-24-processing-error.json'),
      2058864134,
    )
    expect(details.messageId).toBe('71e35026-ade1-11e9-9931-00155d040494')
    expect(details.order?.statuses.map(({ statusId }) => statusId)).toEqual([0, 17, 21, 2, 24])
    expect(details.order).toMatchObject({
      statusId: 24,
      region: '36',
      serviceCode: '10000000113',
    })
    expect(Object.keys(details.order?.raw ?? {}).length).toBeGreaterThan(80)
  })
})

describe('shapes of order details (spec §4.1)', () => {
  it('order as an object, and messageId', async () => {
    const details = await detailsOf({ code: 'OK', messageId: 'm', message_id: 'n', order: order() })
    expect(details).toMatchObject({ messageId: 'm', order: { id: '17', statusId: 17 } })
  })

  it.each([undefined, null, '', 'null'])('no order yet: %j', async (absent) => {
    const details = await detailsOf({ code: 'VALIDATION_ERROR', message: 'x', order: absent })
    expect(details.order).toBeUndefined()
    expect(details.processingState).toBe('VALIDATION_ERROR')
  })

  it('numbers beyond 32 bit, and numbers in strings', async () => {
    const details = await detailsOf(
      {
        code: 'OK',
        order: JSON.stringify({
          id: '4654755604',
          orderStatusId: '3',
          currentStatusHistoryId: 21032616219,
        }),
      },
      4654755604,
    )
    expect(details.order).toMatchObject({
      id: '4654755604',
      statusId: 3,
      currentStatusHistoryId: '21032616219',
    })
  })

  it('asks for the status history when that is wanted', async () => {
    const epgu = await serve(() => ({ status: 200, body: { code: 'NEW' } }))
    await testGateway(epgu.url).orderDetails(17, { embedStatusHistory: true })
    expect(epgu.arrived[0]?.url).toBe('/api/gusmev/order/17?embed=STATUS_HISTORY')
  })

  it('every state of appendix 1 has an outcome and an advice; others are told as they are', async () => {
    const pending = [
      'NEW',
      'VALIDATION',
      'FILES_VERIFICATION',
      'FILES_VERIFICATION_SUCCESS',
      'RETRY',
    ]
    const failed = [
      'LIMITATION_EXCEPTION',
      'INVALID_FILES_STRUCTURE',
      'VALIDATION_ERROR',
      'REQ_NOT_FOUND',
      'MPC_NOT_FOUND',
      'REQ_VERIFY_FAILED',
      'FILES_VERIFICATION_FAILED',
      'INTERNAL_ERROR',
      'CREATE_ORDER_FORBIDDEN',
    ]
    const by = (outcome: string) =>
      Object.entries(processingStates)
        .filter(([, entry]) => entry.outcome === outcome)
        .map(([state]) => state)
    expect(by('pending')).toEqual(pending)
    expect(by('failed')).toEqual(failed)
    expect(by('accepted')).toEqual(['OK', 'DONE'])
    expect(await detailsOf({ code: 'toString' })).toMatchObject({
      code: 'toString',
      processingState: undefined,
    })
  })
})

describe('hostile order details', () => {
  const deep = `{"id":17,"orderStatusId":3,"x":${'['.repeat(5000)}${']'.repeat(5000)}}`
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['no object', [], 'wrong-shape'],
    ['no code', { order: order() }, 'wrong-shape'],
    ['an order of another number', { code: 'OK', order: order({ id: 18 }) }, 'wrong-shape'],
    ['an order without status', { code: 'OK', order: { id: 17 } }, 'wrong-shape'],
    ['an order that is a number', { code: 'OK', order: 17 }, 'wrong-shape'],
    [
      'a number that JSON has rounded',
      '{"code":"OK","order":{"id":90071992547409931,"orderStatusId":1}}',
      'wrong-shape',
    ],
    ['order that is no JSON', { code: 'OK', order: '{id:17}' }, 'not-json'],
    ['an order nested too deep inside its string', { code: 'OK', order: deep }, 'too-deep'],
    ['an envelope nested too deep', `{"code":"OK","order":${deep}}`, 'too-deep'],
    ['values without number', `{"code":"OK","x":[${'0,'.repeat(2_100_000)}0]}`, 'too-many-values'],
  ]

  it.each(cases)('%s', async (_, body, reason) => {
    const error = await caughtAs('epgu.unreadable-answer', detailsOf(body))
    expect(error.data).toEqual({ operation: 'order-details', reason, httpStatus: 200 })
  })

  it('members of other types, and names that every object has, are passed over', async () => {
    const { order: read } = await detailsOf({
      code: 'OK',
      order: `{"id":17,"orderStatusId":3,"__proto__":{"closed":true},"closed":"yes","statuses":[7,{"id":1}],
        "orderResponseFiles":{"0":{}},"currentStatusHistory":[],"updated":"yesterday","orderAttachmentFiles":
        [{"fileName":"a","link":"terrabyte://evil/1/a/3","fileSize":"x"},{"link":"terrabyte://00/1/b/3"}]}`,
    })
    expect(read).toMatchObject({
      isClosed: false,
      statuses: [],
      responseFiles: [],
      updatedAt: undefined,
    })
    expect(read?.attachmentFiles).toMatchObject([
      { fileName: 'a', address: undefined, sizeBytes: undefined },
    ])
  })

  it('an answer above the limit is not read to its end', async () => {
    let sent = 0
    const epgu = await serve((_, { response }) => {
      response.writeHead(200)
      const more = () => {
        while (sent < 200_000_000 && response.write(Buffer.alloc(65_536, 0x20))) sent += 65_536
      }
      response.on('drain', more)
      more()

      return undefined
    })
    const error = await caughtAs(
      'epgu.unreadable-answer',
      testGateway(epgu.url, { limits: { maxAnswerBytes: 1_000_000 } }).orderDetails(17),
    )
    expect(error.data.reason).toBe('too-large')
    expect(sent).toBeLessThan(50_000_000)
  })

  it('an answer that is cut off is told as such', async () => {
    const epgu = await serve((_, { response }) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"code":')
      setImmediate(() => response.destroy())

      return undefined
    })
    const error = await caughtAs('epgu.unreadable-answer', testGateway(epgu.url).orderDetails(17))
    expect(error.data.reason).toBe('cut-off')
    expect(epgu.arrived).toHaveLength(4)
  })
})

describe('a read that meets faults', () => {
  it('is repeated after an answer that was cut off in the middle', async () => {
    const epgu = await serve((_, { response }) => {
      if (epgu.arrived.length > 1) return { status: 200, body: { code: 'OK', order: order() } }
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"code":')
      setImmediate(() => response.destroy())

      return undefined
    })
    const { order: found } = await testGateway(epgu.url).orderDetails(17)
    expect(found?.id).toBe('17')
    expect(epgu.arrived).toHaveLength(2)
  })

  it('is repeated after a lost answer and 503, and comes through', async () => {
    let count = 0
    const epgu = await serve((_, { request }) => {
      count += 1
      if (count === 1) {
        request.socket.destroy()

        return undefined
      }

      return count === 2 ? { status: 503 } : { status: 200, body: { code: 'OK', order: order() } }
    })
    const io = testIo()
    const details = await testGateway(epgu.url, { io }).orderDetails(17)
    expect(details.order?.id).toBe('17')
    expect(io.slept).toHaveLength(2)
  })
})
