import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallBody } from '../http/schemas/workbench-call-schemas.ts'
import type { OrderDetailBody } from '../http/schemas/workbench-schemas.ts'
import { addBrowserKey } from '../testing/add-browser-key.ts'
import {
  apiKeyOf,
  createWorkbenchWorld,
  goskeyRequest,
  type WorkbenchWorld,
} from '../testing/workbench-world.ts'

type CallDetail = CallBody & {
  readonly request: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string | null
    readonly fields: readonly { readonly name: string; readonly value: string }[]
    readonly file: { readonly fileName: string } | null
  }
  readonly answer: { readonly text: string | null; readonly bytes: number | null }
  readonly told: { readonly code: string; readonly action: string } | null
  readonly isRepeatable: boolean
}

describe('what the workbench asked, and what it was answered', () => {
  let world: WorkbenchWorld
  let order: OrderDetailBody
  beforeAll(async () => {
    world = await createWorkbenchWorld()
  })
  afterAll(() => world?.muhr.stop())

  const calls = async (query = ''): Promise<readonly CallDetail[]> => {
    const { items } = await world.get<{ items: readonly CallBody[] }>(
      `/v1/workbench/calls?limit=200${query}`,
    )

    return Promise.all(items.map(({ id }) => world.get<CallDetail>(`/v1/workbench/calls/${id}`)))
  }

  it('a token is told by what it says, and never given out', async () => {
    const token = await world.post<Record<string, unknown>>(
      `/v1/workbench/accounts/${world.account}/token`,
    )
    expect(token.status, JSON.stringify(token.body)).toBe(200)
    expect(token.body['clientId']).toEqual(expect.any(String))
    expect(token.body['organisationOids']).toHaveLength(1)
    expect(JSON.stringify(token.body)).not.toContain('eyJ')
    const { items } = await world.get<{ items: { id: string; tokenUntil?: string }[] }>(
      '/v1/workbench/accounts',
    )
    expect(items.find(({ id }) => id === world.account)?.tokenUntil).toBe(token.body['expiresAt'])
  })

  it('every call stands there with request and answer, without a secret', async () => {
    order = await world.goskeyOrder()
    await world.post(`/v1/workbench/orders/${order.id}/build`)
    await world.post(`/v1/workbench/orders/${order.id}/push`)
    await world.until(order.id, 'sent')
    await world.untilStatus(order.id, 17)
    const all = await calls()
    const ofOrder = await calls(`&order=${order.id}`)
    const token = all.find(({ operation }) => operation === 'token')
    expect(token).toMatchObject({ method: 'GET', status: 200, order: null })
    expect(token?.url).toMatch(/\/ext-app\/\{apiKey\}\/tkn\?signature=\{signature\}$/)
    expect(token?.answer.text).toBe('{"accessTkn":"{token}"}')
    const reserve = ofOrder.find(({ operation }) => operation === 'reserve')
    expect(reserve?.request.headers['authorization']).toBe('Bearer {token}')
    expect(JSON.parse(reserve?.request.body ?? '')).toMatchObject({ region: '77' })
    expect(reserve?.answer.text).toContain(order.orderNumber)
    const push = ofOrder.find(({ operation }) => operation === 'push-chunk')
    expect(push?.request.fields.map(({ name }) => name)).toEqual(['meta', 'orderId'])
    expect(push?.request.file?.fileName).toBe('archive.zip')
    const details = ofOrder.find(({ operation }) => operation === 'order-details')
    expect(details?.answer.text).toContain('"order":')
    const told = JSON.stringify(all)
    expect(told).not.toContain(apiKeyOf(1001))
    expect(told).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)
    const rows = await world.muhr.sql<{ answer: Buffer | null; url: string }>(
      'select answer, url from workbench_calls',
    )
    expect(rows.some(({ answer }) => answer?.toString('latin1').includes('order'))).toBe(false)
  })

  it('parts of a sending stand with their answers', async () => {
    const now = await world.get<OrderDetailBody>(`/v1/workbench/orders/${order.id}`)
    expect(now.parts).toMatchObject([{ index: 0, fileName: 'archive.zip', status: 200 }])
  })

  it('a refusal is told with what its code means and who must act; a call without answer with why', async () => {
    const wrong = await world.post<{ id: string }>('/v1/workbench/accounts', {
      name: 'Никто',
      esiaUrl: world.muhr.ready.esia,
      epguUrl: 'http://127.0.0.1:12',
      apiKey: '00000000-0000-4000-8000-00000000ffff',
      signerKey: world.key,
    })
    const refused = await world.post(`/v1/workbench/accounts/${wrong.body.id}/token`)
    expect(refused.body.code).toBe('workbench.refused')
    const [token] = await calls()
    expect(token).toMatchObject({
      operation: 'token',
      status: 404,
      told: { code: 'ESIA-037218', action: 'fix-config' },
    })
    const lost = await world.muhr.api.call(
      `/v1/workbench/dictionary?account=${wrong.body.id}&code=TEST_REGIONS`,
    )
    expect(lost.status).toBe(503)
    const [dictionary] = await calls()
    expect(dictionary).toMatchObject({ operation: 'dictionary', status: null })
    expect(dictionary?.fault).toMatch(/^[A-Z_]+$/)
  })

  it('a call without an effect is made again as it was, one with an effect never', async () => {
    const { account } = world
    await world.get(`/v1/workbench/dictionary?account=${account}&code=TEST_REGIONS`)
    await world.get(`/v1/workbench/statuses?account=${account}&orders=${order.orderNumber}`)
    await world.get(`/v1/workbench/statuses?account=${account}&since=2026-11-01T00:00:00Z`)
    await world.untilStatus(order.id, 17)
    const before = await calls()
    const repeatable = ['token', 'order-details', 'orders-status', 'updated-after', 'dictionary']
    for (const operation of repeatable) {
      const call = before.find((each) => each.operation === operation && each.status === 200)
      expect(call?.isRepeatable, operation).toBe(true)
      const again = await world.post<{ id: string }>(`/v1/workbench/calls/${call?.id}/repeat`)
      expect(again.status, JSON.stringify(again.body)).toBe(200)
      expect(again.body.id).not.toBe(call?.id)
      const made = await world.get<CallDetail>(`/v1/workbench/calls/${again.body.id}`)
      expect(made).toMatchObject({
        operation,
        method: call?.method,
        url: call?.url,
        status: 200,
        order: call?.order,
        request: { body: call?.request.body ?? null },
      })
    }
    for (const operation of ['reserve', 'push-chunk']) {
      const call = before.find((each) => each.operation === operation)
      expect(call?.isRepeatable, operation).toBe(false)
      const refused = await world.post(`/v1/workbench/calls/${call?.id}/repeat`)
      expect([refused.status, refused.body.code]).toEqual([409, 'workbench.state'])
    }
    const after = await calls()
    expect(after.length - before.length).toBe(repeatable.length)
  })

  it('a refusal is an answer to a repeated call too; where nothing was called it is told', async () => {
    const refused = (await calls()).find(({ told }) => told?.code === 'ESIA-037218')
    const again = await world.post<{ id: string }>(`/v1/workbench/calls/${refused?.id}/repeat`)
    expect(again.status).toBe(200)
    const made = await world.get<CallDetail>(`/v1/workbench/calls/${again.body.id}`)
    expect(made.told?.code).toBe('ESIA-037218')
    const gone = await world.post('/v1/workbench/calls/wbc_nothing/repeat')
    expect([gone.status, gone.body.code]).toEqual([404, 'request.not-found'])
  })

  it('only the last 500 calls are kept', async () => {
    await world.muhr.sql(`insert into workbench_calls (id, organisation_id, account_id, operation,
      method, url, request, at, elapsed_ms, status)
      select 'wbc_0' || lpad(n::text, 5, '0'), (select organisation_id from workbench_calls limit 1),
      'x', 'token', 'GET', 'x', '{"headers":{}}', now(), 1, 200 from generate_series(1, 600) n`)
    for (let count = 0; count < 25; count += 1) {
      await world.post(`/v1/workbench/orders/${order.id}/refresh`)
    }
    await calls()
    const [{ count } = { count: 0 }] = await world.muhr.sql<{ count: number }>(
      'select count(*)::int as count from workbench_calls',
    )
    expect(count).toBeLessThanOrEqual(525)
  })
})

