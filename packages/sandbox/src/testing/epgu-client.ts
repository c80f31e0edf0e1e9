import { readFile } from 'node:fs/promises'
import {
  createSignedData,
  createSigningKey,
  parseCertificate,
  readPem,
  type SignatureProfile,
  signatureProfiles,
} from '@muhr/pki'
import { packZip } from '@muhr/zip'
import type { Sandbox } from '../start-sandbox.ts'

/** A document of a package. */
export type Document = { readonly name: string; readonly bytes: Uint8Array }

export const PDF_DOCUMENT: Document = { name: '07_01.pdf', bytes: Buffer.from('%PDF-1.4 TEST\n') }

export const GOSKEY = { region: '77', serviceCode: '10000000374', targetCode: '-10000000374' }

/** Reads a key of the sandbox out of its PEM file. */
export async function openSender(
  sandbox: Sandbox,
  wanted: { account?: string; state?: string; algorithm?: string } = {},
) {
  const { account = 'sender', state = 'valid', algorithm = 'ru-2012-256' } = wanted
  const found = sandbox.ready.keys.find(
    (key) =>
      key.country === 'RU' &&
      key.format === 'pkcs8-pem' &&
      key.account === account &&
      key.state === state &&
      key.algorithm === algorithm,
  )
  const blocks = readPem(await readFile(found?.file ?? '', 'latin1'))
  const key = blocks.find(({ label }) => label === 'PRIVATE KEY')
  const certificate = blocks.find(({ label }) => label === 'CERTIFICATE')
  if (key === undefined || certificate === undefined) throw new Error('no such key')
  const signer = {
    key: createSigningKey(key.bytes),
    certificate: parseCertificate(certificate.bytes),
  }

  return {
    sign: (
      content: Uint8Array,
      options: {
        form?: 'attached' | 'detached'
        encoding?: 'ber' | 'der'
        at?: Date
        profile?: SignatureProfile
      } = {},
    ): Promise<Uint8Array> =>
      createSignedData({
        content,
        form: options.form ?? 'detached',
        encoding: options.encoding ?? 'der',
        signers: [
          {
            ...signer,
            signingTime: options.at ?? new Date(),
            profile: options.profile ?? signatureProfiles['ru-cryptopro'],
          },
        ],
      }),
  }
}

export type Sender = Awaited<ReturnType<typeof openSender>>

/** An ESIA token by the API-Key of the first employee, or another. */
export async function askToken(
  sandbox: Sandbox,
  sender: Sender,
  apiKey = '00000000-0000-4000-8000-000000001001',
): Promise<string> {
  const response = await askEsia(
    sandbox,
    apiKey,
    Buffer.from(await sender.sign(Buffer.from(apiKey))).toString('base64url'),
  )
  const { accessTkn } = await response.json()

  return accessTkn
}

export function askEsia(sandbox: Sandbox, apiKey: string, signature: string): Promise<Response> {
  return fetch(
    `${sandbox.ready.esia}/esia-rs/api/public/v1/orgs/ext-app/${apiKey}/tkn?signature=${signature}`,
  )
}

/** Moscow time of a moment, as req.xml wants it. */
export function moscow(date: Date): string {
  return `${new Date(date.getTime() + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`
}

/** req.xml of profile 1.9 for a person. */
export function request19(
  options: {
    recipient?: string
    namespace?: string
    expiration?: string
    attributes?: string
    prefix?: string
    comment?: string
  } = {},
): string {
  const {
    recipient = '<Snils>000-000-001 01</Snils>',
    namespace = 'urn://mpkey.gosuslugi.ru/sign_document/1.0.0',
    expiration = moscow(new Date(Date.now() + 3_600_000)),
    attributes = attribute('orgName', 'ООО TEST') + attribute('orgINN', '9999000013'),
  } = options

  return `<?xml version="1.0" encoding="UTF-8"?>
<SignRequest xmlns="${namespace}">${options.comment ?? ''}${recipient}<Backlink>https://example.test/</Backlink><SignExpiration>${expiration}</SignExpiration><Description>Договор 17</Description>${attributes}</SignRequest>`
}

export function attribute(name: string, value: string): string {
  return `<Attribute><AttributeName>${name}</AttributeName><AttributeValue>${value}</AttributeValue></Attribute>`
}

