import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSignedData, createTrustStore } from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OrderDetails } from '../gateway/order.ts'
import { readOrderDetails } from '../gateway/read-order.ts'
import { type GoskeyOrderStatus, goskeyOrderState } from './order-state.ts'
import { expectResults, type ResultOrder } from './result-files.ts'
import { fixtures, testSnils } from './testing/requests.ts'
import {
  signDetached,
  type TestIdentity,
  type TestPki,
  testNow,
  testPki,
} from './testing/test-pki.ts'
import { type ResultSigner, verifyResult } from './verify-result.ts'

const at = (statusId: number, more: Partial<GoskeyOrderStatus> = {}): GoskeyOrderStatus => ({
  statusId,
  stateOrgStatusCode: undefined,
  ...more,
})

const said = (title: string, comment?: string) => ({
  currentStatus: { stateOrgStatusCode: '', title, comment },
})

describe('the state of an order', () => {
  it.each<[GoskeyOrderStatus, string]>([
    [at(0), 'draft status-id'],
    [at(17), 'queued status-id'],
    [at(21), 'queued status-id'],
    [at(15), 'queued status-id'],
    [at(999), 'queued status-id'],
    [at(3, { stateOrgStatusCode: 'done' }), 'signed status-id final'],
    [at(3, said('Отказ')), 'signed status-id final'],
    [at(4, { stateOrgStatusCode: 'sign_reject' }), 'rejected status-code final'],
    [at(4, { stateOrgStatusCode: 'EXPIRED' }), 'expired status-code final'],
    [at(4, { stateOrgStatusCode: 'expired', ...said('Отказ') }), 'expired status-code final'],
    // A code of success under a status of refusal is no success.
    [at(4, { stateOrgStatusCode: 'done' }), 'rejected default final'],
    [at(4, said('Истекло время подписания документов')), 'expired text final'],
    [at(4, said('Документы отклонены')), 'rejected text final'],
    [at(4, said('Иное')), 'rejected default final'],
    [at(5, { stateOrgStatusCode: 'request_error' }), 'failed internal status-code final'],
    [
      at(5, { stateOrgStatusCode: 'STATE_EDS_NO_ANSWER' }),
      'failed sender-signature status-code final',
    ],
    [
      at(5, { stateOrgStatusCode: 'snils_not_found' }),
      'failed recipient-not-found status-code final',
    ],
    // The reason is told by its code under 4 as under 5.
    [
      at(4, { stateOrgStatusCode: 'SNILS_NOT_FOUND', ...said('Отказ') }),
      'failed recipient-not-found status-code final',
    ],
    [
      at(4, { stateOrgStatusCode: 'state_eds_no_answer' }),
      'failed sender-signature status-code final',
    ],
    [at(4, said('Отказ', 'Получатель не найден')), 'failed recipient-not-found text final'],
    [at(5, { stateOrgStatusCode: 'expired' }), 'expired status-code final'],
    [at(5, { stateOrgStatusCode: 'sign_reject' }), 'rejected status-code final'],
    [at(5, { stateOrgStatusCode: 'done' }), 'failed internal default final'],
    // Names that every object has are no codes.
    [at(4, { stateOrgStatusCode: 'constructor' }), 'rejected default final'],
    [at(5, { stateOrgStatusCode: '__proto__' }), 'failed internal default final'],
    [at(5, said('Истекло время подписания документов')), 'expired text final'],
    [at(5, said('Ошибка', 'Пользователь не найден')), 'failed recipient-not-found text final'],
    [at(5, said('Отказ')), 'failed internal default final'],
    [at(24), 'failed portal status-id final'],
    [at(22), 'failed portal status-id final'],
    [at(10), 'failed cancelled status-id final'],
  ])('of %j is %s', (order, expected) => {
    const { state, failure, decidedBy, isFinal } = goskeyOrderState({ code: 'OK', order })
    expect(
      [state, failure, decidedBy, isFinal ? 'final' : undefined].filter(Boolean).join(' '),
    ).toBe(expected)
  })

  it.each([
    ['NEW', 'queued', undefined],
    ['RETRY', 'queued', undefined],
    ['DONE', 'queued', undefined],
    ['OK', 'queued', undefined],
    ['SOMETHING_NEW', 'queued', undefined],
    ['FILES_VERIFICATION_FAILED', 'failed', 'FILES_VERIFICATION_FAILED'],
    ['VALIDATION_ERROR', 'failed', 'VALIDATION_ERROR'],
    ['CREATE_ORDER_FORBIDDEN', 'failed', 'CREATE_ORDER_FORBIDDEN'],
  ])('before there is an order goes by the code of the gateway: %s', (code, state, gatewayCode) => {
    const found = goskeyOrderState({ code, order: undefined })
    expect(found).toMatchObject({ state, isFinal: state === 'failed' })
    expect(found.gatewayCode).toBe(gatewayCode)
  })
})

