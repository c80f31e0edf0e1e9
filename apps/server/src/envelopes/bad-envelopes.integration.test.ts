import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  countRows,
  createOtherOrganisation,
  recipientOf,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'

const limit = 1_000_000

describe('an envelope', () => {
  let muhr: TestInstallation
  let documents: readonly string[]
  let before: Readonly<Record<string, number>>

  beforeAll(async () => {
    muhr = await startTestInstallation({ env: { MUHR_MAX_ENVELOPE_BYTES: String(limit) } })
    const bytes = samplePdf({ bytes: 400_000 })
    const uploads = [bytes, bytes, samplePdf({ bytes: 600_001 }), samplePdf()]
    documents = await Promise.all(
      uploads.map(async (upload) => (await muhr.api.upload(upload)).body.id),
    )
  })
  afterAll(() => muhr?.stop())
  beforeEach(async () => {
    before = await countRows(muhr)
  })

  const good = () => wishFor(muhr.ready, [documents[3] ?? ''])
  const person = () => recipientOf(muhr.ready)
  const withRecipient = (patch: object) => ({
    ...good(),
    recipients: [{ ...person(), ...patch }],
  })
  const withMethods = (methods: unknown) => withRecipient({ methods })
  const withIdentifiers = (identifiers: unknown) => withRecipient({ identifiers })
  const egov = { provider: 'egov-mobile', method: 'CMS_SIGN_ONLY' }

  type Case = readonly [string, () => object, number, string, string]
  const cases: readonly Case[] = [
    ['without documents', () => ({ ...good(), documents: [] }), 400, 'documents', 'field.invalid'],
    [
      'without recipients',
      () => ({ ...good(), recipients: [] }),
      400,
      'recipients',
      'field.invalid',
    ],
    ['without a title', () => ({ ...good(), title: ' ' }), 400, 'title', 'field.invalid'],
    [
      'with a document that nobody uploaded',
      () => ({ ...good(), documents: [{ id: 'doc_none' }] }),
      422,
      'documents[0].id',
      'document.unknown',
    ],
    [
      'with the same bytes twice',
      () => ({ ...good(), documents: [{ id: documents[0] }, { id: documents[1] }] }),
      422,
      'documents[1]',
      'document.duplicate',
    ],
    [
      'with documents that are too large together',
      () => ({ ...good(), documents: [{ id: documents[0] }, { id: documents[2] }] }),
      413,
      'documents',
      'envelope.too-large',
    ],
    [
      'with a deadline in the past',
      () => ({ ...good(), deadline: '2020-01-01T00:00:00Z' }),
      422,
      'deadline',
      'deadline.past',
    ],
    [
      'with a deadline that is no time',
      () => ({ ...good(), deadline: 'tomorrow' }),
      400,
      'deadline',
      'field.invalid',
    ],
    [
      'with a recipient without a method',
      () => withMethods([]),
      422,
      'recipients[0].methods',
      'recipient.method',
    ],
    [
      'with a recipient whose methods are left out',
      () => withMethods(undefined),
      400,
      'recipients[0].methods',
      'field.invalid',
    ],
    [
      'with the same method twice',
      () => withMethods([egov, egov]),
      422,
      'recipients[0].methods',
      'recipient.method-duplicate',
    ],
    [
      'with an unknown provider',
      () => withMethods([{ ...egov, provider: 'fax' }]),
      422,
      'recipients[0].methods[0].provider',
      'recipient.method',
    ],
    [
      'with an unknown method',
      () => withMethods([{ ...egov, method: 'cms_sign_only' }]),
      422,
      'recipients[0].methods[0].method',
      'recipient.method',
    ],
    [
      'with an unknown connection',
      () => withMethods([{ ...egov, connection: 'con_none' }]),
      422,
      'recipients[0].methods[0].connection',
      'recipient.method',
    ],
    [
      'with a recipient without a name',
      () => withRecipient({ name: '' }),
      400,
      'recipients[0].name',
      'field.invalid',
    ],
    [
      'with a recipient without a number',
      () => withIdentifiers({}),
      422,
      'recipients[0].identifiers',
      'recipient.identifier',
    ],
    [
      'with a SNILS whose check digits are wrong',
      () => withIdentifiers({ snils: '112-233-445 96' }),
      422,
      'recipients[0].identifiers.snils',
      'identifier.check-digit',
    ],
    [
      'with an INN whose check digit is wrong',
      () => withIdentifiers({ inn: '7707083894' }),
      422,
      'recipients[0].identifiers.inn',
      'identifier.check-digit',
    ],
    [
      'with an IIN of eleven digits',
      () => withIdentifiers({ iin: '12345678901' }),
      422,
      'recipients[0].identifiers.iin',
      'identifier.length',
    ],
    [
      'with letters in an IIN',
      () => withIdentifiers({ iin: '12345678901x' }),
      422,
      'recipients[0].identifiers.iin',
      'identifier.not-digits',
    ],
    [
      'with an unknown kind of number',
      () => withIdentifiers({ passport: '123' }),
      400,
      'recipients[0].identifiers.passport',
      'field.invalid',
    ],
    [
      'with the same person twice',
      () => ({ ...good(), recipients: [person(), { ...person(), name: 'Үлгіұлы С.' }] }),
      422,
      'recipients[1].identifiers',
      'recipient.duplicate',
    ],
    [
      'with an order group of zero',
      () => withRecipient({ orderGroup: 0 }),
      400,
      'recipients[0].orderGroup',
      'field.invalid',
    ],
    [
      'with an unknown field',
      () => ({ ...good(), dedline: '2030-01-01T00:00:00Z' }),
      400,
      'dedline',
      'field.invalid',
    ],
    [
      'with an unknown language',
      () => withRecipient({ locale: 'fr' }),
      400,
      'recipients[0].locale',
      'field.invalid',
    ],
  ]

  describe('is refused at once, by its field, and nothing is stored:', () => {
    it.each(cases)('%s', async (_, wish, status, field, code) => {
      const answer = await muhr.api.create(wish(), {
        'idempotency-key': `k-${crypto.randomUUID()}`,
      })
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(answer.status, JSON.stringify(answer.body)).toBe(status)
      expect(answer.body.fields).toContainEqual(expect.objectContaining({ field, code }))
      expect(answer.body.advice).not.toBe('')
      expect(await countRows(muhr)).toEqual(before)
    })

    it('takes the numbers of an earlier recipient, of this organisation alone', async () => {
      const { body: first } = await muhr.api.create(good())
      const [recipient] = first.signings.map((signing) => signing.recipient)
      const again = (id: string, kinds: readonly string[] = ['iin']) => ({
        ...good(),
        recipients: [{ ...person(), identifiers: {}, identifiersOf: { recipient: id, kinds } }],
      })

      const { status, body } = await muhr.api.create(again(recipient?.id ?? ''))
      expect(status).toBe(201)
      expect(body.signings[0]?.recipient.identifiersMasked).toEqual(recipient?.identifiersMasked)
      const none = await muhr.api.create(again(recipient?.id ?? '', ['snils']))
      expect(none.body.fields?.map(({ code }) => code)).toContain('recipient.identifier')

      const stranger = await (await createOtherOrganisation(muhr)).withKey()
      for (const [client, id] of [
        [muhr.api, 'rcp_unknown'],
        [stranger, recipient?.id ?? ''],
      ] as const) {
        const refused = await client.create(again(id))
        expect(refused.body.fields?.map(({ field, code }) => `${field} ${code}`)).toContain(
          'recipients[0].identifiersOf recipient.unknown',
        )
        expect(JSON.stringify(refused.body)).not.toContain(person().identifiers.iin)
      }
    })

    it('with a body that is no JSON, or of another type', async () => {
      const broken = await muhr.api.call('/v1/envelopes', {
        method: 'POST',
        body: '{"title":',
        headers: { 'content-type': 'application/json' },
      })
      expect(broken).toMatchObject({
        status: 400,
        body: { code: 'request.invalid', field: 'body' },
      })
      const xml = await muhr.api.call('/v1/envelopes', {
        method: 'POST',
        body: '<a/>',
        headers: { 'content-type': 'application/xml' },
      })
      expect(xml).toMatchObject({ status: 415, body: { code: 'request.media-type' } })
      const long = await muhr.api.create({ ...good(), title: 'x'.repeat(5 * 1024 * 1024) })
      expect(long).toMatchObject({ status: 413, body: { code: 'request.too-large' } })
      expect(await countRows(muhr)).toEqual(before)
    })

    it('with everything wrong at once: every field is named', async () => {
      const wish = {
        ...good(),
        documents: [{ id: 'doc_none' }],
        deadline: '2020-01-01T00:00:00Z',
        recipients: [
          { ...person(), identifiers: { snils: '112-233-445 96' }, methods: [] },
          { ...person(), methods: [{ ...egov, provider: 'fax' }] },
        ],
      }
      const { body } = await muhr.api.create(wish)
      expect(body.fields?.map(({ field }) => field)).toEqual([
        'documents[0].id',
        'recipients[0].identifiers.snils',
        'recipients[0].methods',
        'recipients[1].methods[0].provider',
        'deadline',
      ])
    })
  })

  it('with an IIN or BIN whose check digit is wrong is made, and warns', async () => {
    const wish = {
      ...good(),
      recipients: [{ ...person(), identifiers: { iin: '123456789012', bin: '001440000017' } }],
    }
    const answer = await muhr.api.create(wish)
    expect(answer.status).toBe(201)
    expect(answer.body.warnings).toEqual([
      expect.objectContaining({
        field: 'recipients[0].identifiers.iin',
        code: 'identifier.check-digit',
      }),
      expect.objectContaining({
        field: 'recipients[0].identifiers.bin',
        code: 'identifier.check-digit',
      }),
    ])
  })

  it('with right numbers is made without a warning', async () => {
    const { body, status } = await muhr.api.create(good())
    expect(status).toBe(201)
    expect(body.warnings).toBeUndefined()
  })

  describe('before it is made', () => {
    it('is looked at as strictly as when it is made, and nothing is stored', async () => {
      for (const [name, wish, status, field, code] of cases.filter((each) => each[2] !== 400)) {
        const answer = await muhr.api.call<{ obstacles: readonly object[] }>(
          '/v1/envelopes/preflight',
          { method: 'POST', json: wish() },
        )
        expect(answer.status, name).toBe(200)
        expect(answer.body.obstacles, `${name} ${status}`).toContainEqual(
          expect.objectContaining({ field, code }),
        )
      }
      expect(await countRows(muhr)).toEqual(before)
    })

    it('may be incomplete: what is missing is said', async () => {
      const answer = await muhr.api.call<{ obstacles: readonly { readonly field: string }[] }>(
        '/v1/envelopes/preflight',
        { method: 'POST', json: {} },
      )
      expect(answer.body.obstacles.map(({ field }) => field).toSorted()).toEqual([
        'documents',
        'recipients',
        'title',
      ])
      const whole = await muhr.api.call('/v1/envelopes/preflight', { method: 'POST', json: good() })
      expect(whole.body).toEqual({ obstacles: [], warnings: [], dispatches: [] })
    })
  })
})
