import type { Instant, RequestId, WatchedRequest, WatchItem } from '@muhr/envelope'
import { describe, expect, it } from 'vitest'
import { createClients } from './clients.ts'
import { parseConnection, type SignmeConnection } from './connection.ts'
import type { SignmeHandle } from './handle.ts'
import { watch } from './watch.ts'

const start = Date.parse('2026-11-30T12:00:00Z')
const at = (ms: number) => new Date(start + ms).toISOString() as Instant

function connectionOf(settings: object = {}): SignmeConnection {
  const parsed = parseConnection({ baseUrl: 'https://signme.test', key: 'TESTKEY', ...settings })
  if (!parsed.ok) throw new Error('the settings are refused')

  return parsed.connection
}

const suffixOf = (index: number) => `${320_000 + index}/${String(index).padStart(32, '0')}`

type Row = { readonly watched: WatchedRequest<SignmeHandle>; dueAt: Instant }

function rowsOf(count: number, hinted: ReadonlyMap<number, number> = new Map()): Row[] {
  return Array.from({ length: count }, (_, index): Row => {
    const hintMs = hinted.get(index)

    return {
      watched: {
        id: `req_${index}` as RequestId,
        method: 'PERSON',
        state: 'open',
        handle: { key: `req_${index}`, kind: 'file', reference: suffixOf(index), sentAt: at(0) },
        window: undefined,
        since: at(-7_200_000 + index),
        ...(hintMs === undefined ? {} : { hintedAt: at(hintMs) }),
      },
      dueAt: at(-3_600_000 + index),
    }
  })
}

/** A watch over rows by a service that answers each question by its index; every question takes a second. */
async function play(
  rows: Row[],
  answer: (index: number) => Response | Error,
  settings: object = {},
) {
  const asked: number[] = []
  let now = start
  let flying = 0
  let most = 0
  const clients = createClients(() => () => async (url) => {
    const index = Number(/\/(\d+)\/\d{32}$/.exec(url)?.[1]) - 320_000
    asked.push(index)
    flying += 1
    most = Math.max(most, flying)
    await Promise.resolve()
    flying -= 1
    now += 1_000
    const found = answer(index)
    if (found instanceof Error) throw found

    return found
  })
  const due: Parameters<typeof watch>[1]['open']['due'] = async (until, limit, options = {}) =>
    rows
      .filter(({ dueAt }) => dueAt <= until)
      .filter(
        ({ watched: { hintedAt } }) =>
          options.hintedSince === undefined ||
          (hintedAt !== undefined && hintedAt >= options.hintedSince),
      )
      .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
      .slice(0, limit)
      .map(({ watched }) => watched)
  const items: WatchItem<SignmeHandle>[] = []
  const note = (id: RequestId, again: Instant | undefined) => {
    const row = rows.find(({ watched }) => watched.id === id)
    if (row !== undefined && again !== undefined) row.dueAt = again
  }
  const run = async () => {
    for await (const item of watch(clients, {
      connection: connectionOf(settings),
      cursor: undefined,
      now: at(0),
      open: {
        due,
        nextDue: async () => rows.map(({ dueAt }) => dueAt).toSorted()[0],
        view: async () => undefined,
      } as never,
      io: {
        now: () => new Date(now),
        random: () => new Uint8Array([128]),
        signal: new AbortController().signal,
      } as never,
    })) {
      items.push(item)
      if (item.kind === 'looked') for (const id of item.requests) note(id, item.again)
      if (item.kind === 'observation') note(item.request, item.again)
    }
  }
  const error = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )

  return { asked, items, error, most: () => most }
}

const notSigned = () => Response.json({ status: '0' })

describe('the watch of Sign.Me', () => {
  it('asks those that wait longest first, so many at a time as are allowed, each once', async () => {
    const { asked, most } = await play(rowsOf(30), notSigned, { concurrency: 3 })
    expect(asked).toEqual(Array.from({ length: 30 }, (_, index) => index))
    expect(most()).toBe(3)
  })

  it('asks what was hinted at first, although thousands wait longer', async () => {
    const hinted = new Map([[4_900, -1_000]])
    const { asked } = await play(rowsOf(5_000, hinted), notSigned)
    expect(asked[0]).toBe(4_900)
  })

  it('lets hinted requests starve nobody: half of every page is theirs', async () => {
    const hinted = new Map(
      Array.from({ length: 500 }, (_, index): [number, number] => [index + 500, -1_000]),
    )
    const { asked } = await play(rowsOf(1_000, hinted), notSigned)
    const firstPage = asked.slice(0, 40)
    expect(firstPage.filter((index) => index >= 500)).toHaveLength(20)
    expect(firstPage.filter((index) => index < 500)).toHaveLength(20)
  })

  it('asks the others although one answer cannot be read, and that one again in its turn', async () => {
    const { asked, items, error } = await play(rowsOf(20), (index) =>
      index === 0 ? new Response('{"status":') : Response.json({ status: index === 5 ? 1 : 0 }),
    )
    expect(error).toBeUndefined()
    expect(new Set(asked).size).toBe(20)
    expect(items).toContainEqual(
      expect.objectContaining({ request: 'req_5', observation: { kind: 'said-signed' } }),
    )
    expect(items).toContainEqual(expect.objectContaining({ kind: 'looked', requests: ['req_0'] }))
  })

  it('gives the service up after five failures in a row, and tells what it heard before', async () => {
    const { asked, items, error } = await play(
      rowsOf(500),
      (index) => (index < 3 ? notSigned() : new Response('<html>', { status: 502 })),
      { concurrency: 1 },
    )
    expect(error).toMatchObject({ code: 'signme.unavailable' })
    expect(asked).toHaveLength(8)
    expect(items.filter(({ kind }) => kind === 'looked').length).toBeGreaterThanOrEqual(3)
  })
})