const history = '2042107808'
const result = (fileName: string, mnemonic: string, objectId = history, objectType = '3') => ({
  fileName,
  sizeBytes: 10,
  address: { objectId, objectType, mnemonic },
})

const orderOf = (...responseFiles: ResultOrder['responseFiles']): ResultOrder => ({
  currentStatusHistoryId: history,
  statuses: [{ id: '2042107806' }, { id: history }],
  responseFiles,
})

const good = [
  result('a.pdf.sig', 'a.pdf'),
  result('a.pdf', 'a.pdf_attach'),
  result('b.txt.sig', 'b.txt'),
  result('b.txt', 'b.txt_attach'),
  result('req.xml', 'req.xml_attach'),
]

describe('result files', () => {
  const summary = (order: ResultOrder) => {
    const { isComplete, files, faults } = expectResults(order, ['a.pdf', 'b.txt'])

    return {
      isComplete,
      signatures: files.filter(({ kind }) => kind === 'signature').map(({ document }) => document),
      faults: faults.map(({ fault, file }) => `${fault} ${file}`),
    }
  }
  const complete = { isComplete: true, signatures: ['a.pdf', 'b.txt'], faults: [] }

  it('are one signature of every document, whatever order they come in', () => {
    expect(summary(orderOf(...good))).toEqual(complete)
    expect(summary(orderOf(...good.toReversed()))).toEqual(complete)
  })

  it('are told by what the link says, not by the file name', () => {
    const swapped = [
      result('b.txt.sig', 'a.pdf'),
      result('a.pdf.sig', 'b.txt'),
      result('a.pdf', 'req.xml_attach'),
    ]
    expect(summary(orderOf(...swapped))).toEqual(complete)
  })

  it('without a link are found by the rule', () => {
    const bare = good.map((file) => ({ ...file, address: undefined }))
    const { files } = expectResults(orderOf(...bare), ['a.pdf', 'b.txt'])
    expect(files.map(({ address }) => address)).toEqual([
      { objectId: history, objectType: '3', mnemonic: 'a.pdf' },
      { objectId: history, objectType: '3', mnemonic: 'b.txt' },
    ])
  })

  it.each<[string, ResultOrder['responseFiles'], string]>([
    ['a signature is missing', good.slice(0, 2), 'signature-missing b.txt'],
    ['a signature is there twice', [...good, result('a2.sig', 'a.pdf')], 'signature-doubled a.pdf'],
    [
      'a file belongs to nothing',
      [...good, result('c.pdf.sig', 'c.pdf')],
      'unexpected-file c.pdf.sig',
    ],
    [
      'req.xml has a signature',
      [...good, result('req.xml.sig', 'req.xml')],
      'unexpected-file req.xml.sig',
    ],
    [
      'a file is of another order',
      [...good, result('c.sig', 'a.pdf', '1')],
      'foreign-object c.sig',
    ],
    ['a file was sent', [...good, result('c.sig', 'a.pdf', history, '2')], 'foreign-object c.sig'],
  ])('are not complete when %s', (_, files, fault) => {
    expect(summary(orderOf(...good))).toEqual(complete)
    expect(summary(orderOf(...files))).toMatchObject({ isComplete: false, faults: [fault] })
  })

  it('of an order without any are missing, all of them', () => {
    expect(summary(orderOf()).faults).toEqual([
      'signature-missing a.pdf',
      'signature-missing b.txt',
    ])
  })
})

