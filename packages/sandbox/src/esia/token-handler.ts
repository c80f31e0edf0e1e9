import {
  jsonResponse,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import type { World } from '../world.ts'
import { findApiKey } from './accounts.ts'
import { ESIA_CODES, type EsiaCode } from './codes.ts'
import type { Tokens } from './tokens.ts'
import { verifySender } from './verify-sender.ts'

/** How old the signature of an API-Key may be, ms (ru-epgu-goskey §1). */
const SIGNATURE_AGE_MS = 24 * 3_600_000
const CLOCK_SKEW_MS = 5 * 60_000

const PATH = /^\/esia-rs\/api\/public\/v1\/orgs\/ext-app\/([^/]+)\/tkn$/

/** An answer with the words that the journal keeps of it. */
type Noted = { readonly response: SimResponse; readonly note: string }

/**
 * `GET /esia-rs/api/public/v1/orgs/ext-app/{apiKey}/tkn?signature=…`: a token, or a code of ESIA. `underFault`
 * runs the call, or answers in its place; the journal has the call either way.
 */
export function createTokenHandler(
  world: World,
  tokens: Tokens,
  underFault: (run: () => Promise<Noted>) => Promise<Noted> = (run) => run(),
): SimHandler {
  return async (request) => {
    const apiKey = PATH.exec(request.path)?.[1]
    if (apiKey === undefined || request.method !== 'GET') return undefined
    const startedAt = performance.now()
    const { response, note } = await underFault(() => answer(world, tokens, { request, apiKey }))
    world.journal.add({
      simulator: 'esia',
      direction: 'in',
      method: request.method,
      // The key stands in the path, the signature in the query: neither goes into a journal.
      path: '/esia-rs/api/public/v1/orgs/ext-app/…/tkn',
      status: response.isLost === true ? 'none' : response.status,
      durationMs: Math.round(performance.now() - startedAt),
      note,
    })

    return response
  }
}

async function answer(
  world: World,
  tokens: Tokens,
  { request, apiKey }: { readonly request: SimRequest; readonly apiKey: string },
): Promise<Noted> {
  const user = findApiKey(apiKey)
  if (typeof user === 'string') return refuse(user, 'scenario or unknown key')
  const given = request.query.getAll('signature')
  if (given.length !== 1 || given[0] === '') return refuse('ESIA-020000', 'no signature')
  const signature = decodeSignature(given[0] ?? '')
  if (signature === undefined) return refuse('ESIA-005002', 'signature is not base64')
  const content = Buffer.from(apiKey)
  const now = world.clock.now()
  const check = await verifySender(world, { signature, content, now })
  if (!check.isGood) return refuse('ESIA-005002', check.reason)
  const age = now.getTime() - (check.signingTime?.getTime() ?? Number.NaN)
  if (!(age <= SIGNATURE_AGE_MS && age >= -CLOCK_SKEW_MS)) {
    return refuse('ESIA-005002', 'signing time absent or not of the last 24 hours')
  }
  const { inn, ogrn } = user.organisation
  if (check.inn !== inn || check.ogrn !== ogrn) {
    return refuse('ESIA-005002', 'certificate is not of the organisation of the key')
  }

  return {
    response: jsonResponse(200, { accessTkn: await tokens.issue(user) }),
    note: check.isAttached ? 'token, content was embedded' : 'token',
  }
}

/** base64url or base64; a raw `+` has become a blank by now, which is the well-known mistake. */
function decodeSignature(text: string): Uint8Array | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')

  return /^[A-Za-z0-9+/]+$/.test(standard) ? Buffer.from(standard, 'base64') : undefined
}

function refuse(code: EsiaCode, note: string): Noted {
  const { status, message } = ESIA_CODES[code]

  return { response: jsonResponse(status, { code, message }), note: `${code}: ${note}` }
}
