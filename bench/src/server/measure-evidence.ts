import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makePdf } from '@muhr/cli/make-pdf'
import type { ProductProcess } from '@muhr/cli/testing'
import { median, print } from '../figure.ts'
import type { HttpClient } from './http-client.ts'

const run = promisify(execFile)
const rounds = 5
const muhr = join(import.meta.dirname, '../../../apps/cli/bin/muhr.js')

type Envelope = {
  readonly id: string
  readonly evidence: { readonly timestamped: boolean }
  readonly signings: readonly {
    readonly requests: readonly { readonly presentation?: { readonly qr?: string } }[]
  }[]
}

/** Evidence of three signed documents: built by the server, checked by `muhr verify` as a process. */
export async function measureEvidence(
  client: HttpClient,
  product: ProductProcess,
  folder: string,
): Promise<void> {
  const id = await signThree(client, product)
  const builtMs: number[] = []
  let bundle: Buffer = Buffer.alloc(0)
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    bundle = (await client.send('GET', `/v1/envelopes/${id}/evidence`)).body
    builtMs.push(performance.now() - start)
  }
  print({
    metric: 'evidence of three documents, built and received',
    value: median(builtMs),
    unit: 'ms',
    bar: '<= 300',
  })
  const file = join(folder, 'evidence.zip')
  await writeFile(file, bundle)
  const seconds: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await run(process.execPath, [muhr, 'verify', file, '--trust', product.ready.caFile, '--json'])
    seconds.push((performance.now() - start) / 1000)
  }
  print({
    metric: 'muhr verify of that bundle, the whole process',
    value: median(seconds),
    unit: 's',
    bar: '<= 1',
  })
}

async function signThree(client: HttpClient, product: ProductProcess): Promise<string> {
  const json = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const bytes = Buffer.from(JSON.stringify(body ?? {}))
    const answer = await client.send(
      method,
      path,
      body === undefined ? undefined : { bytes, type: 'application/json', length: bytes.length },
    )

    return JSON.parse(answer.body.toString()) as T
  }
  const documents = []
  for (const name of ['one', 'two', 'three']) {
    const bytes = Buffer.from(makePdf([name, new Date().toISOString()]))
    const answer = await client.send('POST', `/v1/documents?fileName=${name}.pdf`, {
      bytes,
      type: 'application/octet-stream',
      length: bytes.length,
    })
    documents.push({ id: (JSON.parse(answer.body.toString()) as { id: string }).id })
  }
  const created = await json<Envelope>('POST', '/v1/envelopes', {
    title: 'Three documents',
    documents,
    recipients: [
      {
        name: 'Үлгіұлы Сынақ',
        identifiers: { iin: '000140000012' },
        methods: [{ provider: 'egov-mobile', method: 'CMS_SIGN_ONLY' }],
      },
    ],
    send: true,
  })
  const read = () => json<Envelope>('GET', `/v1/envelopes/${created.id}`)
  const qr = await until(async () => (await read()).signings[0]?.requests[0]?.presentation?.qr)
  await fetch(`${product.ready.egovMobile.control}/act`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-muhr-sim-secret': product.ready.control.secret,
    },
    body: JSON.stringify({ text: qr, account: 'person' }),
  })
  await until(async () => ((await read()).evidence.timestamped ? true : undefined))

  return created.id
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 60_000
  for (;;) {
    const found = await look()
    if (found !== undefined) {
      return found
    }
    if (Date.now() > end) {
      throw new Error('the flow did not come to its end within a minute')
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
