import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SimHandler, SimRequest, SimResponse } from '../http/sim-http.ts'
import { shortenPath } from '../journal.ts'
import { type Answered, applyFault } from './apply-fault.ts'
import { showCabinet } from './cabinet.ts'
import { type Call, findCall, MAX_BODY_BYTES } from './calls.ts'
import { SignmeRefusal, textResponse } from './error.ts'
import type { FaultCall } from './faults.ts'
import { nowOf, type SignmeState } from './state.ts'

const STYLE = join(import.meta.dirname, 'page', 'signme.css')

/** Sign.Me: its API under `/signapi/` and `/signaturecheck/` (seed), its pages, and `/` for people. */
export function createSignmeHandler(state: SignmeState): SimHandler {
  return async (request) => {
    if (request.path.startsWith('/_sim/')) return undefined
    state.due.runDue(nowOf(state))
    if (request.path === '/signapi/static/signme.css') return style()
    if (request.path === '/') return showCabinet(state, request)
    const path = pathOf(state, request)
    if (!/^\/(?:signapi|signaturecheck|register|sign)(?:\/|$)/.test(path)) return undefined
    const startedAt = performance.now()
    const cached = withCachedBody(request)
    const found = findCall(state, cached, path)
    const { response, note } =
      found.redirect === undefined
        ? await answer(state, cached, found.call)
        : { response: { status: 301, headers: { location: found.redirect } }, note: 'slash' }
    state.world.journal.add({
      simulator: 'signme',
      direction: 'in',
      method: request.method,
      path: shortenPath(request.path),
      status: response.isLost === true ? 'none' : response.status,
      durationMs: Math.round(performance.now() - startedAt),
      note: found.call === undefined ? note : `${found.call.name}${note === '' ? '' : `: ${note}`}`,
    })

    return state.switches.cors ? withCors(response) : response
  }
}

async function answer(
  state: SignmeState,
  request: SimRequest,
  call: Call | undefined,
): Promise<Answered> {
  if (state.switches.cors && request.method === 'OPTIONS') {
    return { response: { status: 204 }, note: 'preflight' }
  }
  if (call === undefined) return { response: textResponse(404, 'Not found'), note: 'no such path' }
  const run = (): Promise<Answered> => runCall(state, request, call)
  const fault = state.faults.take(call.name, await faultText(state, request, call.name))

  return fault === undefined ? run() : applyFault(fault, request, run)
}

/** What a fault's `match` is looked for in: the path, and the body where some fault asks for it. */
async function faultText(
  { faults }: SignmeState,
  request: SimRequest,
  name: FaultCall,
): Promise<string> {
  if (request.method === 'GET' || !faults.needsBody(name)) return request.path
  const body = Buffer.from(await request.body(MAX_BODY_BYTES)).toString('utf8')

  return `${request.path} ${body} ${decoded(body)}`
}

function decoded(body: string): string {
  try {
    return decodeURIComponent(body.replaceAll('+', ' '))
  } catch {
    return ''
  }
}

async function runCall(state: SignmeState, request: SimRequest, call: Call): Promise<Answered> {
  try {
    const { response, note = '' } = await call.run(state, request)

    return { response, note }
  } catch (cause) {
    if (!(cause instanceof SignmeRefusal)) throw cause

    return {
      response: textResponse(Number(state.switches.errorHttp), cause.text),
      note: cause.text,
    }
  }
}

/** The body read once, whoever asks for it. */
function withCachedBody(request: SimRequest): SimRequest {
  let body: Promise<Uint8Array> | undefined

  return {
    ...request,
    body: (maxBytes) => {
      body ??= request.body(Math.min(maxBytes, MAX_BODY_BYTES))

      return body
    },
  }
}

/** The path as it is looked up: repeated slashes and quotes around a suffix only where they are forgiven. */
function pathOf({ switches }: SignmeState, { path }: SimRequest): string {
  const single = switches.doubleSlash ? path.replaceAll(/\/{2,}/g, '/') : path

  return switches.quotedForJson ? single.replaceAll('%22', '') : single
}

function withCors(response: SimResponse): SimResponse {
  return {
    ...response,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': '*',
      ...response.headers,
    },
  }
}

async function style(): Promise<SimResponse> {
  return {
    status: 200,
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    },
    body: await readFile(STYLE),
  }
}
