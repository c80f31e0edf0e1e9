import type { SimRequest, SimResponse } from '../http/sim-http.ts'
import { scheduleRequest, signEarly } from './act.ts'
import { CHECK_KEYS, COMPAT_CHECK_KEYS, checkFile, containerOf } from './check.ts'
import {
  baseUrlOf,
  CHECK_MULTI_KEYS,
  CHECK_REQUEST_KEYS,
  checkScript,
  createCheckPage,
  createMultiCheckPage,
  showCheckPage,
} from './check-pages.ts'
import {
  COMPAT_MULTI_KEYS,
  COMPAT_SIGN_KEYS,
  createRequest,
  MULTI_KEYS,
  SIGN_KEYS,
} from './create-request.ts'
import { asciiJsonResponse, textResponse, wrongMethod } from './error.ts'
import type { FaultCall } from './faults.ts'
import { notFoundPage } from './html.ts'
import { findNewerCall } from './newer-api.ts'
import { actOnPage, type PageTarget, showFile, showPage } from './page-handler.ts'
import { type Package, type PackageSpec, readFieldsOf, readPackage } from './read-package.ts'
import { type SignRequest, suffixOf } from './request.ts'
import type { SignmeState } from './state.ts'
import { fileStatus, groupStatus, rejectBySender } from './status.ts'

/** What a call may send: base64 of the largest files, percent-encoded. */
export const MAX_BODY_BYTES = 100_000_000

/** A call by its method and path. */
export type Call = {
  readonly name: FaultCall
  readonly run: (
    state: SignmeState,
    request: SimRequest,
  ) => Promise<{ readonly response: SimResponse; readonly note?: string }>
}

/** Paths that are POSTed to, with the spelling of their last slash in the seed. */
const CANONICAL = [
  '/signapi/sjson',
  '/signapi/reject/',
  '/signapi/multijson/',
  '/signaturecheck/json',
  '/signaturecheck/request',
  '/signaturecheck/multi',
]

/** The call of a request; `redirect` where the other spelling of the slash is redirected. */
export function findCall(
  state: SignmeState,
  { method }: SimRequest,
  path: string,
): { readonly call?: Call; readonly redirect?: string } {
  const bare = path.replace(/\/$/, '')
  const canonical = CANONICAL.find((each) => each.replace(/\/$/, '') === bare)
  if (state.switches.slashRedirect && canonical !== undefined && canonical !== path) {
    return { redirect: canonical }
  }
  const fixed = FIXED[bare]
  const call =
    fixed ?? pageCall(bare, method) ?? otherCall(bare) ?? findNewerCall(state.switches, bare)

  return call === undefined ? {} : { call }
}

/** A call that wants POST. */
const post = (name: FaultCall, run: Call['run']): Call => ({
  name,
  run: async (state, request) => {
    if (request.method !== 'POST') throw wrongMethod()

    return run(state, request)
  },
})

/** A call with a JSON package. */
const packaged = (
  name: FaultCall,
  spec: PackageSpec & { readonly compatKeys: readonly string[] },
  run: (
    state: SignmeState,
    found: Package,
    request: SimRequest,
  ) => Promise<{ readonly response: SimResponse; readonly note?: string }>,
): Call =>
  post(name, async (state, request) => {
    const { switches } = state
    const found = readPackage(await request.body(MAX_BODY_BYTES), {
      contentType: request.headers['content-type'] ?? '',
      spec: { ...spec, keys: switches.unknownKeys ? spec.compatKeys : spec.keys },
      switches,
    })

    return run(state, found, request)
  })

