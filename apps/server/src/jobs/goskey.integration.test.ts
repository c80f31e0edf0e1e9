import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createSimGoskey,
  goskeyRecipient,
  type SimGoskey,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

let world: TestInstallation
let goskey: SimGoskey

beforeAll(async () => {
  world = await startTestInstallation()
  goskey = createSimGoskey(world.ready)
})

afterAll(() => world.stop())

describe('Goskey', () => {
  it('has one document signed by a person, from upload to completed', async () => {
    const { body } = await world.api.upload(samplePdf(), { fileName: 'contract.pdf' })
    const sent = await world.api.create({
      title: 'Договор 17',
      documents: [{ id: body.id }],
      recipients: [goskeyRecipient(world.ready, 'boris')],
      send: true,
    })
    expect(sent.status, JSON.stringify(sent.body)).toBe(201)
    const envelope = await world.api.until(
      sent.body.id,
      ({ state }) => state !== 'sent' && state !== 'draft',
      60_000,
    )

    expect(envelope.state).toBe('completed')
    expect(envelope.signings[0]?.state).toBe('signed')
    const orders = await goskey.orders()
    expect(orders.map(({ statusId, documents }) => [statusId, documents.length])).toEqual([[3, 1]])
    const made = (await goskey.journal()).filter(({ note }) => note === 'order')
    expect(made).toHaveLength(1)
  })
})
