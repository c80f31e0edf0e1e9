import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { createSignmeWorld, type SignmeWorld } from '../testing/signme-world.ts'

const requestOf = ({ signings }: EnvelopeBody) => signings[0]?.requests[0]
const isOpen = (envelope: EnvelopeBody) => requestOf(envelope)?.state === 'open'
const isEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'

describe('a sending to Sign.Me', () => {
  let muhr: TestInstallation
  let signme: SignmeWorld
  beforeAll(async () => {
    muhr = await startTestInstallation()
    signme = createSignmeWorld(muhr)
  })
  afterAll(() => muhr?.stop())

  it('of one file is completed by a signature that was verified over our bytes', async () => {
    const { body } = await signme.send({ user: 'anna' })
    const open = await signme.until(body.id, isOpen)
    expect(requestOf(open)?.presentation?.frame).toMatch(/\/signapi\/sjson\/\d+\/[0-9a-f]{32}$/)
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'anna' })
    const done = await signme.until(body.id, isEnded)
    expect(done).toMatchObject({
      state: 'completed',
      signings: [{ state: 'signed', artifacts: [{ standing: 'accepted' }] }],
    })
  })

  it('of a group is completed by a signature over each file', async () => {
    const { body } = await signme.send({ user: 'zoya', files: 3 })
    const open = await signme.until(body.id, isOpen)
    expect(requestOf(open)?.presentation?.frame).toMatch(/\/signapi\/multijson\/[0-9a-f-]{36}$/)
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'zoya' })
    const done = await signme.until(body.id, isEnded)
    expect(done.state).toBe('completed')
    expect(done.signings[0]?.artifacts.map(({ standing }) => standing)).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ])
  })
})