describe('a returned signature', () => {
  const document = Buffer.from('%PDF-1.7 our document')
  let pki: TestPki
  let person: TestIdentity
  let stranger: TestIdentity

  beforeAll(async () => {
    pki = await testPki()
    person = await pki.issue([
      ['CN', 'ТЕСТОВ ТЕСТ'],
      ['SNILS', '11223344595'],
      ['INN', '999900001365'],
      ['OGRN', '1027700132195'],
    ])
    stranger = await pki.issue([['CN', 'ИНОЙ']])
  })

  const verify = async (signature: Uint8Array, signer: ResultSigner = { snils: testSnils }) =>
    verifyResult({
      document: 'a.pdf',
      signature,
      // As it comes from a store, in chunks.
      content: (async function* () {
        yield document.subarray(0, 5)
        yield document.subarray(5)
      })(),
      signer,
      trust: pki.trust,
      policy: 'etsi-basic',
      now: testNow,
    })

  it('of the recipient over our octets is the expected one', async () => {
    const facts = await verify(await signDetached(person, document))
    expect(facts).toMatchObject({
      document: 'a.pdf',
      signatures: 1,
      coversDocument: true,
      signatureValue: 'valid',
      snils: 'equal',
      ogrn: 'not-asked',
      isExpected: true,
    })
    expect(facts.verification.report.indication).toBe('TOTAL-PASSED')
  })

  it('over other octets is not', async () => {
    const facts = await verify(await signDetached(person, Buffer.from('another')))
    expect(facts).toMatchObject({
      coversDocument: false,
      signatureValue: 'valid',
      isExpected: false,
    })
    const signature = Buffer.from(await signDetached(person, document))
    signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1)
    expect(await verify(signature)).toMatchObject({
      coversDocument: true,
      signatureValue: 'invalid',
      isExpected: false,
    })
  })

  it('of another person is not, nor one that names nobody', async () => {
    const signature = await signDetached(person, document)
    expect(await verify(signature, { snils: '112-233-446 96' })).toMatchObject({
      snils: 'different',
      isExpected: false,
    })
    expect(await verify(await signDetached(stranger, document))).toMatchObject({
      signatureValue: 'valid',
      snils: 'absent',
      isExpected: false,
    })
  })

  it('for an organisation names it too', async () => {
    const signature = await signDetached(person, document)
    const asked = (ogrn: string) => verify(signature, { snils: testSnils, ogrn })
    expect(await asked('1027700132195')).toMatchObject({ ogrn: 'equal', isExpected: true })
    expect(await asked('1027739609391')).toMatchObject({ ogrn: 'different', isExpected: false })
  })

  it('of the signer of a foreign organisation is told by the INN', async () => {
    const signature = await signDetached(person, document)
    const asked = (inn: string) => verify(signature, { inn })
    expect(await asked('999900001365')).toMatchObject({ inn: 'equal', isExpected: true })
    expect(await asked('999900001118')).toMatchObject({ inn: 'different', isExpected: false })
  })

  it('is not expected from just anybody, nor from everybody of an organisation', async () => {
    const signature = await signDetached(person, document)
    for (const signer of [{}, { snils: '' }, { ogrn: '1027700132195' }]) {
      expect(await verify(signature, signer)).toMatchObject({
        snils: 'not-asked',
        isExpected: false,
      })
    }
  })

  it('that comes with another one is not', async () => {
    const two = await createSignedData({
      content: document,
      form: 'detached',
      signers: [person, stranger].map((signer) => ({ ...signer, signingTime: testNow })),
    })
    expect(await verify(two)).toMatchObject({ signatures: 2, isExpected: false })
  })

  it('that is none is an error', async () => {
    await expect(verify(Buffer.from('hello'))).rejects.toMatchObject({
      code: 'container.not-a-signature',
    })
  })
})

describe.skipIf(!existsSync(fixtures))('answers of the service (fixtures)', () => {
  /** As the gateway client reads them: its types fit without a change. */
  const read = (name: string): OrderDetails => {
    const reading = readOrderDetails(
      JSON.parse(readFileSync(join(fixtures, `order-info-${name}.json`), 'utf8')),
    )
    if (!reading.ok) {
      throw new Error(reading.reason)
    }

    return reading.value
  }
  const stateOf = (name: string) => goskeyOrderState(read(name))

  it('have their states', () => {
    expect(stateOf('goskey-17-queued')).toMatchObject({ state: 'queued', isFinal: false })
    expect(stateOf('goskey-3-signed')).toMatchObject({ state: 'signed', isFinal: true })
    expect(stateOf('goskey-4-expired')).toMatchObject({ state: 'expired', isFinal: true })
    expect(stateOf('epgu-24-processing-error')).toMatchObject({ state: 'failed', isFinal: true })
  })

  it('have the signature of the one document under the status history', () => {
    const { order } = read('goskey-3-signed')
    if (order === undefined) {
      throw new Error('no order')
    }
    const { isComplete, files } = expectResults(order, ['07_01.pdf'])
    expect(isComplete).toBe(true)
    expect(files.map(({ kind, address }) => `${kind} ${address.mnemonic}`)).toEqual([
      'signature 07_01.pdf',
      'document 07_01.pdf_attach',
      'request req.xml_attach',
    ])
  })

  it('are signatures whose mathematics hold over the digest that they name', async () => {
    const facts = await verifyResult({
      document: '07_01.pdf',
      signature: readFileSync(join(fixtures, 'goskey-result-07_01.pdf.sig')),
      content: Buffer.from('not the document, which is not published'),
      signer: {},
      trust: createTrustStore([]),
      policy: 'etsi-basic',
      now: testNow,
    })
    expect(facts).toMatchObject({ signatures: 1, signatureValue: 'valid', coversDocument: false })
    expect(facts.verification.report.signatures[0]?.signer.snils).toMatch(/^\d{11}$/)
  })
})
