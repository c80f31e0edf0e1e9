import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionBody } from '../http/schemas/connection-schemas.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { createSignmeWorld, type SignmeWorld } from '../testing/signme-world.ts'

const isOpen = ({ signings }: EnvelopeBody) => signings[0]?.requests.at(-1)?.state === 'open'
const isEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'

describe('the signer page of Sign.Me', () => {
  let muhr: TestInstallation
  let signme: SignmeWorld
  let sandbox = ''
  beforeAll(async () => {
    muhr = await startTestInstallation()
    signme = createSignmeWorld(muhr)
    sandbox = new URL(muhr.ready.signme).origin
  })
  afterAll(() => muhr?.stop())

  const connectionOf = async () => {
    const { body } = await muhr.api.call<{ readonly items: readonly ConnectionBody[] }>(
      '/v1/connections',
    )
    const found = body.items.find(({ provider }) => provider === 'signme')
    const read = await muhr.api.call<ConnectionBody>(`/v1/connections/${found?.id}`)

    return read.body
  }
  const framesOf = async (signerUrl: string) =>
    (await fetch(signerUrl)).headers.get('content-security-policy') ?? ''

  it('may frame Sign.Me before the request is there, and no other site ever', async () => {
    const { body } = await signme.send({ user: 'anna' }, { user: 'zoya' })
    const [first, second] = body.signings
    for (const signing of [first, second]) {
      const policy = await framesOf(signing?.signerUrl ?? '')
      expect(policy).toContain(`frame-src 'self' ${sandbox} blob:`)
    }
    const own = await fetch(new URL('/login', first?.signerUrl))
    expect(own.headers.get('content-security-policy')).not.toContain(sandbox)
  })

  it('frames nothing where the browser is led back, and leads it to the signer page', async () => {
    const { id, revision, settings } = await connectionOf()
    const change = (returnBy: string, at: number) =>
      muhr.api.call<ConnectionBody>(`/v1/connections/${id}`, {
        method: 'PATCH',
        body: JSON.stringify({ revision: at, settings: { ...settings, returnBy } }),
        headers: { 'content-type': 'application/json' },
      })
    const changed = await change('browser', revision)
    expect(changed.status).toBe(200)
    const { body } = await signme.send({ user: 'anna' })
    const open = await signme.until(body.id, isOpen)
    const signing = open.signings[0]
    expect(signing?.requests[0]?.presentation?.links[0]?.kind).toBe('page')
    expect(signing?.requests[0]?.presentation?.frame).toBeUndefined()
    expect(await framesOf(signing?.signerUrl ?? '')).not.toContain(sandbox)
    const { requests } = await signme.control('requests')
    const back = await fetch(`${requests.at(-1).url}?signed=false&error=1`, { redirect: 'manual' })
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe(signing?.signerUrl)
    expect((await muhr.api.read(body.id)).signings[0]?.state).toBe('sent')
    await change('push', changed.body.revision)
  })

  it('a signer who is known by phone alone is told of as vouched for, and can be sent to again', async () => {
    const { phone } = signme.userOf('anna')
    const { body } = await signme.send({ user: 'anna', identifiers: {}, contact: { phone } })
    await signme.until(body.id, isOpen)
    await signme.act((await signme.lastRequest()).id, 'sign', { user: 'anna' })
    const done = await signme.until(body.id, isEnded)
    const [signing] = done.signings
    expect(signing?.artifacts).toMatchObject([{ standing: 'accepted', vouched: true }])
    expect(signing?.recipient.identifiersMasked).toEqual({ phone: '+·······0001' })

    const again = await muhr.api.create({
      title: 'Договор 17',
      documents: done.documents.map(({ id }) => ({ id })),
      recipients: [
        {
          name: 'anna',
          identifiersOf: { recipient: signing?.recipient.id, kinds: ['phone', 'email'] },
          methods: [{ provider: 'signme', method: 'PERSON' }],
        },
      ],
    })
    expect(again.status, JSON.stringify(again.body)).toBe(201)
    expect(again.body.signings[0]?.recipient.identifiersMasked).toEqual({ phone: '+·······0001' })
  })

  it('its connection tells the address for notifications, which finds requests by the key alone', async () => {
    const { notificationAddress } = await connectionOf()
    expect(notificationAddress).toMatch(/\/cb\/signme\/c\/[^/]+\.[^/]+$/)
    const md5hash = 'd41d8cd98f00b204e9800998ecf8427e'
    const ask = (apikey: string) =>
      fetch(`${notificationAddress}?${new URLSearchParams({ apikey, md5hash, gosthash: 'aa' })}`)
    expect((await ask('TESTKEY')).status).toBe(200)
    expect((await ask('TESTKEY2')).status).toBe(404)
  })
})
