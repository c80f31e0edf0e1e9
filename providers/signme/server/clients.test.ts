import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignmeError } from '@muhr/signme'
import { afterEach, describe, expect, it } from 'vitest'
import { createBreaker, createClients } from './clients.ts'
import { parseConnection, type SignmeConnection } from './connection.ts'

const now = new Date('2026-11-30T12:00:00Z')
const fails = (code: string, data: object) => async () => {
  throw new SignmeError({ code, message: code, advice: '', data } as never)
}
const unavailable = fails('signme.unavailable', { retry: 'safe' })
const keyRefused = fails('signme.refused', { refusal: 'get-api-key', retry: 'final' })

describe('the breaker of a connection', () => {
  const run = (breaker: ReturnType<typeof createBreaker>, call: () => Promise<unknown>) =>
    breaker.run(() => now, call).catch(() => undefined)

  it('rests after five failures in a row, not after five with an answer between', async () => {
    const breaker = createBreaker()
    for (let turn = 0; turn < 4; turn += 1) await run(breaker, unavailable)
    await run(breaker, async () => 'there')
    for (let turn = 0; turn < 4; turn += 1) await run(breaker, unavailable)
    expect(breaker.restsUntil(now)).toBeUndefined()
    await run(breaker, unavailable)
    expect(breaker.restsUntil(now)?.toISOString()).toBe('2026-11-30T12:01:00.000Z')
    expect(breaker.restsUntil(new Date(now.getTime() + 60_001))).toBeUndefined()
  })

  it('remembers a refused key whatever other calls, which need no key, bring', async () => {
    const breaker = createBreaker()
    await run(breaker, keyRefused)
    await run(breaker, async () => 'a status')
    expect(breaker.isKeyRefused()).toBe(true)
    expect(breaker.restsUntil(now)).toBeUndefined()
  })
})

describe('the client of a connection', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })
  const listen = async (): Promise<{ readonly url: string; readonly seen: string[] }> => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      seen.push(`${request.headers.host} ${request.url}`)
      response.end('{"status":"0"}')
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
  }
  const connectionOf = (settings: object): SignmeConnection => {
    const parsed = parseConnection({ key: 'TESTKEY', ...settings } as never)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals))

    return parsed.connection
  }
  const io = {
    now: () => now,
    random: (bytes: number) => new Uint8Array(bytes),
    signal: new AbortController().signal,
  } as never
  const suffix = `320186/${'a'.repeat(32)}`

  it('goes through the proxy of its connection', async () => {
    const proxy = await listen()
    const connection = connectionOf({ baseUrl: 'http://signme.test', proxy: proxy.url })
    await createClients().open(connection, io).signme.status(suffix)
    expect(proxy.seen).toHaveLength(1)
    expect(proxy.seen[0]).toContain('signme.test')
  })

  it('keeps one breaker for the same settings, another for changed ones', () => {
    const clients = createClients(() => () => async () => new Response())
    const open = (settings: object) => clients.open(connectionOf(settings), io).breaker
    const first = open({ baseUrl: 'https://signme.test' })
    expect(open({ baseUrl: 'https://signme.test' })).toBe(first)
    expect(open({ baseUrl: 'https://signme.test', ca: pem })).not.toBe(first)
    expect(open({ baseUrl: 'https://signme.test', key: 'ANOTHER' })).not.toBe(first)
  })
})

const pem = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n'

describe('the settings of a connection', () => {
  const faultsOf = (settings: object) => {
    const parsed = parseConnection({ key: 'TESTKEY', ...settings } as never)

    return parsed.ok ? [] : parsed.refusals.map(({ field, code }) => `${field} ${code}`)
  }

  it('name every fault at once', () => {
    expect(
      faultsOf({
        key: 'a b',
        baseUrl: 'https://user@sign.me',
        ca: 'no certificate',
        proxy: 'socks5://127.0.0.1',
        concurrency: 0,
        wire: 'xml',
        precheck: 'yes',
        colour: 'red',
      }).toSorted(),
    ).toEqual([
      'baseUrl connection.address',
      'ca connection.authorities',
      'colour connection.unknown-setting',
      'concurrency connection.number',
      'key connection.key',
      'precheck connection.yes-or-no',
      'proxy connection.proxy',
      'wire connection.choice',
    ])
  })

  it('take authorities in PEM and a proxy, and an address with a port', () => {
    expect(
      faultsOf({ baseUrl: 'https://127.0.0.1:8443/', ca: pem, proxy: 'http://10.0.0.1:3128' }),
    ).toEqual([])
  })
})
