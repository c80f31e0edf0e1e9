import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { samplePdf } from '../testing/sample-pdf.ts'
import { createSignmeWorld, type SignmeWish, type SignmeWorld } from '../testing/signme-world.ts'

const requestOf = ({ signings }: EnvelopeBody) => signings[0]?.requests.at(-1)
const isIn = (state: string) => (envelope: EnvelopeBody) => requestOf(envelope)?.state === state
const isEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'
const isFlagged = (envelope: EnvelopeBody) => requestOf(envelope)?.attention !== undefined

/** Longer than a call that certainly did not arrive is put off, ms. */
const putOffMs = 61_000

describe('Sign.Me', () => {
  let muhr: TestInstallation
  let signme: SignmeWorld
  beforeAll(async () => {
    muhr = await startTestInstallation()
    signme = createSignmeWorld(muhr)
  })
  afterAll(() => muhr?.stop())
  afterEach(() => signme.forget())

  describe('that fails at a call', () => {
    /** A sending whose one call to sign meets a fault; how many requests Sign.Me had before. */
    const sendInto = async (fault: object, wish: SignmeWish = { user: 'anna' }) => {
      const before = await signme.count()
      await signme.fault({ on: 'sign', ...fault })
      const { body } = await signme.send(wish)

      return { id: body.id, before }
    }
    const sign = async (body: object = {}) => {
      const { id } = await signme.lastRequest()

      return signme.act(id, 'sign', { user: 'anna', ...body })
    }
    type AttemptRow = { readonly state: string; readonly is_deferred: boolean }
    /** Waits for the call itself: a sweep would take one that is in the air for forgotten. */
    const attemptIs = async (id: string, isSo: (attempt: AttemptRow) => boolean) => {
      for (let turn = 0; turn < 400; turn += 1) {
        const [row] = await muhr.sql<AttemptRow>(
          'select state, not_before is not null as is_deferred from attempts where envelope_id = $1',
          [id],
        )
        if (row !== undefined && isSo(row)) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error('the attempt never is so')
    }
    const resolveAbsent = async (envelope: EnvelopeBody) =>
      muhr.api.call(`/v1/requests/${requestOf(envelope)?.id}/resolve`, {
        method: 'POST',
        json: { to: 'absent' },
      })

    it.each(['drop-before-body', 'drop-during-body'])(
      '%s of a large file: it cannot have arrived, so it is made again, and once',
      async (fault) => {
        const before = await signme.count()
        await signme.fault({ on: 'sign', fault })
        const { body } = await signme.sendThese({ contents: [samplePdf({ bytes: 9_000_000 })] })
        await attemptIs(body.id, ({ state, is_deferred }) => state === 'recorded' && is_deferred)
        expect(await signme.count()).toBe(before)
        await muhr.passTime(putOffMs)
        await signme.turn(1)
        await attemptIs(body.id, ({ state }) => state !== 'recorded' && state !== 'claimed')
        await signme.until(body.id, isIn('open'))
        expect(await signme.count()).toBe(before + 1)
        await sign()
        expect((await signme.until(body.id, isEnded)).state).toBe('completed')
      },
    )

    it.each(['drop-before-body', 'drop-during-body'])(
      '%s of a small file, which left at one go: nobody can tell, so it is never made again',
      async (fault) => {
        const { id, before } = await sendInto({ fault })
        await attemptIs(id, ({ state }) => state === 'unknown')
        await signme.turn(2, putOffMs)
        expect(await signme.count()).toBe(before)
        expect(requestOf(await muhr.api.read(id))?.state).toBe('unknown')
      },
    )

    it.each([
      { fault: 'drop-after-body' },
      { fault: 'drop-answer' },
      { fault: 'html' },
      { fault: 'truncated' },
      { fault: 'redirect' },
      { fault: 'text', text: '' },
    ])(
      '$fault of what was done: unknown, never sent again, resolved by the push',
      async (fault) => {
        const { id, before } = await sendInto({ ...fault, isDone: true })
        await signme.until(id, isIn('unknown'))
        await signme.turn(3, putOffMs)
        expect(await signme.count()).toBe(before + 1)
        expect(requestOf(await muhr.api.read(id))).toMatchObject({ state: 'unknown' })
        await sign()
        expect((await signme.until(id, isEnded)).state).toBe('completed')
        expect(await signme.count()).toBe(before + 1)
      },
    )

    it('answer and push lost: resolved by the signature under the MD5', async () => {
      await signme.control('faults', 'PUT', {
        faults: [{ on: 'sign', fault: 'drop-answer', isDone: true }],
        outcomes: [{ push: 'lost' }],
      })
      const { body } = await signme.send({ user: 'anna' })
      await signme.until(body.id, isIn('unknown'))
      await sign()
      const done = await signme.until(body.id, isEnded, putOffMs)
      expect(done.state).toBe('completed')
    })

    it('answer lost and nothing there: a person says so, and a new request is made', async () => {
      const { id, before } = await sendInto({ fault: 'drop-after-body', isDone: false })
      const unknown = await signme.until(id, isIn('unknown'))
      await signme.turn(2, putOffMs)
      expect(await signme.count()).toBe(before)
      expect((await resolveAbsent(unknown)).status).toBe(200)
      await signme.until(id, isIn('open'))
      expect(await signme.count()).toBe(before + 1)
      await sign()
      expect((await signme.until(id, isEnded)).state).toBe('completed')
    })

    it('answer lost, of a group: resolved by the signatures over each file', async () => {
      await signme.fault({ on: 'multi', fault: 'drop-answer', isDone: true })
      const { body } = await signme.send({ user: 'anna', files: 2 })
      await signme.until(body.id, isIn('unknown'))
      await sign()
      expect((await signme.until(body.id, isEnded)).state).toBe('completed')
    })

    it('quoted suffix: as good as any', async () => {
      const { id } = await sendInto({ fault: 'quoted', isDone: true })
      await signme.until(id, isIn('open'))
      await sign()
      expect((await signme.until(id, isEnded)).state).toBe('completed')
    })

    it('key refused: nothing more is sent until the key is changed, then what waits goes', async () => {
      const connection = await signme.connect({ key: 'WRONG-KEY' })
      const before = await signme.count()
      const { body } = await signme.send({ user: 'anna', connection })
      await signme.turn(3, 601_000)
      expect(requestOf(await muhr.api.read(body.id))?.state).toBe('inflight')
      const { revision } = (
        await muhr.api.call<{ readonly revision: number }>(`/v1/connections/${connection}`)
      ).body
      const changed = await muhr.api.call(`/v1/connections/${connection}`, {
        method: 'PATCH',
        json: { revision, settings: { baseUrl: muhr.ready.signme, key: 'TESTKEY' } },
      })
      expect(changed.status).toBe(200)
      await signme.until(body.id, isIn('open'), 601_000)
      expect(await signme.count()).toBe(before + 1)
    })
  })

  describe('as it says', () => {
    const opened = async (wish: SignmeWish = { user: 'anna' }) => {
      const { body } = await signme.send(wish)
      await signme.until(body.id, isIn('open'))

      return { id: body.id, request: await signme.lastRequest() }
    }
    const artifactsOf = async (id: string) => (await muhr.api.read(id)).signings[0]?.artifacts ?? []

    it('twice: a push that comes again changes nothing', async () => {
      await signme.outcome({ push: 'duplicate' })
      const { id, request } = await opened()
      await signme.act(request.id, 'sign', { user: 'anna' })
      expect((await signme.until(id, isEnded)).state).toBe('completed')
      await signme.act(request.id, 'push', { times: 3 })
      await signme.turn(2)
      expect((await artifactsOf(id)).length).toBe(1)
    })

    it('in a push to an address that we did not give: 404, and nobody is asked', async () => {
      const { id } = await opened()
      const foreign = await fetch(`${muhr.server.url}/cb/signme/${'A'.repeat(32)}?signed=true`)
      expect(foreign.status).toBe(404)
      expect((await muhr.api.read(id)).state).toBe('sent')
    })

    it('in a push that lies: nothing is signed by it', async () => {
      await signme.outcome({ push: 'false' })
      const { id, request } = await opened()
      await signme.act(request.id, 'sign', { user: 'anna' })
      await signme.turn(3)
      expect(await muhr.api.read(id)).toMatchObject({
        state: 'sent',
        signings: [{ state: 'sent', artifacts: [] }],
      })
    })

    it('in a push before its answer: the suffix of the answer wins', async () => {
      await signme.outcome({ push: 'early' })
      const { body } = await signme.send({ user: 'anna' })
      expect((await signme.until(body.id, isEnded)).state).toBe('completed')
      const [row] = await muhr.sql<{ handle: { readonly reference?: string } }>(
        'select handle from requests where envelope_id = $1',
        [body.id],
      )
      expect(row?.handle.reference).toBe((await signme.lastRequest()).handle)
    })

    it('as status 3: the request is gone, and the envelope fails by that name', async () => {
      const { id, request } = await opened()
      await signme.act(request.id, 'delete')
      expect(await signme.until(id, isEnded, 5_000)).toMatchObject({
        state: 'failed',
        signings: [
          {
            requests: [
              { state: 'closed', outcome: 'refused', attention: { code: 'signme.deleted' } },
            ],
          },
        ],
      })
    })

    it('by a signature of another user: a person is told; that of the right one completes later', async () => {
      const { id, request } = await opened()
      await signme.act(request.id, 'sign', { user: 'anna', fault: 'other-user' })
      expect(requestOf(await signme.until(id, isFlagged))?.attention?.kind).toBe('person')
      await signme.turn(2, 30_000)
      expect((await muhr.api.read(id)).state).toBe('sent')
      const document = (await muhr.api.read(id)).documents[0]?.id ?? ''
      const again = await signme.sendThese({ documents: [document] }, { user: 'anna' })
      await signme.until(again.body.id, isIn('open'))
      await signme.act((await signme.lastRequest()).id, 'sign', { user: 'anna' })
      expect((await signme.until(id, isEnded, 30_000)).state).toBe('completed')
      expect((await artifactsOf(id)).map(({ standing }) => standing)).toEqual([
        'refused',
        'accepted',
      ])
    })

    it('by a signature over other bytes with the same MD5: refused, a person is told', async () => {
      const { first } = await signme.control('collision?suffix=VEVTVA==')
      const { body } = await signme.sendThese(
        { contents: [Buffer.from(first, 'base64')] },
        { user: 'anna' },
      )
      await signme.until(body.id, isIn('open'))
      await signme.act((await signme.lastRequest()).id, 'sign', { user: 'anna', fault: 'same-md5' })
      await signme.until(body.id, isFlagged)
      await signme.turn(2, 30_000)
      expect(await muhr.api.read(body.id)).toMatchObject({
        state: 'sent',
        signings: [{ state: 'received', artifacts: [{ standing: 'refused' }] }],
      })
    })

    it.each(['other-bytes', 'broken-digest'])(
      'by a container that is %s: refused, a person is told, nothing is completed',
      async (fault) => {
        const { id, request } = await opened()
        await signme.act(request.id, 'sign', { user: 'anna', fault })
        await signme.until(id, isFlagged)
        await signme.turn(2, 30_000)
        expect(await muhr.api.read(id)).toMatchObject({
          state: 'sent',
          signings: [{ artifacts: [{ standing: 'refused' }] }],
        })
      },
    )

    it('by a container with a stranger beside the signer: the signer alone counts', async () => {
      const { id, request } = await opened()
      await signme.act(request.id, 'sign', { user: 'anna', fault: 'extra-signer' })
      expect((await signme.until(id, isEnded)).state).toBe('completed')
      expect((await artifactsOf(id)).length).toBe(1)
    })

    it('in a check that counts more than it lists: a person is told; a right one completes', async () => {
      const { id, request } = await opened({ user: 'anna', identifiers: {} })
      await signme.act(request.id, 'sign', { user: 'anna', fault: 'count' })
      expect(requestOf(await signme.until(id, isFlagged))?.attention).toMatchObject({
        kind: 'provider',
        code: 'collect-refused',
      })
      await signme.turn(2, 30_000)
      expect(await muhr.api.read(id)).toMatchObject({
        state: 'sent',
        signings: [{ artifacts: [] }],
      })
    })

    it.each([
      { user: 'gleb', what: 'revoked', standing: 'refused' },
      { user: 'lev', what: 'expired', standing: 'refused' },
    ])('by a certificate that is $what: never completed', async ({ user, standing }) => {
      const { id, request } = await opened({ user })
      await signme.act(request.id, 'sign', { user })
      await signme.until(id, ({ signings }) => signings[0]?.artifacts[0]?.standing !== undefined)
      await signme.turn(2, 30_000)
      expect((await artifactsOf(id)).map((each) => each.standing)).toEqual([standing])
      expect((await muhr.api.read(id)).state).toBe('sent')
    })

    it('signed, and no container yet: it is fetched again until it is there', async () => {
      await signme.fault({ on: 'container', fault: 'text', text: '', status: 404, times: 1_000 })
      const { id, request } = await opened()
      await signme.act(request.id, 'sign', { user: 'anna' })
      await signme.until(id, ({ signings }) => signings[0]?.state !== 'dispatching')
      await signme.turn(3, 30_000)
      expect(await muhr.api.read(id)).toMatchObject({
        state: 'sent',
        signings: [{ artifacts: [] }],
      })
      await signme.forget()
      expect((await signme.until(id, isEnded, 30_000)).state).toBe('completed')
    })

    it('in a shape that nobody can read, of one request: the others are asked all the same', async () => {
      const bad = await opened()
      await signme.control('faults', 'PUT', {
        faults: [{ on: 'status', fault: 'truncated', match: bad.request.handle, times: 1_000 }],
        outcomes: [{ push: 'lost' }],
      })
      const good = await opened()
      await signme.act(good.request.id, 'sign', { user: 'anna' })
      expect((await signme.until(good.id, isEnded, 10_000)).state).toBe('completed')
      expect((await muhr.api.read(bad.id)).state).toBe('sent')
    })

    it('in a notification of the key: every request over the file is asked about, a foreign key is 404', async () => {
      const connection = await signme.connect({ notifies: true })
      const { notificationAddress } = (
        await muhr.api.call<{ readonly notificationAddress: string }>(
          `/v1/connections/${connection}`,
        )
      ).body
      expect(notificationAddress).toMatch(/\/cb\/signme\/c\/con_\w+\.[\w-]{22,}$/)
      await signme.control('accounts', 'PUT', {
        sites: [{ key: 'TESTKEY', notificationUrl: notificationAddress }],
      })
      const { id, request } = await opened({ user: 'anna', connection })
      const md5 = request.files[0]?.md5 ?? ''
      const foreign = await fetch(
        `${notificationAddress}?apikey=TESTKEY2&md5hash=${md5}&gosthash=${'0'.repeat(64)}`,
      )
      expect(foreign.status).toBe(404)
      const forged = await fetch(
        `${notificationAddress.slice(0, -1)}${notificationAddress.endsWith('A') ? 'B' : 'A'}?apikey=TESTKEY&md5hash=${md5}`,
      )
      expect(forged.status).toBe(404)
      await signme.act(request.id, 'sign', { user: 'anna' })
      expect((await signme.until(id, isEnded)).state).toBe('completed')
      const { calls } = await signme.control('outgoing')
      expect(JSON.stringify(calls)).toContain('/cb/signme/c/')
      await signme.control('accounts', 'PUT', {
        sites: [{ key: 'TESTKEY', notificationUrl: null }],
      })
    })
  })
})
