import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { freePorts } from '@muhr/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductProcess, startProduct } from '../testing/product-process.ts'

const mebibyte = 1024 * 1024
const allowedGrowth = 128 * mebibyte
const stepMs = 120_000
/** Two documents, 98 000 000 octets: with their signatures the package is cut into five parts. */
const documentBytes = 49_000_000

type Order = {
  readonly id: string
  readonly state: string
  readonly orderNumber: string
  readonly lastCode: string | null
  readonly portal: { readonly statusId: number | null } | null
  readonly parts: readonly { readonly status: number | null }[]
  readonly files: readonly { readonly role: string; readonly href: string; readonly size: number }[]
}

describe.skipIf(process.platform !== 'linux')('the workbench with a package of 98 MB', () => {
  let folder = ''
  let muhr: ProductProcess
  let account = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-large-'))
    const [port = 0, consolePort = 0, caPort = 0] = await freePorts(3)
    muhr = await startProduct({ dataDir: join(folder, 'data'), port, consolePort, caPort })
    const { items } = await call<{ items: readonly { id: string }[] }>('GET', '/accounts')
    account = items[0]?.id ?? ''
    await call('PUT', '', { quotas: false }, `${muhr.ready.epgu}/_sim/epgu/switches`)
  })
  afterAll(async () => {
    await muhr?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function call<T>(method: string, path: string, body?: object, url?: string): Promise<T> {
    const answer = await fetch(url ?? `${muhr.url}/v1/workbench${path}`, {
      method,
      headers: {
        authorization: `Bearer ${muhr.apiKey}`,
        'x-muhr-sim-secret': muhr.ready.control.secret,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 600)}`)
    }

    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  const upload = async (path: string, file: string): Promise<Order> => {
    const answer = await fetch(`${muhr.url}/v1/workbench${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${muhr.apiKey}`,
        'content-type': 'application/octet-stream',
      },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
      duplex: 'half',
    } as RequestInit)
    if (!answer.ok) {
      throw new Error(await answer.text())
    }

    return (await answer.json()) as Order
  }

  const until = async (id: string, is: (order: Order) => boolean, refresh = false) => {
    const end = Date.now() + stepMs
    for (;;) {
      const order = await (refresh
        ? call<Order>('POST', `/orders/${id}/refresh`)
        : call<Order>('GET', `/orders/${id}`))
      if (is(order)) {
        return order
      }
      if (Date.now() > end) {
        throw new Error(`it stays ${order.state} ${order.lastCode} ${JSON.stringify(order.portal)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Makes, builds, sends an order of Goskey, and reads its package back. */
  const wholeWay = async (documents: readonly string[]): Promise<Order> => {
    const { id } = await call<Order>('POST', '/orders', {
      account,
      serviceCode: '10000000374',
      region: '77',
    })
    const expires = new Date(Date.now() + 4 * 3_600_000).toISOString().slice(0, 19)
    await call('PUT', `/orders/${id}/xml`, {
      xml: `<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0"><Snils>000-000-001 01</Snils><SignExpiration>${expires}+03:00</SignExpiration><Description>TEST</Description><Attribute><AttributeName>orgName</AttributeName><AttributeValue>ООО TEST</AttributeValue></Attribute><Attribute><AttributeName>orgINN</AttributeName><AttributeValue>9999000013</AttributeValue></Attribute></SignRequest>`,
    })
    for (const [index, file] of documents.entries()) {
      await upload(`/orders/${id}/files?fileName=document_${index}.pdf`, file)
    }
    await call('POST', `/orders/${id}/build`)
    await call('POST', `/orders/${id}/push`, {})
    await until(id, ({ state }) => state !== 'sending')
    const sent = await until(id, ({ portal }) => portal?.statusId === 17, true)
    const zip = sent.files.find(({ role }) => role === 'package')
    const answer = await fetch(`${muhr.url}${zip?.href}`, {
      headers: { authorization: `Bearer ${muhr.apiKey}` },
    })
    let bytes = 0
    for await (const piece of answer.body ?? []) {
      bytes += piece.byteLength
    }
    expect(bytes).toBe(zip?.size)

    return sent
  }

  const memoryOf = async (name: 'VmHWM' | 'VmRSS'): Promise<number> => {
    const status = await readFile(`/proc/${muhr.pid}/status`, 'utf8')

    return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024
  }

  const pdf = async (name: string, bytes: number): Promise<string> => {
    const path = join(folder, name)
    const file = await open(path, 'w')
    await file.write('%PDF-1.4 TEST\n')
    for (let left = bytes - 14; left > 0; left -= mebibyte) {
      await file.write(randomBytes(Math.min(left, mebibyte)))
    }
    await file.close()

    return path
  }

  it('is built, sent in parts and read back, and the server grows by at most 128 MB', async () => {
    // Code, schemas, threads and tables of a curve are loaded by a small one.
    await wholeWay([await pdf('small.pdf', 1_000_000)])
    const documents = [await pdf('a.pdf', documentBytes), await pdf('b.pdf', documentBytes)]
    const before = await memoryOf('VmRSS')
    await writeFile(`/proc/${muhr.pid}/clear_refs`, '5')
    const { parts } = await wholeWay(documents)
    const growth = (await memoryOf('VmHWM')) - before
    console.log(
      `grown by ${(growth / mebibyte).toFixed(0)} MB over ${(before / mebibyte).toFixed(0)} MB`,
    )
    expect(parts.map(({ status }) => status)).toEqual([206, 206, 206, 206, 200])
    expect(growth).toBeLessThanOrEqual(allowedGrowth)
  }, 900_000)
})
