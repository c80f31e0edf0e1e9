import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderDetailBody } from '../http/schemas/workbench-schemas.ts'
import { createWorkbenchWorld, notice, type WorkbenchWorld } from '../testing/workbench-world.ts'

describe('the workbench', () => {
  let world: WorkbenchWorld
  beforeAll(async () => {
    world = await createWorkbenchWorld()
  })
  afterAll(() => world?.muhr.stop())

  const contentOf = async (
    order: OrderDetailBody,
    wanted: { readonly role: string; readonly name?: string },
  ): Promise<Buffer> => {
    const file = order.files.find(
      ({ role, name, removedAt }) =>
        role === wanted.role && removedAt === null && (wanted.name ?? name) === name,
    )

    return (await world.muhr.api.call<Buffer>(file?.href ?? '')).body
  }

  it('takes a second service from its number to its result, with its own schema and names', async () => {
    const { post, get, upload, muhr } = world
    const service = await post<{ id: string; version: number }>('/v1/workbench/services', {
      name: 'Уведомление',
      serviceCode: notice.code,
      mainFile: 'req_{{guid}}.xml',
      template: notice.template,
      schema: notice.schema,
    })
    expect(service.status, JSON.stringify(service.body)).toBe(201)
    const made = await post('/v1/workbench/orders', {
      title: 'Уведомление 1',
      account: world.account,
      service: { id: service.body.id },
      region: '77',
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const { id, guid, orderNumber } = made.body
    expect(made.body).toMatchObject({ state: 'draft', mainFile: `req_${guid}.xml` })

    // The number stands inside the XML already, and the editor may ask whether it is right.
    const { xml } = await get<{ xml: string }>(`/v1/workbench/orders/${id}/xml`)
    expect(xml).toContain(`<OrderId>${orderNumber}</OrderId>`)
    const bad = await post<{ faults: object[] }>('/v1/workbench/xml/check', {
      xml: xml.replace('9999000013', '12'),
      service: { id: service.body.id },
    })
    expect(bad.body).toMatchObject({
      isValid: false,
      faults: [{ kind: 'schema', element: 'INN', line: 5, column: 14 }],
    })

    await upload(
      `/v1/workbench/orders/${id}/files?fileName=trans_${guid}.xml`,
      notice.business(guid),
    )
    const built = await post(`/v1/workbench/orders/${id}/build`)
    expect(built.status, JSON.stringify(built.body)).toBe(200)
    expect(built.body.files.map(({ role, name }) => [role, name])).toEqual([
      ['main', `req_${guid}.xml`],
      ['document', `trans_${guid}.xml`],
      ['package', 'package.zip'],
      ['signature', `req_${guid}.xml.sig`],
      ['signature', `trans_${guid}.xml.sig`],
    ])
    const pushed = await post(`/v1/workbench/orders/${id}/push`)
    expect(pushed).toMatchObject({ status: 202, body: { state: 'sending' } })
    const sent = await world.until(id, 'sent')
    expect(sent.progress).toEqual({
      sentBytes: sent.progress?.totalBytes,
      totalBytes: expect.any(Number),
    })
    await world.untilStatus(id, 17)

    const day = new Date(muhr.server.app.now().getTime() + 3 * 3_600_000).toISOString().slice(0, 10)
    const ofDay = await get<{ items: object[] }>(
      `/v1/workbench/statuses?account=${world.account}&date=${day}`,
    )
    expect(ofDay.items).toContainEqual(
      expect.objectContaining({ orderNumber, order: id, statusId: 17, isFound: true }),
    )
    await muhr.passTime(61 * 60_000)
    await world.untilStatus(id, 3)
    const done = await post(`/v1/workbench/orders/${id}/download`)
    expect(done.body).toMatchObject({ isClosed: true, portal: { stage: 'done' } })
    expect(
      (await contentOf(done.body, { role: 'result', name: 'receipt.xml' })).toString(),
    ).toContain(`<OrderId>${orderNumber}</OrderId>`)
    // Everything that was sent can be had again, and a second download brings nothing twice.
    expect(
      (await contentOf(done.body, { role: 'package' })).subarray(0, 4).toString('latin1'),
    ).toBe('PK\x03\x04')
    const again = await post(`/v1/workbench/orders/${id}/download`)
    expect(again.body.files.filter(({ role }) => role === 'result')).toHaveLength(1)
    expect(again.body.history.map(({ type }) => type)).toEqual([
      'created',
      'reserved',
      'file-added',
      'built',
      'push-started',
      'pushed',
      ...again.body.history.filter(({ type }) => type === 'observed').map(() => 'observed'),
      'downloaded',
    ])
  })

  it('takes a document through Goskey and brings the signature home', async () => {
    const { post } = world
    const { id } = await world.goskeyOrder()
    const built = await post(`/v1/workbench/orders/${id}/build`)
    expect(built.status, JSON.stringify(built.body)).toBe(200)
    const key = 'push-once'
    const first = await post(`/v1/workbench/orders/${id}/push`, {}, { 'idempotency-key': key })
    const repeated = await post(`/v1/workbench/orders/${id}/push`, {}, { 'idempotency-key': key })
    expect([first.status, repeated.status]).toEqual([202, 202])
    expect(repeated.headers.get('idempotent-replayed')).toBe('true')
    const { orderNumber } = await world.until(id, 'sent')
    expect(await world.untilStatus(id, 17)).toMatchObject({ portal: { goskey: 'queued' } })
    await world.control(`epgu/orders/${orderNumber}/sign`, {})
    expect(await world.untilStatus(id, 3)).toMatchObject({ portal: { goskey: 'signed' } })
    const done = await post(`/v1/workbench/orders/${id}/download`)
    expect(done.body.files.filter(({ role }) => role === 'result').map(({ name }) => name)).toEqual(
      ['contract.pdf.sig', 'contract.pdf', 'req.xml'],
    )
    const container = await contentOf(done.body, { role: 'result', name: 'contract.pdf.sig' })
    const report = await post<{ signatures: { cryptography: string }[] }>('/v1/verifications', {
      container: container.toString('base64'),
      content: Buffer.from('%PDF-1.4 TEST\n').toString('base64'),
    })
    expect(report.body.signatures[0]?.cryptography).toBe('valid')
    // Goskey cancels nothing, and says so by its code.
    const cancelled = await post(`/v1/workbench/orders/${id}/cancel`)
    expect(cancelled).toMatchObject({
      status: 409,
      body: { code: 'workbench.refused', fields: [{ code: 'cancel_not_allowed' }] },
    })
  })

  it('sends a large package in chunks, and tells how far it is', async () => {
    const { post, upload } = world
    const { id } = await world.goskeyOrder()
    const pdf = Buffer.alloc(12_000_000, 'x')
    pdf.write('%PDF-1.4 TEST\n')
    await upload(`/v1/workbench/orders/${id}/files?fileName=large.pdf`, pdf)
    await post(`/v1/workbench/orders/${id}/build`)
    await post(`/v1/workbench/orders/${id}/push`, { chunkBytes: 5_000_000 })
    const sent = await world.until(id, 'sent')
    expect(sent.progress?.totalBytes).toBeGreaterThan(12_000_000)
    expect(sent.progress?.sentBytes).toBe(sent.progress?.totalBytes)
    expect(sent.history.find(({ type }) => type === 'pushed')?.data).toMatchObject({ chunks: 3 })
    await world.untilStatus(id, 17)
  })

  it('browses dictionaries page by page, and searches them', async () => {
    const dictionary = `/v1/workbench/dictionary?account=${world.account}`
    const page = await world.get<{ total: number; items: object[] }>(
      `${dictionary}&code=TEST_BANKS&page=3&pageSize=10`,
    )
    expect(page).toMatchObject({ total: 25 })
    expect(page.items).toHaveLength(5)
    const found = await world.get<{ total: number; items: { value: string }[] }>(
      `${dictionary}&code=TEST_REGIONS&subtree=true&search=${encodeURIComponent('краснояр')}&pageSize=1`,
    )
    expect(found).toMatchObject({ total: 2, items: [{ value: '24000000000' }] })
    const unknown = await world.muhr.api.call(`${dictionary}&code=NOBODY`)
    expect(unknown).toMatchObject({ status: 409, body: { code: 'workbench.refused' } })
  })

  it('keeps every version of a service, and orders keep theirs', async () => {
    const { post, get, muhr } = world
    const service = { name: 'A', serviceCode: notice.code, template: '<a>{{orderId}}</a>' }
    const { id } = (await post<{ id: string }>('/v1/workbench/services', service)).body
    const order = await post('/v1/workbench/orders', { account: world.account, service: { id } })
    const changed = await muhr.api.call<{ version: number }>(`/v1/workbench/services/${id}`, {
      method: 'PUT',
      json: { ...service, template: '<b/>' },
    })
    expect(changed.body.version).toBe(2)
    expect(await get(`/v1/workbench/services/${id}?version=1`)).toMatchObject({
      template: '<a>{{orderId}}</a>',
      versions: [{ version: 2 }, { version: 1 }],
    })
    expect(order.body.service).toEqual({ id, version: 1 })
    const broken = await muhr.api.call(`/v1/workbench/services/${id}`, {
      method: 'PUT',
      json: {
        ...service,
        schema:
          '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="b"/></xs:schema>',
      },
    })
    expect(broken).toMatchObject({ status: 422, body: { code: 'workbench.schema' } })
    await muhr.api.call(`/v1/workbench/services/${id}`, { method: 'DELETE' })
    expect(
      (await get<{ items: { id: string }[] }>('/v1/workbench/services')).items.map(
        (each) => each.id,
      ),
    ).not.toContain(id)
    expect((await get<OrderDetailBody>(`/v1/workbench/orders/${order.body.id}`)).service).toEqual({
      id,
      version: 1,
    })
  })

  it('shows an account without its API-Key, and forgets it when it is removed', async () => {
    const { post, get, muhr } = world
    const apiKey = '00000000-0000-4000-8000-000000001002'
    const hosts = { esiaUrl: muhr.ready.esia, epguUrl: muhr.ready.epgu }
    const added = await post<{ id: string }>('/v1/workbench/accounts', {
      name: 'Ромашкина',
      ...hosts,
      apiKey,
      signerKey: world.key,
    })
    expect(added.body).toMatchObject({ apiKeyHint: '…1002', source: 'account' })
    const stored = await muhr.sql('select t::text as text from workbench_accounts t')
    const listed = await get<object>('/v1/workbench/accounts')
    for (const text of [
      JSON.stringify(added.body),
      JSON.stringify(stored),
      JSON.stringify(listed),
    ]) {
      expect(text).not.toContain(apiKey)
    }
    await muhr.api.call(`/v1/workbench/accounts/${added.body.id}`, { method: 'DELETE' })
    expect(
      await muhr.sql('select api_key from workbench_accounts where id = $1', [added.body.id]),
    ).toEqual([{ api_key: null }])
    for (const esiaUrl of ['http://10.0.0.1', 'https://evil.example', 'file:///etc/passwd', 'x']) {
      const refused = await post('/v1/workbench/accounts', { name: 'x', ...hosts, esiaUrl, apiKey })
      expect(refused).toMatchObject({
        status: 422,
        body: { code: 'workbench.host', field: 'esiaUrl' },
      })
    }
  })

  it('goes through an employee of a connection as well', async () => {
    const { muhr, post, get } = world
    const { organisation } = await get<{ organisation: { id: string } }>('/v1/session')
    await muhr.sql(
      `insert into connections (id, organisation_id, provider, name, settings, policy)
        values ('con_goskey', $1, 'goskey', 'Госключ', $2, 'sandbox')`,
      [
        organisation.id,
        JSON.stringify({
          esiaUrl: muhr.ready.esia,
          epguUrl: muhr.ready.epgu,
          pathPrefix: 'api',
          apiKeys: [{ apiKey: '00000000-0000-4000-8000-000000001003', name: 'Лепестков' }],
          signerKey: world.key,
        }),
      ],
    )
    const { items } = await get<{ items: { id: string; source: string; name: string }[] }>(
      '/v1/workbench/accounts',
    )
    const employee = items.find(({ name }) => name === 'Госключ: Лепестков')
    expect(employee?.source).toBe('connection')
    const made = await post('/v1/workbench/orders', {
      account: employee?.id,
      serviceCode: notice.code,
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({ state: 'draft', account: { apiKeyHint: '…1003' } })
  })

  it('sets XML on lines without changing what it says', async () => {
    const { body } = await world.post<{ xml: string }>('/v1/workbench/xml/format', {
      xml: '<?xml version="1.0"?><a b=">"><!-- x --><c>1 <d>2</d></c><e/><f></f>\n\n<g><h>\n3</h></g></a>',
    })
    expect(body.xml).toBe(`<?xml version="1.0"?>
<a b=">">
  <!-- x -->
  <c>1 <d>2</d></c>
  <e/>
  <f></f>
  <g>
    <h>
3</h>
  </g>
</a>
`)
    const broken = await world.post('/v1/workbench/xml/format', { xml: '<a>\n<b></a>' })
    expect(broken).toMatchObject({ status: 422, body: { code: 'workbench.xml' } })
    expect(broken.body.fields?.[0]?.field).toMatch(/^xml:2:/)
  })
})
