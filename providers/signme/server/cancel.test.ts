import { describe, expect, it } from 'vitest'
import { cancel } from './cancel.ts'
import { createClients } from './clients.ts'
import { parseConnection } from './connection.ts'

const uuid = 'f7dd68da-4f2d-11e6-bda2-18a9055c0762'

/** What becomes of a request that is taken back: the answer to the rejection, then the status. */
async function cancelled(rejection: object, status: number) {
  const parsed = parseConnection({ baseUrl: 'https://signme.test', key: 'TESTKEY' })
  if (!parsed.ok) throw new Error('the settings are refused')
  const asked: string[] = []
  const clients = createClients(() => () => async (url, { method }) => {
    asked.push(`${method} ${new URL(url).pathname.split('/')[2]}`)

    return Response.json(method === 'POST' ? rejection : { status, comment: '' })
  })
  const result = await cancel(clients, {
    connection: parsed.connection,
    request: { handle: { key: 'req_1', kind: 'files', reference: uuid, sentAt: '' } } as never,
    io: {
      now: () => new Date('2026-11-30T12:00:00Z'),
      random: (bytes: number) => new Uint8Array(bytes),
      signal: new AbortController().signal,
    } as never,
  })

  return { result, asked }
}

describe('taking a group back', () => {
  it('always asks for the status once more (T18)', async () => {
    const { result, asked } = await cancelled({ result: '0' }, 2)
    expect(result).toBe('cancelled')
    expect(asked).toEqual(['POST multireject', 'GET multicheck'])
  })

  it('is too late where everything was signed before', async () => {
    expect((await cancelled({ result: 'wrong_source_or_id' }, 1)).result).toBe('too-late')
  })

  it('is done in part where some files were signed before and the others were rejected now', async () => {
    expect((await cancelled({ result: '0' }, 4)).result).toBe('cancelled-in-part')
  })

  it('is not known where it was refused and somebody may still sign', async () => {
    expect((await cancelled({ result: 'wrong_source_or_id' }, 4)).result).toBe('unknown')
    expect((await cancelled({ result: 'wrong_source_or_id' }, 0)).result).toBe('unknown')
  })
})
