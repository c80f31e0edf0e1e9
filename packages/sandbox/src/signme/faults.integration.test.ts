import { connect } from 'node:net'
import { parseSignedData } from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { useSignme } from '../testing/signme-bench.ts'
import { md5Of, packageFor, type signmeClient } from '../testing/signme-client.ts'
import { collidingPair } from './collision.ts'

const bench = useSignme()
let signme: ReturnType<typeof signmeClient>
let fresh: () => string
let urls: string[]
beforeAll(() => {
  ;({ signme, fresh } = bench)
  urls = bench.receiver.urls
})

const faults = (list: readonly object[], outcomes: readonly object[] = []) =>
  signme.control('faults', 'PUT', { faults: list, outcomes })
/** How many requests there are for a file: what the sender was told does not matter. */
const made = async (bytes: string): Promise<number> => {
  const { requests } = (await signme.control('requests')).body
  const md5 = md5Of(bytes)

  return requests.filter(({ files }: { files: { md5: string }[] }) => files[0]?.md5 === md5).length
}

describe('a fault of the connection', () => {
  /** Sends octets one piece after another and gives what came back, and whether it was cut. */
  const raw = (pieces: readonly string[]): Promise<{ text: string; isSent: boolean }> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(signme.base)
      const socket = connect(Number(port), hostname)
      let text = ''
      let sent = 0
      const next = (): void => {
        const piece = pieces[sent]
        if (piece === undefined || socket.destroyed) return
        socket.write(piece, () => {
          sent += 1
          setTimeout(next, 30)
        })
      }
      socket.on('connect', next)
      socket.on('data', (bytes) => {
        text += bytes.toString('latin1')
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve({ text, isSent: sent === pieces.length }))
    })
  const call = (bytes: string): readonly string[] => {
    const body = new URLSearchParams({ rfile: JSON.stringify(packageFor(bytes)) }).toString()
    const half = Math.floor(body.length / 2)
    const head = [
      'POST /signapi/sjson HTTP/1.1',
      'Host: 127.0.0.1',
      'Connection: close',
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${body.length}`,
    ].join('\r\n')

    return [
      `${head}\r\n\r\n`,
      body.slice(0, half),
      body.slice(half, half + 10),
      body.slice(half + 10),
    ]
  }

  it.each([
    ['before the body', 'drop-before-body', false, 0],
    ['during the body', 'drop-during-body', false, 0],
    ['after the body, nothing done', 'drop-after-body', true, 0],
    ['after the body, the request made anyway', 'drop-after-body', true, 1],
  ])('cuts %s', async (_name, fault, isSent, count) => {
    const bytes = fresh()
    await faults([{ on: 'sign', fault, isDone: count === 1 }])
    const result = await raw(call(bytes))
    expect(result).toEqual({ text: '', isSent })
    expect(await made(bytes)).toBe(count)
    expect((await raw(call(bytes))).text).toContain('HTTP/1.1 200 OK')
  })

  it('cuts the answer in its middle', async () => {
    const bytes = fresh()
    await faults([{ on: 'sign', fault: 'drop-answer' }])
    const { text } = await raw(call(bytes))
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
    expect(length).toBeGreaterThan(30)
    expect(body.length).toBe(Math.floor(length / 2))
    expect(await made(bytes)).toBe(1)
  })
})

describe('a fault of what stands before the service', () => {
  it('answers a page with 502, and what was asked is done or not', async () => {
    for (const isDone of [false, true]) {
      const bytes = fresh()
      await faults([{ on: 'sign', fault: 'html', isDone }])
      const response = await signme.post('/signapi/sjson', 'rfile', packageFor(bytes))
      expect([response.status, await response.text()]).toEqual([
        502,
        expect.stringMatching(/^<html>/),
      ])
      expect(await made(bytes)).toBe(isDone ? 1 : 0)
    }
  })

  it('cuts JSON short, quotes a suffix, redirects a POST, waits', async () => {
    const bytes = fresh()
    const suffix = await signme.sign(packageFor(bytes))
    await faults([
      { on: 'status', fault: 'truncated' },
      { on: 'sign', fault: 'quoted' },
      { on: 'sign', fault: 'redirect', status: 307 },
      { on: 'sign', fault: 'delay', delayMs: 120 },
    ])
    const text = await (await signme.get(`/signapi/check/${suffix}`)).text()
    expect(text).toBe('{"statu')
    expect(await signme.sign(packageFor(bytes))).toMatch(/^"\d+\/[0-9a-f]{32}"$/)
    const redirect = await signme.post('/signapi/sjson', 'rfile', packageFor(bytes))
    expect([redirect.status, redirect.headers.get('location')]).toEqual([307, '/signapi/sjson'])
    const startedAt = performance.now()
    expect(await signme.sign(packageFor(bytes))).toMatch(/^\d+\//)
    expect(performance.now() - startedAt).toBeGreaterThan(115)
    expect(await made(bytes)).toBe(3)
  })

  it('a followed 302 becomes a GET: wrong method', async () => {
    await faults([{ on: 'sign', fault: 'redirect' }])
    const response = await fetch(`${signme.base}/signapi/sjson`, {
      method: 'POST',
      body: new URLSearchParams({ rfile: '{}' }),
    })
    expect(await response.text()).toBe('error 0: wrong method')
  })

  it('hits only the request that it is for, as often as it is told', async () => {
    const [hit, other] = [fresh(), fresh()]
    await faults([
      {
        on: 'sign',
        fault: 'text',
        text: 'error 6: cant create request',
        match: md5Of(hit),
        times: 2,
      },
    ])
    expect(await signme.sign(packageFor(other))).toMatch(/^\d+\//)
    expect(await signme.sign(packageFor(hit))).toBe('error 6: cant create request')
    expect(await signme.sign(packageFor(hit))).toBe('error 6: cant create request')
    expect(await signme.sign(packageFor(hit))).toMatch(/^\d+\//)
    await faults([{ on: 'any', fault: 'html', match: '+79990000001', times: 9 }])
    expect(await signme.sign(packageFor(other, { user_ph: '+79990000007' }))).toMatch(/^\d+\//)
    expect(await signme.sign(packageFor(other))).toMatch(/^<html>/)
  })

  it('is refused when it is none', async () => {
    for (const list of [[{ on: 'sign', fault: 'x' }], [{ on: 'x', fault: 'html' }], 'x']) {
      expect((await signme.control('faults', 'PUT', { faults: list })).status).toBe(400)
    }
  })
})

describe('a fault of a signature', () => {
  const sign = async (bytes: string | Buffer, fault: string) => {
    const suffix = await signme.sign(packageFor(bytes))
    const acted = await signme.act(suffix, 'sign', { user: 'anna', fault })

    return { suffix, acted, found: await signme.check({ md5: md5Of(bytes) }) }
  }

  it('other octets with the same MD5: the container is right, over what nobody sent', async () => {
    const [mine, theirs] = collidingPair(Buffer.from(fresh()))
    const { suffix, found } = await sign(mine, 'same-md5')
    expect(await signme.status(suffix)).toEqual({ status: '1' })
    expect(found.count).toBe(1)
    const digestOf = async (content: Buffer) => {
      const plain = await sign(content, 'extra-signer')

      return messageDigest(plain.found.signature_2 ?? plain.found.signature_1)
    }
    expect(messageDigest(found.signature_1)).toBe(await digestOf(theirs))
    expect((await sign(fresh(), 'same-md5')).acted).toMatchObject({ code: 'sandbox.bad-request' })
    const pair = (await signme.control('collision?suffix=eA==')).body
    expect(md5Of(Buffer.from(pair.first, 'base64'))).toBe(md5Of(Buffer.from(pair.second, 'base64')))
    expect(pair.first).not.toBe(pair.second)
  })

  it.each([
    ['other-user', 1, (entry: Entry) => expect(entry.person.phone_number).not.toBe('+79990000001')],
    ['revoked', 1, (entry: Entry) => expect(entry.person.crt_status).toBe(3)],
    ['expired', 1, (entry: Entry) => expect(entry.person.crt_status).toBe(5)],
    ['count', 2, (entry: Entry) => expect(entry.person.crt_status).toBe(0)],
  ] as const)('%s', async (fault, count, look) => {
    const { found } = await sign(fresh(), fault)
    expect(found.count).toBe(count)
    expect(found.signature_2).toBeUndefined()
    look(found.signature_1)
  })

  it('extra-signer: a stranger whom no CA of the sandbox knows stands in the container', async () => {
    const { found } = await sign(fresh(), 'extra-signer')
    expect(found.count).toBe(1)
    expect(signerInfos(found.signature_1)).toHaveLength(2)
  })

  it('missing: signed by status, and nothing else knows of it', async () => {
    const bytes = fresh()
    const { suffix, found } = await sign(bytes, 'missing')
    expect(await signme.status(suffix)).toEqual({ status: '1' })
    expect(found).toEqual({ count: 0 })
    expect((await signme.get(`/signaturecheck/get_grp_pkcs/hash/${md5Of(bytes)}`)).status).toBe(404)
  })

  it('a planned one hits the request that comes', async () => {
    const bytes = fresh()
    await faults([], [{ sign: 'other-user', match: md5Of(bytes) }])
    const suffix = await signme.sign(packageFor(bytes))
    await signme.act(suffix, 'sign', { user: 'anna' })
    const { signature_1: entry } = await signme.check({ md5: md5Of(bytes) })
    expect(entry.person.phone_number).not.toBe('+79990000001')
  })
})

describe('a fault of the push', () => {
  const plan = async (push: string, more: object = {}) => {
    const bytes = fresh()
    await faults([], [{ push }])

    return signme.sign(packageFor(bytes, { url: `GET:${bench.receiver.url}/p`, IF: 1, ...more }))
  }

  it('early: it is there before the answer is', async () => {
    const suffix = await plan('early')
    expect(urls).toEqual(['/p?signed=true'])
    expect(await signme.status(suffix)).toEqual({ status: '1' })
  })

  it('duplicate, lost, false', async () => {
    await signme.act(await plan('duplicate'), 'sign', { user: 'anna' })
    expect(urls).toEqual(['/p?signed=true', '/p?signed=true'])
    const lost = await plan('lost')
    await signme.act(lost, 'sign', { user: 'anna' })
    expect(urls).toHaveLength(2)
    expect(await signme.status(lost)).toEqual({ status: '1' })
    const untrue = await plan('false')
    await signme.act(untrue, 'sign', { user: 'anna' })
    expect(urls).toHaveLength(3)
    expect(await signme.status(untrue)).toEqual({ status: '0' })
  })

  it('foreign-key: the notification carries the key of another site', async () => {
    await signme.control('accounts', 'PUT', {
      sites: [{ key: 'TESTKEY', notificationUrl: `${bench.receiver.url}/n` }],
    })
    await signme.act(await plan('foreign-key'), 'sign', { user: 'anna' })
    expect(urls.find((url) => url.startsWith('/n'))).toContain('apikey=TESTKEY2&')
  })
})

describe('time and shape', () => {
  it('deletes a file when told to, or when its time has come', async () => {
    const suffix = await signme.sign(packageFor(fresh()))
    await signme.act(suffix, 'delete')
    expect(await signme.status(suffix)).toEqual({ status: '3' })
    expect(await (await signme.get(`/signapi/sjson/${suffix}`)).text()).toContain('Файл удалён')
  })

  it('lets an hour pass for who signs after an hour', async () => {
    const suffix = await signme.sign(packageFor(fresh(), { user_ph: '+79990000006' }))
    expect(await signme.status(suffix)).toEqual({ status: '0' })
    const clock = (offsetMs: number) =>
      fetch(`${signme.base}/_sim/clock`, {
        method: 'PUT',
        headers: { 'x-muhr-sim-secret': bench.sandbox.ready.control.secret },
        body: JSON.stringify({ offsetMs }),
      })
    await clock(3_601_000)
    await expect.poll(() => signme.status(suffix)).toEqual({ status: '1' })
    await clock(0)
  })

  it('writes statuses as numbers, signatures from 0, containers as PEM, base64 or attached', async () => {
    const bytes = fresh()
    const suffix = await signme.sign(packageFor(bytes))
    await signme.act(suffix, 'sign', { user: 'anna' })
    const switches = (body: object) => signme.control('switches', 'PUT', body)
    await switches({ statusType: 'number', indexBase: '0', containerEncoding: 'pem' })
    expect(await signme.status(suffix)).toEqual({ status: 1 })
    expect(await signme.check({ md5: md5Of(bytes) })).toHaveProperty('signature_0')
    expect((await signme.container(md5Of(bytes))).toString()).toMatch(/^-----BEGIN PKCS7-----\nMI/)
    await switches({ containerEncoding: 'base64', attached: true })
    const container = Buffer.from((await signme.container(md5Of(bytes))).toString(), 'base64')
    expect(Buffer.from(parseSignedData(container).content ?? []).toString()).toBe(bytes)
    await switches({
      statusType: 'string',
      indexBase: '1',
      containerEncoding: 'der',
      attached: false,
    })
  })

  it('adds requests that nobody sent, which are asked about and signed like others', async () => {
    const { first, count } = (await signme.control('synthetic', 'POST', { count: 5000 })).body
    const { requests } = (await signme.control(`synthetic?first=${first}&count=${count}`)).body
    expect(requests).toHaveLength(5000)
    const { suffix, md5 } = requests.at(-1)
    expect(await signme.status(suffix)).toEqual({ status: '0' })
    await signme.act(suffix, 'sign', { user: 'anna' })
    expect(await signme.status(suffix)).toEqual({ status: '1' })
    expect(await signme.check({ md5 })).toMatchObject({ count: 1 })
    const next = await signme.sign(packageFor(fresh()))
    expect(Number(next.split('/')[0])).toBe(first + 5000)
  })

  it('has its control behind the secret of the start', async () => {
    const response = await fetch(`${signme.base}/_sim/signme/requests`)
    expect(response.status).toBe(401)
  })

  it('journals calls and pushes without suffixes, keys and addresses', async () => {
    const suffix = await signme.sign(
      packageFor(fresh(), { url: `GET:${bench.receiver.url}/p/0123456789abcdef0123` }),
    )
    await signme.act(suffix, 'sign', { user: 'anna' })
    const response = await fetch(`${signme.base}/_sim/journal`, {
      headers: { 'x-muhr-sim-secret': bench.sandbox.ready.control.secret },
    })
    const { calls } = await response.json()
    const mine = calls.filter(({ simulator }: { simulator: string }) => simulator === 'signme')
    expect(mine.at(-1)).toMatchObject({
      direction: 'out',
      status: 200,
      path: '/p/0123…?signed=true…',
    })
    const text = JSON.stringify(mine)
    for (const secret of [suffix.split('/')[1] ?? '', 'TESTKEY', '0123456789abcdef0123']) {
      expect(text).not.toContain(secret)
    }
  })
})

type Entry = { pkcs64: string; person: { phone_number: string; crt_status: number } }

const signerInfos = ({ pkcs64 }: Entry) =>
  parseSignedData(Buffer.from(pkcs64, 'base64')).signerInfos

function messageDigest(entry: Entry): string {
  const [first] = signerInfos(entry)
  const attribute = first?.signedAttributes?.list.find(
    ({ type }) => type === '1.2.840.113549.1.9.4',
  )

  return Buffer.from(attribute?.bytes ?? []).toString('hex')
}
