import { readFile } from 'node:fs/promises'
import { readPkcs12 } from '@muhr/pki'
import {
  askTsaOverHttp,
  type CitizenKey,
  createPhone,
  type KeyAlgorithm,
  type Phone,
  type SandboxReady,
} from '@muhr/sandbox'

export type OwnPhoneOptions = {
  readonly account?: string
  readonly algorithm?: KeyAlgorithm
  readonly language?: 'ru' | 'kk' | 'en'
  readonly fetch?: typeof fetch
  readonly slowPauseMs?: number
}

/** A simulated phone in the test's own hands: its calls can be watched, held back or changed. */
export async function openOwnPhone(
  ready: SandboxReady,
  options: OwnPhoneOptions = {},
): Promise<Phone> {
  const account = options.account ?? 'person'
  const algorithm = options.algorithm ?? 'kz-2015-512'

  return createPhone({
    key: await readKey(ready, { account, algorithm, state: 'valid' }),
    alternativeKey: async (which) =>
      which === 'other-person'
        ? readKey(ready, { account: 'second', algorithm, state: 'valid' })
        : readKey(ready, { account, algorithm, state: which }),
    language: options.language ?? 'ru',
    appVersion: { platform: 'ios', version: '2.4.1' },
    fetch: options.fetch ?? fetch,
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    tsa: askTsaOverHttp({ url: `${ready.trust}/tsp`, fetch }),
    slowPauseMs: options.slowPauseMs ?? 20,
  })
}

async function readKey(
  ready: SandboxReady,
  wanted: { readonly account: string; readonly algorithm: KeyAlgorithm; readonly state: string },
): Promise<CitizenKey> {
  const found = ready.keys.find(
    (key) =>
      key.account === wanted.account &&
      key.algorithm === wanted.algorithm &&
      key.state === wanted.state,
  )
  if (found === undefined) {
    throw new Error(`the sandbox has no key ${JSON.stringify(wanted)}`)
  }
  const [entry] = readPkcs12(await readFile(found.file), found.pin)
  const [certificate] = entry?.certificates ?? []
  if (entry === undefined || certificate === undefined) {
    throw new Error('a key file of the sandbox is empty')
  }

  return { algorithm: wanted.algorithm, privateKey: entry.key, certificate }
}

/** The PUT that a phone would send for a code, not sent. */
export type HeldPut = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer<ArrayBuffer>
}

/** Scans a code, signs, and keeps the PUT back. Each call makes other signatures. */
export async function signWithoutSending(
  ready: SandboxReady,
  code: string,
  options: Omit<OwnPhoneOptions, 'fetch'> & {
    readonly fault?: 'other-person' | 'other-bytes'
  } = {},
): Promise<HeldPut> {
  let held: HeldPut | undefined
  const phone = await openOwnPhone(ready, {
    ...options,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      if (request.method !== 'PUT') {
        return fetch(request)
      }
      held = {
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: Buffer.from(await request.arrayBuffer()),
      }

      return new Response('{"message":"held back"}', { status: 503 })
    },
  })
  await phone.scan(code)
  await phone.sign(options.fault === undefined ? {} : { fault: options.fault })
  if (held === undefined) {
    throw new Error('the phone sent nothing')
  }

  return held
}

/** Sends a PUT that was held back. */
export async function sendPut(
  put: HeldPut,
  patch: { readonly headers?: Record<string, string>; readonly body?: Buffer<ArrayBuffer> } = {},
): Promise<{ readonly status: number; readonly message: string; readonly headers: Headers }> {
  const response = await fetch(put.url, {
    method: 'PUT',
    headers: { ...put.headers, ...patch.headers },
    body: patch.body ?? put.body,
  })
  const { message } = (await response.json()) as { message: string }

  return { status: response.status, message, headers: response.headers }
}