const FIXED: Readonly<Record<string, Call>> = {
  '/signapi/sjson': packaged(
    'sign',
    { field: 'rfile', keys: SIGN_KEYS, compatKeys: COMPAT_SIGN_KEYS, wrongJson: 4 },
    (state, found, request) => create(state, { found, kind: 'single', request }),
  ),
  '/signapi/multijson': packaged(
    'multi',
    { field: 'mfile', keys: MULTI_KEYS, compatKeys: COMPAT_MULTI_KEYS, wrongJson: 4 },
    (state, found, request) => create(state, { found, kind: 'multi', request }),
  ),
  '/signaturecheck/json': packaged(
    'check',
    { field: 'rfile', keys: CHECK_KEYS, compatKeys: COMPAT_CHECK_KEYS, wrongJson: 6 },
    async (state, found, request) => ({
      response: asciiJsonResponse(await checkFile(state, found, baseUrlOf(request, state))),
    }),
  ),
  '/signaturecheck/request': packaged(
    'check-request',
    {
      field: 'jsonrequest',
      keys: CHECK_REQUEST_KEYS,
      compatKeys: [...CHECK_REQUEST_KEYS, 'api_key'],
      wrongJson: 1,
    },
    async (state, found, request) => ({
      response: identifier(state, createCheckPage(state, found), request),
    }),
  ),
  '/signaturecheck/multi': packaged(
    'check-multi',
    {
      field: 'jsonrequest',
      // Seed 2.4 names no field.
      otherFields: ['rfile', 'mfile'],
      keys: CHECK_MULTI_KEYS,
      compatKeys: [...CHECK_MULTI_KEYS, 'api_key'],
      wrongJson: 1,
    },
    async (state, found, request) => ({
      response: identifier(state, createMultiCheckPage(state, found), request),
    }),
  ),
  '/signapi/reject': {
    name: 'reject',
    run: async (state, request) => {
      if (request.method !== 'POST') return rejected({ result: 'wrong_method' })
      const fields = readFieldsOf(await request.body(MAX_BODY_BYTES), state.switches)
      const found = state.files.get(Number(fields.get('rid')))
      const file = /^\d+$/.test(fields.get('rid') ?? '') ? found?.file : undefined

      return rejected(
        await rejectBySender(state, file === undefined ? undefined : found?.request, {
          fields,
          file,
        }),
      )
    },
  },
}

const rejected = (result: Readonly<Record<string, string>>) => ({
  response: asciiJsonResponse(result),
  note: result['result'] ?? '',
})

async function create(
  state: SignmeState,
  {
    found,
    kind,
    request: http,
  }: {
    readonly found: Package
    readonly kind: SignRequest['kind']
    readonly request: SimRequest
  },
): Promise<{ readonly response: SimResponse; readonly note: string }> {
  const request = createRequest(state, found, kind)
  const [first] = request.files
  const outcome = state.faults.takeOutcome(
    [
      ...request.files.flatMap(({ md5, name }) => [md5, name]),
      ...Object.values(request.addressee),
    ].join(' '),
  )
  if (outcome !== undefined) request.outcome = outcome
  if (outcome?.push === 'early') await signEarly(state, request)
  else scheduleRequest(state, request)
  const text = kind === 'single' && first !== undefined ? suffixOf(first) : (request.uuid ?? '')

  return { response: identifier(state, text, http), note: `request ${request.id}` }
}

/** A suffix or UUID as text; in quotes for a client that accepts JSON alone. */
function identifier({ switches }: SignmeState, text: string, request: SimRequest): SimResponse {
  const accept = request.headers['accept'] ?? ''
  const isJsonOnly = /\bjson\b/i.test(accept) && !/\*\/\*|text\//.test(accept)
  if (!switches.suffixQuoted && !(switches.quotedForJson && isJsonOnly)) {
    return textResponse(200, text)
  }

  return isJsonOnly ? asciiJsonResponse(text) : textResponse(200, JSON.stringify(text))
}

/** `/signapi/sjson/{rid}/{hex}` and `/signapi/multijson/{uuid}`, with the documents below them. */
function pageCall(path: string, method: string): Call | undefined {
  const match =
    /^(\/signapi\/(?:sjson\/(\d{1,15})\/([0-9a-f]{32})|multijson\/([0-9a-f-]{36})))(?:\/file\/(\d{1,3}))?$/.exec(
      path,
    )
  if (match === null) return undefined
  const [, base = '', rid, hex, uuid, number] = match

  return {
    name: method === 'POST' ? 'act' : 'page',
    run: async (state, request) => {
      const target = targetOf(state, { base, rid, hex, uuid })
      if (target === undefined) {
        return { response: notFoundPage('Запроса на подпись с таким адресом нет.') }
      }
      if (number !== undefined) return { response: await showFile(state, target, Number(number)) }

      return {
        response:
          request.method === 'POST'
            ? await actOnPage(state, target, request)
            : showPage(state, target),
        note: `request ${target.request.id}`,
      }
    },
  }
}

