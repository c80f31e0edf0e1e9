import { discardBody, endExchange } from '@muhr/http'
import { EpguError, isEpguError } from '../error.ts'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { assertFileAddress, type FileAddress } from './file-address.ts'
import { redirectRefused, unreadableAnswer } from './gateway-errors.ts'
import { invalidArgument } from './invalid-argument.ts'

/** A file on its way. Read `body` once, or cancel by the signal. */
export type Download = {
  /**
   * Octets as they come. Rejects with `epgu.download-too-large` above the limit, and with
   * `epgu.unreadable-answer`, `cut-off`, when the connection ends before the file does.
   */
  readonly body: AsyncIterable<Uint8Array>
  readonly mediaType: string | undefined
  /** From `Content-Length`. */
  readonly sizeBytes: number | undefined
}

export type DownloadOptions = {
  /** Service of the order; the current route asks for it. */
  readonly serviceCode?: string
  /**
   * `current` (core API 1.13 and later), `old`, or the old one where the current is not found.
   * Default `current`.
   */
  readonly route?: 'current' | 'old' | 'current-then-old'
  /** Default 128 MiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

const maxRedirects = 3

/**
 * Downloads a file by the address in its link (spec §4.2). A redirect is followed on the same host
 * alone, with the token and the cookies of the answers before it.
 *
 * @throws EpguError `epgu.redirect-refused`, `epgu.download-too-large`, `epgu.not-found`,
 * `epgu.invalid-argument`, and as `callGateway`
 */
export async function downloadFile(
  context: GatewayContext,
  file: FileAddress,
  options: DownloadOptions,
): Promise<Download> {
  const { route = 'current' } = options
  assertFileAddress(file)
  if (route === 'old') return follow(context, oldUrl(context, file), options)

  const url = currentUrl(context, file, options.serviceCode)
  try {
    return await follow(context, url, options)
  } catch (error) {
    if (route !== 'current-then-old' || !isEpguError(error, 'epgu.not-found')) throw error
  }

  return follow(context, oldUrl(context, file), options)
}

function currentUrl(
  { baseUrl }: GatewayContext,
  { objectId, objectType, mnemonic }: FileAddress,
  serviceCode: string | undefined,
): string {
  if (serviceCode === undefined || !/^\d{1,20}$/.test(serviceCode)) {
    throw invalidArgument('serviceCode', 'the digits of the service of the order')
  }

  return `${baseUrl}/gusmev/files/download/${objectId}/${objectType}?mnemonic=${encodeURIComponent(mnemonic)}&eserviceCode=${serviceCode}`
}

function oldUrl(
  { baseUrl }: GatewayContext,
  { objectId, objectType, mnemonic }: FileAddress,
): string {
  return `${baseUrl}/storage/v2/files/${objectId}/${objectType}/download?mnemonic=${encodeURIComponent(mnemonic)}`
}

async function follow(
  context: GatewayContext,
  firstUrl: string,
  { maxBytes = 128 * 1024 * 1024, signal }: DownloadOptions,
): Promise<Download> {
  const cookies = new Map<string, string>()
  let url = firstUrl

  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const response = await callGateway(context, {
      operation: 'download',
      effect: 'none',
      method: 'GET',
      url,
      headers: { accept: '*/*', ...cookieHeader(cookies) },
      takesRedirects: true,
      timeoutMs: context.limits.transferTimeoutMs,
      signal,
    })
    if (response.ok) return open(response, maxBytes, signal)

    keepCookies(cookies, response)
    url = nextUrl(context, url, response.headers.get('location'))
    await discardBody(response)
  }

  throw redirectRefused('download', 'too-many')
}

/** Where a redirect leads: the same origin, or the one that our terminator stands for. */
function nextUrl(
  { publicOrigin, baseUrl }: GatewayContext,
  url: string,
  location: string | null,
): string {
  if (location === null) throw redirectRefused('download', 'no-location')
  if (!URL.canParse(location, url)) throw redirectRefused('download', 'bad-location')

  const { origin, pathname, search, username, password } = new URL(location, url)
  if (username !== '' || password !== '') throw redirectRefused('download', 'bad-location')
  const own = new URL(baseUrl).origin
  if (origin !== own && origin !== publicOrigin) throw redirectRefused('download', 'other-host')

  return own + pathname + search
}

/** Name and value of each cookie; a later one of the same name replaces the earlier. */
function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie().slice(0, 50)) {
    const [, name, value] = /^\s*([!#$%&'*+\-.^_`|~\w]{1,256})=([^;\s]{0,4096})/.exec(line) ?? []
    if (name !== undefined && value !== undefined) cookies.set(name, value)
  }
}

function cookieHeader(cookies: ReadonlyMap<string, string>): Record<string, string> {
  if (cookies.size === 0) return {}

  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
}

async function open(
  response: Response,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Download> {
  const announced = response.headers.get('content-length')
  const sizeBytes =
    announced !== null && /^\d{1,15}$/.test(announced) ? Number(announced) : undefined
  if (sizeBytes !== undefined && sizeBytes > maxBytes) {
    await discardBody(response)
    throw tooLarge(maxBytes)
  }

  return {
    body: read(response, maxBytes, signal),
    mediaType: response.headers.get('content-type') ?? undefined,
    sizeBytes,
  }
}

async function* read(
  response: Response,
  maxBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const pieces = response.body?.[Symbol.asyncIterator]()
  let readBytes = 0
  try {
    for (;;) {
      const piece = await nextPiece(pieces, response.status, signal)
      if (piece === undefined) return
      readBytes += piece.length
      if (readBytes > maxBytes) throw tooLarge(maxBytes)
      yield piece
    }
  } finally {
    // Ends the transfer when the reader leaves early.
    await pieces?.return?.()
    endExchange(response)
  }
}

async function nextPiece(
  pieces: AsyncIterator<Uint8Array> | undefined,
  httpStatus: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    const next = await pieces?.next()

    return next === undefined || next.done === true ? undefined : next.value
  } catch {
    signal?.throwIfAborted()
    throw unreadableAnswer('download', 'cut-off', httpStatus)
  }
}

function tooLarge(limitBytes: number): EpguError<'epgu.download-too-large'> {
  return new EpguError({
    code: 'epgu.download-too-large',
    message: `The file is larger than ${limitBytes} octets.`,
    advice: 'Raise maxBytes when a file of this size is expected.',
    data: { limitBytes },
  })
}
