import { createHash } from 'node:crypto'
import { createSigningKey, parseCertificate, signDigestedContent } from '@muhr/pki'
import {
  createTestAuthority,
  type TestAuthority,
  type TestOrganisationKey,
} from '@muhr/signer-key/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import { createOtherOrganisation, type ProblemBody } from '../testing/index.ts'
import { type PacedInstallation, startPacedInstallation } from '../testing/paced-installation.ts'

type Task = {
  readonly id: string
  readonly kind: 'request' | 'connection'
  readonly due?: string
  readonly items: readonly { readonly name: string; readonly href: string }[]
}
type Batch = {
  readonly thumbprint: string
  readonly items: readonly {
    readonly name: string
    readonly sha256: string
    readonly digest: string
  }[]
}

describe('seals of a key in the browser of a clerk', () => {
  let paced: PacedInstallation
  let authority: TestAuthority
  let own: TestOrganisationKey

  beforeAll(async () => {
    authority = await createTestAuthority()
    own = await authority.issue()
    paced = await startPacedInstallation({
      stubFetch: (fetch) => vi.stubGlobal('fetch', fetch),
      signerKeys: 'stored',
      // The service takes what was verified before it was sent: DER of CMS.
      isSealed: (_, seal) => seal[0] === 0x30,
      env: { MUHR_SECRET_KEY: '11'.repeat(32) },
    })
    const { body: key } = await post<{ readonly id: string }>('/v1/keys', {
      kind: 'browser-plugin',
      certificate: Buffer.from(own.certificate).toString('base64'),
    })
    const { status } = await post(`/v1/keys/${key.id}/choose`, { connection: paced.connection })
    expect(status).toBe(200)
  })
  afterAll(async () => {
    await paced?.stop()
    vi.unstubAllGlobals()
  })
  beforeEach(() => paced.muhr.passTime(700_000))

  const post = <Body = ProblemBody>(path: string, json: object, key?: string) =>
    paced.muhr.api.call<Body>(path, {
      method: 'POST',
      json,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    })
  const tasks = async (kind: Task['kind']) => {
    const { body } = await paced.muhr.api.call<{ readonly items: readonly Task[] }>('/v1/seals')

    return body.items.filter((task) => task.kind === kind)
  }
  /** What the page does with the plug-in: signs the digests that it was shown, and no bytes. */
  const sign = async (id: string, key: TestOrganisationKey = own) => {
    const { body } = await paced.muhr.api.call<Batch>(`/v1/seals/${id}`)
    expect(body).toMatchObject({ id })
    const certificate = parseCertificate(key.certificate)
    const signer = { ...createSigningKey(key.pkcs8), spki: certificate.spki }
    const items = []
    for (const { name, sha256, digest } of body.items) {
      const signature = await signDigestedContent({
        content: {
          looksLikeAttributes: false,
          digest: () => new Uint8Array(Buffer.from(digest, 'hex')),
        },
        signers: [{ key: signer, certificate, signingTime: paced.muhr.server.app.now() }],
      })
      items.push({ name, sha256, signature: Buffer.from(signature).toString('base64') })
    }

    return items
  }
  const stateOf = async (id: string) => {
    const { signings } = await paced.muhr.api.read(id)

    return { signing: signings[0]?.state, request: signings[0]?.requests[0]?.state }
  }
  const taskOf = async (envelope: string, list: readonly Task[]) => {
    const rows = await paced.muhr.sql<{ id: string }>(
      `select id from seals where envelope_id = $1 and state = 'wanted'`,
      [envelope],
    )

    return list.find((task) => rows.some((row) => row.id === task.id))
  }
  /** The one that waits for each envelope; calls of other tests may want theirs anew at any time. */
  const untilTasks = async (envelopes: readonly string[]): Promise<readonly Task[]> => {
    const found = async () => {
      const list = await tasks('request')
      const own = await Promise.all(envelopes.map((id) => taskOf(id, list)))

      return own.filter((task) => task !== undefined)
    }
    await expect.poll(async () => (await found()).length).toBe(envelopes.length)

    return found()
  }

  it('wait in the list, are confirmed once for the package, and the call leaves with its credential', async () => {
    const [id = ''] = await paced.send(1, { documents: 3 })
    const [task] = await untilTasks([id])
    expect(await stateOf(id)).toEqual({ signing: 'sealing', request: 'planned' })
    expect(task?.items.map((item) => item.name)).toEqual([
      'request.json',
      'act-0.pdf',
      'act-1.pdf',
      'act-2.pdf',
    ])
    const { body: bytes } = await paced.muhr.api.call<Buffer>(task?.items[1]?.href ?? '')
    const items = await sign(task?.id ?? '')
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(items[1]?.sha256)
    expect((await post(`/v1/seals/${task?.id}`, { items })).body).toEqual({
      id: task?.id,
      state: 'made',
    })
    expect(await taskOf(id, await tasks('request'))).toBeUndefined()
    // The first call finds that its employee's key has no signature yet: nothing leaves until it has.
    await expect.poll(async () => (await tasks('connection')).length).toBe(1)
    const credentials = await tasks('connection')
    expect((await stateOf(id)).request).toBe('inflight')
    const calls = paced.calls.length
    for (const credential of credentials) {
      const signed = await sign(credential.id)
      expect((await post(`/v1/seals/${credential.id}`, { items: signed })).status).toBe(200)
    }
    await expect.poll(async () => (await stateOf(id)).request).toBe('open')
    expect(paced.calls.slice(calls)).toContain('POST /push')
    const events = await paced.muhr.sql<{ actor: { kind: string } }>(
      `select actor from events where envelope_id = $1 and type = 'seal.made'`,
      [id],
    )
    expect(events[0]?.actor.kind).toBe('api-key')
  })

  it('of several envelopes are confirmed in one go, each for itself', async () => {
    const ids = await paced.send(2)
    const list = await untilTasks(ids)
    const seals = []
    for (const task of list) {
      seals.push({ id: task.id, items: await sign(task.id) })
    }
    const { body } = await post<{ readonly items: readonly object[] }>('/v1/seals', {
      seals: [...seals, { id: 'sea_nobody', items: seals[0]?.items ?? [] }],
    })
    expect(body.items).toMatchObject([
      { state: 'made' },
      { state: 'made' },
      { state: 'refused', code: 'request.not-found' },
    ])
    for (const id of ids) {
      expect((await stateOf(id)).signing).not.toBe('sealing')
    }
  })

  it('are refused over other bytes, by another key, in part, and change nothing', async () => {
    const [id = ''] = await paced.send(1)
    const [task] = await untilTasks([id])
    const path = `/v1/seals/${task?.id}`
    const items = await sign(task?.id ?? '')
    const [first, second] = items
    const codeOf = async (wrong: readonly object[]) => {
      const { status, body } = await post(path, { items: wrong })

      return `${status} ${body.code} ${body.fields?.[0]?.code}`
    }
    expect(await codeOf([first ?? {}])).toBe('422 seal.signature signer-key.batch-items')
    expect(
      await codeOf([
        { ...first, signature: second?.signature },
        { ...second, signature: first?.signature },
      ]),
    ).toBe('422 seal.signature signer-key.seal-other-content')
    expect(await codeOf(await sign(task?.id ?? '', await authority.issue()))).toBe(
      '422 seal.signature signer-key.seal-other-certificate',
    )
    expect(await codeOf(items.map((item) => ({ ...item, signature: 'AAAA' })))).toBe(
      '422 seal.signature signer-key.seal-unreadable',
    )
    expect(await stateOf(id)).toEqual({ signing: 'sealing', request: 'planned' })
    expect((await post(path, { items })).status).toBe(200)
  })

  it('past their due time are refused by name, built anew, and count then', async () => {
    const [id = ''] = await paced.send(1)
    const [task] = await untilTasks([id])
    const old = await sign(task?.id ?? '')
    await paced.muhr.passTime(2 * 3_600_000)
    expect((await post(`/v1/seals/${task?.id}`, { items: old })).body.code).toBe('seal.stale')
    let anew = ''
    await expect
      .poll(async () => {
        await sweepOwed(paced.muhr.server.app, { patienceMs: 0 })
        anew = (await taskOf(id, await tasks('request')))?.id ?? ''

        return anew !== '' && anew !== task?.id
      })
      .toBe(true)
    const shown = await paced.muhr.api.read(id)
    expect(shown.signings[0]?.requests[0]?.attention).toMatchObject({ kind: 'seal' })
    expect((await post(`/v1/seals/${anew}`, { items: await sign(anew) })).status).toBe(200)
    expect((await post(`/v1/seals/${task?.id}`, { items: old })).body.code).toBe('seal.stale')
  })

  it('repeated with the same idempotency key are answered the same, once signed', async () => {
    const [id = ''] = await paced.send(1)
    const [task] = await untilTasks([id])
    const items = await sign(task?.id ?? '')
    const path = `/v1/seals/${task?.id}`
    const key = crypto.randomUUID()
    const first = await post(path, { items }, key)
    const again = await post(path, { items }, key)
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect((await post(path, { items })).body.code).toBe('seal.stale')
  })

  it('are nothing to another organisation', async () => {
    const [id = ''] = await paced.send(1)
    const [task] = await untilTasks([id])
    const client = await (await createOtherOrganisation(paced.muhr)).withKey()
    const list = await client.call<{ readonly items: readonly Task[] }>('/v1/seals')
    expect(list.body.items).toEqual([])
    expect((await client.call(`/v1/seals/${task?.id}`)).status).toBe(404)
    expect((await client.call(task?.items[0]?.href ?? '')).status).toBe(404)
  })

  it('over a credential are asked for again before the last one runs out', async () => {
    for (const task of await tasks('connection')) {
      await post(`/v1/seals/${task.id}`, { items: await sign(task.id) })
    }
    expect(await tasks('connection')).toEqual([])
    // A sixth of its life is left: the clerk is asked, and the old one serves on.
    await paced.muhr.passTime(20.5 * 3_600_000)
    await expect.poll(async () => (await tasks('connection')).length).toBeGreaterThan(0)
    const [task] = await tasks('connection')
    expect(Date.parse(task?.due ?? '')).toBeGreaterThan(paced.muhr.server.app.now().getTime())
    const [watch] = await paced.muhr.sql<{ failures: number }>(
      'select failures from connection_watches where connection_id = $1',
      [paced.connection],
    )
    expect(watch?.failures).toBe(0)
  })
})