function targetOf(
  state: SignmeState,
  {
    base,
    rid,
    hex,
    uuid,
  }: {
    readonly base: string
    readonly rid: string | undefined
    readonly hex: string | undefined
    readonly uuid: string | undefined
  },
): PageTarget | undefined {
  if (uuid !== undefined) {
    const request = state.groups.get(uuid)

    return request === undefined ? undefined : { request, path: base }
  }
  const found = state.files.get(Number(rid))

  return found === undefined || found.file.hex !== hex ? undefined : { ...found, path: base }
}

/** Status, reject of a group, results of checks, containers. */
function otherCall(path: string): Call | undefined {
  for (const [pattern, make] of PATTERNS) {
    const match = pattern.exec(path)
    if (match !== null) return make(match[1] ?? '', match[2] ?? '')
  }

  return undefined
}

const PATTERNS: readonly (readonly [RegExp, (first: string, second: string) => Call])[] = [
  [
    /^\/signapi\/check\/(\d{1,15})\/([0-9a-f]{32})$/,
    (rid, hex) => ({
      name: 'status',
      run: async (state, request) => {
        expectGet(state, request)
        const found = state.files.get(Number(rid))

        return found === undefined || found.file.hex !== hex
          ? { response: textResponse(404, 'Not found') }
          : { response: asciiJsonResponse(fileStatus(state, found.file)) }
      },
    }),
  ],
  [
    /^\/signapi\/multicheck\/([0-9a-f-]{36})$/,
    (uuid) => ({
      name: 'multi-status',
      run: async (state, request) => {
        expectGet(state, request)
        const found = state.groups.get(uuid)

        return found === undefined
          ? { response: textResponse(404, 'Not found') }
          : { response: asciiJsonResponse(groupStatus(state, found)) }
      },
    }),
  ],
  [
    /^\/signapi\/multireject\/([0-9a-f-]{36})$/,
    (uuid) => ({
      name: 'multi-reject',
      run: async (state, request) => {
        if (request.method !== 'POST') return rejected({ result: 'wrong_method' })
        const fields = readFieldsOf(await request.body(MAX_BODY_BYTES), state.switches)

        return rejected(
          await rejectBySender(state, state.groups.get(uuid), { fields, file: undefined }),
        )
      },
    }),
  ],
  [
    /^\/signaturecheck\/result\/([0-9a-f-]{36})(?:\/1)?$/,
    (uuid) => ({
      name: 'page',
      run: async (state) => ({ response: showCheckPage(state, uuid) }),
    }),
  ],
  [
    /^\/signaturecheck\/(?:multi)?iframe\/([0-9a-f-]{36})$/,
    (uuid) => ({
      name: 'page',
      run: async (state, request) => ({ response: checkScript(state, uuid, request) }),
    }),
  ],
  [
    /^\/signaturecheck\/get_grp_pkcs\/hash\/([0-9A-Fa-f]{32})$/,
    (md5) => ({ name: 'container', run: (state) => container(state, { md5: md5.toLowerCase() }) }),
  ],
  [
    /^\/signaturecheck\/get_t_pkcs\/hash\/([0-9A-Fa-f]{32})\/(\d{1,15})(?:\/[0-9a-f]{32})?$/,
    (md5, rid) => ({
      name: 'container',
      run: (state) => container(state, { md5: md5.toLowerCase(), rid: Number(rid) }),
    }),
  ],
]

function expectGet({ switches }: SignmeState, { method }: SimRequest): void {
  if (method !== 'GET' && !(switches.statusByPost && method === 'POST')) throw wrongMethod()
}

async function container(
  state: SignmeState,
  query: { readonly md5: string; readonly rid?: number },
): Promise<{ readonly response: SimResponse }> {
  const der = await containerOf(state, query)
  if (der === undefined) return { response: textResponse(404, 'Not found') }
  const base64 = Buffer.from(der).toString('base64')
  const shapes = {
    der,
    base64,
    pem: `-----BEGIN PKCS7-----\n${base64.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PKCS7-----\n`,
  } as const

  return {
    response: {
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${query.md5}.p7s"`,
        'cache-control': 'no-store',
      },
      body: shapes[state.switches.containerEncoding],
    },
  }
}
