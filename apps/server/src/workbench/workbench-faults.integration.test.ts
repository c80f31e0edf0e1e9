import {
  createSignedData,
  createSigningKey,
  parseCertificate,
  readPem,
  signatureProfiles,
} from '@muhr/pki'
import { packZip } from '@muhr/zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderDetailBody } from '../http/schemas/workbench-schemas.ts'
import {
  apiKeyOf,
  createWorkbenchWorld,
  goskeyCode,
  goskeyRequest,
  notice,
  type WorkbenchWorld,
} from '../testing/workbench-world.ts'

type SealTaskBody = {
  readonly id: string
  readonly items: readonly { readonly name: string; readonly href?: string }[]
}

type SealView = {
  readonly thumbprint: string
  readonly items: readonly { readonly name: string; readonly sha256: string }[]
}

describe('the workbench, when things go wrong', () => {
  let world: WorkbenchWorld
  beforeAll(async () => {
    world = await createWorkbenchWorld()
  })
  afterAll(() => world?.muhr.stop())

  const fault = (on: string, kind: string) =>
    world.control('epgu/faults', { faults: [{ on, fault: kind, times: 1 }] }, 'PUT')
  const built = async (more: object = {}): Promise<OrderDetailBody> => {
    const { id } = await world.goskeyOrder(more)
    const answer = await world.post(`/v1/workbench/orders/${id}/build`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)

    return answer.body
  }
  /** A signature of the sending organisation, as its clerk's plug-in makes it. */
  const sign = (content: Uint8Array): Promise<Uint8Array> => {
    const blocks = readPem(world.senderPem)
    const bytesOf = (label: string) =>
      blocks.find((block) => block.label === label)?.bytes ?? new Uint8Array()

    return createSignedData({
      content,
      form: 'detached',
      signers: [
        {
          key: createSigningKey(bytesOf('PRIVATE KEY')),
          certificate: parseCertificate(bytesOf('CERTIFICATE')),
          signingTime: world.muhr.server.app.now(),
          profile: signatureProfiles['ru-cryptopro'],
        },
      ],
    })
  }

  describe('a sending whose answer is lost', () => {
    it('is unknown, is never sent again by itself, and is resolved by asking', async () => {
      const { id, orderNumber } = await built()
      await fault('chunked', 'lost-answer')
      await world.post(`/v1/workbench/orders/${id}/push`)
      const unknown = await world.until(id, 'unknown')
      expect(unknown.lastCode).toBe('epgu.outcome-unknown')
      // Not by pushing again, not by building anew, not by changing what was sent.
      for (const path of ['push', 'build', 'cancel']) {
        expect(await world.post(`/v1/workbench/orders/${id}/${path}`)).toMatchObject({
          status: 409,
          body: { code: 'workbench.state' },
        })
      }
      const settled = await world.untilStatus(id, 17)
      expect(settled).toMatchObject({ state: 'sent', orderNumber, lastCode: null })
      expect(settled.history.filter(({ type }) => type === 'push-started')).toHaveLength(1)
    })

    it('of which the portal knows nothing is resolved by a person, after asking', async () => {
      const { id } = await built()
      // The number stays a draft at the portal: the last chunk never arrived there.
      await fault('chunked', '503')
      await world.post(`/v1/workbench/orders/${id}/push`)
      await world.until(id, 'unknown')
      const resolve = (said: object) => world.post(`/v1/workbench/orders/${id}/resolve`, said)
      expect(await resolve({ outcome: 'not-sent' })).toMatchObject({
        status: 409,
        body: { code: 'workbench.state' },
      })
      const asked = await world.post(`/v1/workbench/orders/${id}/refresh`)
      expect(asked.body).toMatchObject({ state: 'unknown', portal: { statusId: 0 } })
      const said = await resolve({ outcome: 'not-sent' })
      expect(said.body).toMatchObject({ state: 'built' })
      expect(said.body.history.at(-1)).toMatchObject({
        type: 'resolved',
        actor: { kind: 'api-key' },
        data: { outcome: 'not-sent' },
      })
      await world.post(`/v1/workbench/orders/${id}/push`)
      await world.until(id, 'sent')
    })

    it('without a number is resolved by the number that a person found', async () => {
      const { id, orderNumber } = await built({ reserve: false })
      expect(orderNumber).toBeNull()
      await fault('push', 'lost-answer')
      await world.post(`/v1/workbench/orders/${id}/push`)
      await world.until(id, 'unknown')
      expect((await world.post(`/v1/workbench/orders/${id}/refresh`)).body.code).toBe(
        'workbench.state',
      )
      const other = await built()
      const resolve = (number: string) =>
        world.post(`/v1/workbench/orders/${id}/resolve`, { outcome: 'sent', orderNumber: number })
      expect((await resolve(other.orderNumber ?? '')).body.code).toBe('workbench.field')
      expect((await resolve('99999999999')).body.code).toBe('workbench.refused')
      const since = new Date(Date.now() - 60_000).toISOString()
      const { items } = await world.get<{ items: { orderNumber: string; order: string | null }[] }>(
        `/v1/workbench/statuses?account=${world.account}&since=${encodeURIComponent(since)}`,
      )
      const found = items.filter(({ order }) => order === null).at(-1)
      expect(await resolve(found?.orderNumber ?? '')).toMatchObject({
        status: 200,
        body: { state: 'sent', orderNumber: found?.orderNumber },
      })
    })

    it('of a process that died is unknown when its time is over', async () => {
      const { id } = await built()
      await world.muhr.sql(
        `update workbench_orders set state = 'sending', version = version + 1,
          lease_until = now() - interval '1 second' where id = $1`,
        [id],
      )
      expect(await world.get(`/v1/workbench/orders/${id}`)).toMatchObject({
        state: 'unknown',
        lastCode: 'workbench.interrupted',
      })
    })
  })

  it('sends again what certainly had no effect, when a person asks', async () => {
    const { id } = await built()
    await fault('chunked', '401')
    await world.post(`/v1/workbench/orders/${id}/push`)
    // A token that was refused is replaced once, without anybody noticing.
    await world.until(id, 'sent')
    const second = await built()
    await world.muhr.sql(
      `update workbench_accounts set epgu_url = 'http://127.0.0.1:1' where id = $1`,
      [world.account],
    )
    await world.post(`/v1/workbench/orders/${second.id}/push`)
    expect(await world.until(second.id, 'built')).toMatchObject({ lastCode: 'epgu.unreachable' })
    await world.muhr.sql(`update workbench_accounts set epgu_url = $2 where id = $1`, [
      world.account,
      world.muhr.ready.epgu,
    ])
    await world.post(`/v1/workbench/orders/${second.id}/push`)
    await world.until(second.id, 'sent')
  })

  it('tells the code of ESIA, and the order that did not come about stays in the list', async () => {
    const { muhr, post } = world
    const blocked = await post<{ id: string }>('/v1/workbench/accounts', {
      name: 'Заблокирован',
      esiaUrl: muhr.ready.esia,
      epguUrl: muhr.ready.epgu,
      apiKey: apiKeyOf(37214),
      signerKey: world.key,
    })
    const refused = await post('/v1/workbench/orders', {
      account: blocked.body.id,
      serviceCode: goskeyCode,
    })
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'workbench.refused', fields: [{ code: 'ESIA-037214' }] },
    })
    expect(JSON.stringify(refused.body)).not.toContain(apiKeyOf(37214))
    const { items } = await world.get<{ items: object[] }>('/v1/workbench/orders?limit=1')
    expect(items).toMatchObject([{ state: 'failed', lastCode: 'ESIA-037214' }])
  })

  describe('a package', () => {
    it('that breaks rules is refused by name and place, and nothing of it is signed', async () => {
      const { id } = await world.goskeyOrder()
      const set = await world.muhr.api.call(`/v1/workbench/orders/${id}/xml`, {
        method: 'PUT',
        json: { xml: goskeyRequest(new Date(), '00000000101') },
      })
      expect(set.status).toBe(200)
      const refused = await world.post(`/v1/workbench/orders/${id}/build`)
      expect(refused).toMatchObject({ status: 422, body: { code: 'workbench.rules-broken' } })
      expect(refused.body.fields).toContainEqual(
        expect.objectContaining({
          code: 'request-schema',
          field: expect.stringMatching(/^req\.xml:1:/),
          detail: expect.stringContaining('Snils'),
        }),
      )
      expect(JSON.stringify(refused.body)).not.toContain('00000000101')
      const order = await world.get<OrderDetailBody>(`/v1/workbench/orders/${id}`)
      expect(order.state).toBe('draft')
      expect(order.files.map(({ role }) => role)).not.toContain('package')
    })

    const zipOf = async (files: Readonly<Record<string, string>>, more: object = {}) => {
      const entries = await Promise.all(
        Object.entries(files).map(async ([path, text]) => [
          { path, bytes: Buffer.from(text) },
          { path: `${path}.sig`, bytes: await sign(Buffer.from(text)) },
        ]),
      )
      const others = Object.entries(more).map(([path, bytes]) => ({ path, bytes }))

      return packZip([...entries.flat(), ...others])
    }
    const uploadTo = (id: string, zip: Uint8Array) =>
      world.upload(`/v1/workbench/orders/${id}/package`, zip)
    const codesOf = (body: { readonly fields?: readonly { readonly code: string }[] }) =>
      body.fields?.map(({ code }) => code)

    it('that is ready-made is taken, sign_config.xml included, and sent', async () => {
      const { id } = await world.goskeyOrder()
      const config =
        '<signedAttachments><signedDocument><documentFileName>contract.pdf</documentFileName><signData><signFileName>contract.pdf.sig</signFileName></signData><signData><signFileName>second.sig</signFileName></signData></signedDocument></signedAttachments>'
      const pdf = '%PDF-1.4 TEST\n'
      const zip = await zipOf(
        {
          'req.xml': goskeyRequest(world.muhr.server.app.now()),
          'contract.pdf': pdf,
          'sign_config.xml': config,
        },
        { 'second.sig': await sign(Buffer.from(pdf)) },
      )
      const taken = await uploadTo(id, zip)
      expect(taken.status, JSON.stringify(taken.body)).toBe(201)
      expect(taken.body.state).toBe('built')
      await world.post(`/v1/workbench/orders/${id}/push`)
      await world.until(id, 'sent')
      await world.untilStatus(id, 17)

      const named = config.replace('second.sig', 'third.sig')
      const broken = await zipOf({
        'req.xml': goskeyRequest(world.muhr.server.app.now()),
        'contract.pdf': pdf,
        'sign_config.xml': named,
      })
      const other = await world.goskeyOrder()
      const refused = await uploadTo(other.id, broken)
      expect(codesOf(refused.body)).toEqual(['signature-missing'])
    })

    it('that is hostile is refused within limits, and none of it is kept', async () => {
      const { id } = await world.goskeyOrder()
      const request = goskeyRequest(world.muhr.server.app.now())
      const valid = await zipOf({ 'req.xml': request, 'contract.pdf': '%PDF-1.4 TEST\n' })
      const folders = packZip([{ path: 'a/req.xml', bytes: Buffer.from(request) }])
      const swapped = packZip([
        { path: 'req.xml', bytes: Buffer.from(request) },
        { path: 'req.xml.sig', bytes: await sign(Buffer.from('something else')) },
      ])
      const bomb = await zipOf({
        'req.xml': `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}">]>${request}`,
      })
      for (const [zip, code] of [
        [Buffer.from('no zip at all'), 'archive-unreadable'],
        [valid.subarray(0, valid.length - 30), 'archive-unreadable'],
        [folders, 'archive-not-flat'],
        [swapped, 'signature-wrong'],
        [bomb, 'request-unreadable'],
      ] as const) {
        const refused = await uploadTo(id, zip)
        expect(refused).toMatchObject({ status: 422, body: { code: 'workbench.rules-broken' } })
        expect(codesOf(refused.body), code).toContain(code)
        for (const { advice, code: rule, detail } of refused.body.fields ?? []) {
          expect(advice, code).toMatch(/^[A-Z].* .*\./)
          if (rule === 'signature-wrong') expect(detail, rule).toBeUndefined()
          if (rule.startsWith('archive-')) expect(detail, rule).toMatch(/^zip\./)
        }
      }
      const order = await world.get<OrderDetailBody>(`/v1/workbench/orders/${id}`)
      expect(order).toMatchObject({ state: 'draft' })
      expect(order.files.map(({ role }) => role)).toEqual(['main', 'document'])
      const [hidden] = await world.muhr.sql<{ count: number }>(
        `select count(*)::int as count from workbench_files where order_id = $1 and role = 'package'`,
        [id],
      )
      expect(hidden?.count).toBe(0)
      expect((await uploadTo(id, valid)).status).toBe(201)
    })

    it('has only files whose names can stand in it, each once', async () => {
      const { id } = await world.goskeyOrder()
      const add = (name: string) =>
        world.upload(`/v1/workbench/orders/${id}/files?fileName=${encodeURIComponent(name)}`, 'x')
      for (const name of [
        'Contract.PDF',
        'req.xml',
        'a/b.pdf',
        '..',
        'x.sig',
        'sign_config.xml',
        'con.txt',
      ]) {
        expect(await add(name), name).toMatchObject({
          status: 422,
          body: { code: 'workbench.file-name' },
        })
      }
      const added = await add('act.txt')
      const file = added.body.files.find(({ name }) => name === 'act.txt')
      const removed = await world.muhr.api.call<OrderDetailBody>(file?.href ?? '', {
        method: 'DELETE',
      })
      expect(removed.body.files.find(({ name }) => name === 'act.txt')?.removedAt).not.toBeNull()
      // Taken out, and still there to be read.
      expect(String((await world.muhr.api.call<Buffer>(file?.href ?? '')).body)).toBe('x')
    })
  })

  it('downloads nothing from another host', async () => {
    const { id } = await built()
    await world.post(`/v1/workbench/orders/${id}/push`)
    const { orderNumber } = await world.until(id, 'sent')
    await world.untilStatus(id, 17)
    await world.control(`epgu/orders/${orderNumber}/sign`, {})
    await world.untilStatus(id, 3)
    await world.control('epgu/switches', { redirectDownloads: 'other-host' }, 'PUT')
    const refused = await world.post(`/v1/workbench/orders/${id}/download`)
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'workbench.refused', fields: [{ code: 'epgu.redirect-refused' }] },
    })
    await world.control('epgu/switches', { redirectDownloads: 'same-host' }, 'PUT')
    const done = await world.post(`/v1/workbench/orders/${id}/download`)
    expect(done.body.files.filter(({ role }) => role === 'result')).toHaveLength(3)
    await world.control('epgu/switches', { redirectDownloads: 'none' }, 'PUT')
  })

  it('an attended key: the clerk signs the API-Key once and each package once, among all seals', async () => {
    const { muhr, post, get } = world
    const certificate = readPem(world.senderPem).find(({ label }) => label === 'CERTIFICATE')
    const key = await post<{ id: string }>('/v1/keys', {
      kind: 'browser-plugin',
      certificate: Buffer.from(certificate?.bytes ?? new Uint8Array()).toString('base64'),
    })
    const apiKey = apiKeyOf(1002)
    const account = await post<{ id: string }>('/v1/workbench/accounts', {
      name: 'Ромашкина',
      esiaUrl: muhr.ready.esia,
      epguUrl: muhr.ready.epgu,
      apiKey,
      signerKey: key.body.id,
    })
    const tasks = async () => (await get<{ items: readonly SealTaskBody[] }>('/v1/seals')).items
    const wish = { account: account.body.id, serviceCode: goskeyCode }
    // Nobody needs it yet.
    expect(await tasks()).toEqual([])
    expect((await post('/v1/workbench/orders', wish)).body.code).toBe('workbench.token-seal')
    // Refused before anything was made.
    const { items: orders } = await get<{ items: { account: { id: string } }[] }>(
      '/v1/workbench/orders',
    )
    expect(orders.map((each) => each.account.id)).not.toContain(account.body.id)
    const [wanted] = await tasks()
    expect(wanted).toMatchObject({
      id: account.body.id,
      kind: 'account',
      purpose: 'esia-api-key',
      account: { name: 'Ромашкина' },
      signerKey: key.body.id,
    })
    const path = `/v1/seals/${account.body.id}`
    // The API-Key itself is given to nobody.
    expect(wanted?.items[0]?.href).toBeUndefined()
    expect((await muhr.api.call(`${path}/items/0`)).status).toBe(404)
    const [item] = (await get<SealView>(path)).items
    const seal = async (content: Uint8Array, of: SealView['items'][number] | undefined) => ({
      name: of?.name,
      sha256: of?.sha256,
      signature: Buffer.from(await sign(content)).toString('base64'),
    })
    const wrong = await post(path, { items: [await seal(Buffer.from('another'), item)] })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'seal.signature' } })
    const kept = await post(path, { items: [await seal(Buffer.from(apiKey), item)] })
    expect(kept.status, JSON.stringify(kept.body)).toBe(200)
    expect(await tasks()).toEqual([])
    const { items: accounts } = await get<{
      items: { id: string; sealedUntil: string; tokenUntil?: string }[]
    }>('/v1/workbench/accounts')
    const sealed = accounts.find(({ id }) => id === account.body.id)
    expect(new Date(sealed?.sealedUntil ?? 0) > muhr.server.app.now()).toBe(true)
    expect(sealed?.tokenUntil).toBeUndefined()

    const order = await world.goskeyOrder(wish)
    const waiting = await post(`/v1/workbench/orders/${order.id}/build`)
    expect(waiting.body.state).toBe('sealing')
    expect(await tasks()).toMatchObject([
      {
        id: order.id,
        kind: 'order',
        purpose: 'workbench-package',
        due: waiting.body.sealDue,
        order: { id: order.id, number: order.orderNumber },
      },
    ])
    const view = await get<SealView>(`/v1/seals/${order.id}`)
    expect(view.items.map(({ name }) => name)).toEqual(['req.xml', 'contract.pdf'])
    const items = await Promise.all(
      view.items.map(async (each, index) =>
        seal((await muhr.api.call<Buffer>(`/v1/seals/${order.id}/items/${index}`)).body, each),
      ),
    )
    const part = await post(`/v1/seals/${order.id}`, { items: items.slice(1) })
    expect(part.body.code).toBe('seal.signature')
    // Once for all that waits, whatever room it comes from.
    const done = await post<{ items: readonly { id: string; state: string }[] }>('/v1/seals', {
      seals: [{ id: order.id, items }],
    })
    expect(done.body.items).toEqual([{ id: order.id, state: 'made' }])
    expect((await world.get<OrderDetailBody>(`/v1/workbench/orders/${order.id}`)).state).toBe(
      'built',
    )
    const again = await post(`/v1/seals/${order.id}`, { items })
    expect(again.body.code).toBe('seal.stale')
    await post(`/v1/workbench/orders/${order.id}/push`)
    await world.until(order.id, 'sent')
    await world.untilStatus(order.id, 17)
  })

  it('cancels where the service allows it; after a lost answer the status is asked first', async () => {
    const { post, upload } = world
    const made = await post('/v1/workbench/orders', {
      account: world.account,
      serviceCode: notice.code,
      mainFile: 'req_{{guid}}.xml',
    })
    const { id, guid } = made.body
    await world.muhr.api.call(`/v1/workbench/orders/${id}/xml`, {
      method: 'PUT',
      json: { xml: notice.template },
    })
    await upload(
      `/v1/workbench/orders/${id}/files?fileName=trans_${guid}.xml`,
      notice.business(guid),
    )
    await post(`/v1/workbench/orders/${id}/build`)
    await post(`/v1/workbench/orders/${id}/push`)
    await world.until(id, 'sent')
    await world.untilStatus(id, 17)
    await fault('cancel', 'lost-answer')
    const lost = await post(`/v1/workbench/orders/${id}/cancel`, { reason: 'ошибка' })
    expect(lost).toMatchObject({ status: 502, body: { code: 'workbench.outcome-unknown' } })
    expect((await post(`/v1/workbench/orders/${id}/cancel`)).body.code).toBe('workbench.state')
    const asked = await world.untilStatus(id, 10)
    expect(asked).toMatchObject({ isClosed: true, lastCode: null, portal: { stage: 'cancelled' } })
  })

  it('leaves no row that the rules of the database do not bear', async () => {
    const { id } = await built()
    const code = (text: string) =>
      world.muhr.sql(text, [id]).then(
        () => 'done',
        (error: { readonly code?: string }) => error.code,
      )
    expect(
      await code(`update workbench_orders set state = 'sent', version = version + 1 where id = $1`),
    ).toBe('MU002')
    expect(await code(`update workbench_orders set title = 'x' where id = $1`)).toBe('MU003')
    expect(
      await code(
        `update workbench_orders set order_number = '1', version = version + 1 where id = $1`,
      ),
    ).toBe('MU007')
    expect(await code('delete from workbench_orders where id = $1')).toBe('MU001')
    expect(await code('delete from workbench_events where order_id = $1')).toBe('MU001')
    expect(await code(`update workbench_files set name = 'x' where order_id = $1`)).toBe('MU007')
  })
})
