import { describe, expect, it } from 'vitest'
import { parseConnection, type SignmeConnection } from '../server/index.ts'
import { checkSignme } from './check-signme.ts'

const addresses = {
  publicUrl: 'https://muhr.example',
  notification: 'https://muhr.example/cb/signme/c/con_1.token',
}

function connectionOf(settings: object = {}): SignmeConnection {
  const parsed = parseConnection({ baseUrl: 'https://signme.test', key: 'TESTKEY', ...settings })
  if (!parsed.ok) throw new Error('the settings are refused')

  return parsed.connection
}

const ioOf = () => ({
  now: () => new Date('2026-11-30T12:00:00Z'),
  random: (bytes: number) => new Uint8Array(bytes).fill(7),
  signal: new AbortController().signal,
})

const look = async (answer: () => Response, settings: object = {}, ours = addresses) => {
  const asked: { readonly url: string; readonly body: string }[] = []
  const findings = await checkSignme({
    connection: connectionOf(settings),
    io: ioOf() as never,
    addresses: ours,
    fetchOf: () => () => async (url, init) => {
      asked.push({ url, body: await new Response(init.body ?? null).text() })

      return answer()
    },
  })

  return { asked, found: findings.map(({ check, result, message }) => [check, result, message]) }
}

describe('the doctor of Sign.Me', () => {
  it('asks for a page of a file that nobody has, and nothing else', async () => {
    const { asked, found } = await look(() => new Response('f7dd68da-4f2d-11e6-bda2-18a9055c0762'))
    expect(asked.map(({ url }) => url)).toEqual(['https://signme.test/signaturecheck/request'])
    expect(found).toEqual([
      ['host', 'passed', 'doctor.host.passed'],
      ['key', 'passed', 'doctor.key.passed'],
    ])
  })

  it('says of a refused key that its site may be another one (T23)', async () => {
    const { found } = await look(() => new Response('error 2: wrong key'))
    expect(found[1]).toEqual(['key', 'failed', 'doctor.key.refused'])
  })

  it('takes a refusal that comes after the key for a good sign, another answer for none', async () => {
    expect((await look(() => new Response('error 4: request not created'))).found[1]?.[1]).toBe(
      'passed',
    )
    expect((await look(() => new Response('<html>', { status: 502 }))).found[1]?.[1]).toBe('notice')
  })

  it('says that nobody is there', async () => {
    const { found } = await look(() => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
    })
    expect(found).toEqual([['host', 'failed', 'doctor.host.unreachable']])
  })

  it('names the address for notifications, and pushes that can reach nobody', async () => {
    const { found } = await look(
      () => new Response('f7dd68da-4f2d-11e6-bda2-18a9055c0762'),
      { notifies: true },
      { ...addresses, publicUrl: 'http://127.0.0.1:8080' },
    )
    expect(found.slice(2)).toEqual([
      ['push', 'failed', 'doctor.push.loopback'],
      ['notification', 'notice', 'doctor.notification.address'],
    ])
  })
})