/** A package: every file with its signature, but where the options say otherwise. */
export async function packageOf(
  sender: Sender,
  options: {
    request?: string | Uint8Array
    documents?: readonly Document[]
    signature?: Parameters<Sender['sign']>[1]
    change?: (
      files: readonly { path: string; bytes: Uint8Array }[],
    ) => readonly { path: string; bytes: Uint8Array }[]
  } = {},
): Promise<Uint8Array> {
  const { request = request19(), documents = [PDF_DOCUMENT], change = (files) => files } = options
  const files = [{ name: 'req.xml', bytes: Buffer.from(request) }, ...documents]
  const signed = await Promise.all(
    files.map(async ({ name, bytes }) => [
      { path: name, bytes },
      { path: `${name}.sig`, bytes: await sender.sign(bytes, options.signature) },
    ]),
  )

  return packZip(change(signed.flat()))
}

/** A multipart body with its parts in the order given. */
export function formOf(
  parts: readonly { name: string; value: string | Uint8Array; type?: string; file?: string }[],
): { body: Buffer; contentType: string } {
  const boundary = 'test-boundary-7d1'
  const chunks = parts.flatMap(({ name, value, type, file }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${
        file === undefined ? '' : `; filename="${file}"`
      }\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    ),
    Buffer.from(value as Uint8Array),
    Buffer.from('\r\n'),
  ])

  return {
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  }
}

/** A strict client of EPGU that knows nothing but HTTP. */
export function epguClient(sandbox: Sandbox, token: () => string) {
  const base = sandbox.ready.epgu
  const call = async (
    path: string,
    init: { method?: string; body?: BodyInit; headers?: Record<string, string> } = {},
  ): Promise<Response> =>
    fetch(`${base}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${token()}`, ...init.headers },
    })
  const post = (path: string, form: { body: Buffer; contentType: string }): Promise<Response> =>
    call(path, {
      method: 'POST',
      body: new Uint8Array(form.body),
      headers: { 'content-type': form.contentType },
    })
  const meta = (value: object = GOSKEY) => ({
    name: 'meta',
    value: JSON.stringify(value),
    type: 'application/json',
  })
  const file = (value: Uint8Array, name = 'archive.zip') => ({
    name: 'file',
    value,
    type: 'application/zip',
    file: name,
  })
  const details = async (id: number) => {
    const response = await call(`/api/gusmev/order/${id}`, { method: 'POST' })
    const body = await response.json()

    return { ...body, order: typeof body.order === 'string' ? JSON.parse(body.order) : body.order }
  }

  return {
    call,
    post,
    meta,
    file,
    details,
    reserve: async (value: object = GOSKEY): Promise<number> => {
      const response = await call('/api/gusmev/order', {
        method: 'POST',
        body: JSON.stringify(value),
        headers: { 'content-type': 'application/json' },
      })

      return (await response.json()).orderId
    },
    chunk: (
      id: number,
      value: Uint8Array,
      numbers?: { chunk: number; chunks: number },
      metaValue: object = GOSKEY,
    ): Promise<Response> =>
      post(
        '/api/gusmev/push/chunked',
        formOf([
          meta(metaValue),
          { name: 'orderId', value: String(id) },
          ...(numbers === undefined
            ? []
            : [
                { name: 'chunk', value: String(numbers.chunk) },
                { name: 'chunks', value: String(numbers.chunks) },
              ]),
          file(value),
        ]),
      ),
    push: async (value: Uint8Array, metaValue: object = GOSKEY): Promise<number> => {
      const response = await post('/api/gusmev/push', formOf([meta(metaValue), file(value)]))

      return (await response.json()).orderId
    },
    /** Details, once the gateway is through with the order. */
    settled: async (id: number) => {
      for (;;) {
        const found = await details(id)
        if (
          !['NEW', 'FILES_VERIFICATION', 'FILES_VERIFICATION_SUCCESS', 'DONE'].includes(found.code)
        ) {
          return found
        }
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
  }
}

/** The control of the sandbox. */
export function controlOf(sandbox: Sandbox) {
  return async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(`${sandbox.ready.epgu}/_sim/${path}`, {
      method,
      headers: {
        'x-muhr-sim-secret': sandbox.ready.control.secret,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

    return { status: response.status, body: await response.json() }
  }
}