describe('an order of the workbench', () => {
  let world: WorkbenchWorld
  beforeAll(async () => {
    world = await createWorkbenchWorld()
  })
  afterAll(() => world?.muhr.stop())

  it('is followed by server-sent events', async () => {
    const { id } = await world.goskeyOrder()
    const end = new AbortController()
    const stream = await fetch(
      new URL(`/v1/workbench/orders/${id}/stream`, world.muhr.server.url),
      {
        headers: { authorization: `Bearer ${world.muhr.access.apiKey}` },
        signal: end.signal,
      },
    )
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const states: string[] = []
    const read = async (wanted: string) => {
      let text = ''
      for await (const piece of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += piece
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1]
          if (data !== undefined) {
            states.push((JSON.parse(data) as OrderDetailBody).state)
          }
        }
        if (states.at(-1) === wanted) {
          return
        }
      }
    }
    const reading = read('sent')
    await world.post(`/v1/workbench/orders/${id}/build`)
    await world.post(`/v1/workbench/orders/${id}/push`)
    await reading
    end.abort()
    expect(states[0]).toBe('draft')
    expect(states).toContain('built')
    expect(states.at(-1)).toBe('sent')
  })

  it('is signed by another key when one is chosen; what the first one signed is dropped', async () => {
    const { id, signerKey } = await world.goskeyOrder()
    expect(signerKey).toBe(world.key)
    await world.post(`/v1/workbench/orders/${id}/build`)
    const other = await addBrowserKey(world.muhr.api)
    const put = (key: string) =>
      world.muhr.api.call<OrderDetailBody & { readonly code?: string }>(
        `/v1/workbench/orders/${id}/signer-key`,
        { method: 'PUT', json: { signerKey: key } },
      )
    const chosen = await put(other)
    expect(chosen.body).toMatchObject({ state: 'draft', signerKey: other })
    expect(
      chosen.body.files.filter(
        ({ role, removedAt }) => removedAt === null && ['package', 'signature'].includes(role),
      ),
    ).toEqual([])
    expect(chosen.body.history.at(-1)).toMatchObject({ type: 'key-chosen' })
    expect((await put('sky_none')).body.code).toBe('workbench.key')
    await put(world.key)
    const built = await world.post(`/v1/workbench/orders/${id}/build`)
    expect(built.body.state).toBe('built')
    await world.post(`/v1/workbench/orders/${id}/push`)
    await world.until(id, 'sent')
    expect((await put(other)).body.code).toBe('workbench.state')
  })

  it('goes out as it is where a person wants to see what the portal says', async () => {
    const { id } = await world.goskeyOrder()
    const xml = goskeyRequest(world.muhr.server.app.now()).replace(
      /<Description>.*<\/Description>/,
      '',
    )
    await world.muhr.api.call(`/v1/workbench/orders/${id}/xml`, { method: 'PUT', json: { xml } })
    const refused = await world.post(`/v1/workbench/orders/${id}/build`)
    expect(refused.body.code).toBe('workbench.rules-broken')
    const built = await world.post(`/v1/workbench/orders/${id}/build`, { asIs: true })
    expect(built.body).toMatchObject({ state: 'built', isAsIs: true })
    expect(built.body.history.at(-1)?.data['faults']).toBeGreaterThan(0)
    const looked = await world.get<{
      files: { name: string; isSigned: boolean }[]
      faults: { rule: string }[]
    }>(`/v1/workbench/orders/${id}/package`)
    expect(looked.files.filter(({ isSigned }) => isSigned).map(({ name }) => name)).toEqual([
      'req.xml',
      'contract.pdf',
    ])
    expect(looked.faults.map(({ rule }) => rule)).toContain('request-schema')
    await world.post(`/v1/workbench/orders/${id}/push`)
    await world.until(id, 'sent')
    const end = Date.now() + 15_000
    let code: string | undefined
    while (code !== 'VALIDATION_ERROR' && Date.now() < end) {
      code = (await world.post(`/v1/workbench/orders/${id}/refresh`)).body.portal?.code
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(code).toBe('VALIDATION_ERROR')
  })

  it('gives its files again after a restart, removed ones too', async () => {
    const { id } = await world.goskeyOrder()
    await world.post(`/v1/workbench/orders/${id}/build`)
    await world.post(`/v1/workbench/orders/${id}/build`)
    const { files } = await world.get<OrderDetailBody>(`/v1/workbench/orders/${id}`)
    expect(files.filter(({ removedAt }) => removedAt !== null).length).toBeGreaterThan(0)
    // A process that knows nothing of the first one but what both keep.
    const second = await world.muhr.startSecond()
    for (const { href, size } of files) {
      const { status, body } = await second.api.call<Buffer>(href)
      expect(status).toBe(200)
      expect(Buffer.from(body).byteLength).toBe(size)
    }
  })
})
