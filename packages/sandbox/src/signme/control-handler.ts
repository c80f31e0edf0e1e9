import { checkHostHeader, checkOrigin, checkSecret } from '../http/guard.ts'
import {
  badRequest,
  jsonResponse,
  readJsonBody,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import { deleteFiles, rejectByUser, signRequest } from './act.ts'
import { collidingPair } from './collision.ts'
import { notify, push } from './outgoing.ts'
import {
  readAccounts,
  readAttempt,
  readErrno,
  readFaults,
  readSettings,
  readSwitches,
} from './read-control.ts'
import { isOpen, type SignRequest } from './request.ts'
import { requestView } from './request-view.ts'
import { nowOf, type SignmeState, signaturesOf } from './state.ts'
import { SHAPES, SWITCHES } from './switches.ts'
import { addSynthetic, syntheticHandles } from './synthetic.ts'

const BASE = '/_sim/signme/'
const MAX_BODY_BYTES = 4_000_000
const MAX_SYNTHETIC = 1_000_000

/** The control of Sign.Me under `/_sim/signme/`, with the secret of the start; README lists the calls. */
export function createSignmeControl(
  state: SignmeState,
  hosts: () => readonly string[],
): SimHandler {
  return async (request) => {
    if (!request.path.startsWith(BASE)) return undefined
    checkHostHeader(request, hosts())
    checkOrigin(request, hosts())
    checkSecret(request, state.world.secret)
    state.due.runDue(nowOf(state))
    const [first = '', id, action] = request.path.slice(BASE.length).split('/')
    const route = routes[`${request.method} ${first}`]

    return route === undefined ? undefined : route(state, request, { id, action })
  }
}

type Route = (
  state: SignmeState,
  request: SimRequest,
  path: { readonly id: string | undefined; readonly action: string | undefined },
) => Promise<SimResponse | undefined>

const routes: Readonly<Record<string, Route>> = {
  'GET requests': async (state, { query }, { id }) => {
    if (id !== undefined) return jsonResponse(200, requestView(state, requestOf(state, id)))
    const all = [...state.requests.values()]
    const chosen = query.get('state') === 'open' ? all.filter(isOpen) : all
    const after = Number(query.get('after') ?? 0)

    return jsonResponse(200, {
      count: all.length,
      requests: chosen
        .filter((request) => request.id > after)
        .slice(0, 1000)
        .map((request) => requestView(state, request)),
    })
  },
  'POST requests': async (state, http, { id, action }) => {
    const request = requestOf(state, id)
    const body = await readJsonBody(http, MAX_BODY_BYTES)
    const errno = await act(state, request, { action, body })
    await settled(state)

    return jsonResponse(200, { errno, ...requestView(state, request) })
  },
  'GET signatures': async (state, _request, { id = '' }) =>
    jsonResponse(200, { signatures: signaturesOf(state, id) }),
  'GET outgoing': async (state, { query }) => {
    await settled(state)
    const after = Number(query.get('after') ?? 0)

    return jsonResponse(200, { calls: state.outgoing.filter(({ number }) => number > after) })
  },
  'GET notices': async ({ notices }) => jsonResponse(200, { notices }),
  'GET accounts': async ({ accounts }) => jsonResponse(200, accounts.all()),
  'PUT accounts': async ({ accounts }, request) => {
    accounts.put(readAccounts(await readJsonBody(request, MAX_BODY_BYTES), accounts))

    return jsonResponse(200, accounts.all())
  },
  'GET switches': async ({ switches }) =>
    jsonResponse(200, { switches, known: SWITCHES, shapes: SHAPES }),
  'PUT switches': async (state, request) => {
    state.switches = readSwitches(await readJsonBody(request), state.switches)

    return jsonResponse(200, { switches: state.switches })
  },
  'GET settings': async ({ settings }) => jsonResponse(200, settings),
  'PUT settings': async (state, request) => {
    state.settings = readSettings(await readJsonBody(request), state.settings)

    return jsonResponse(200, state.settings)
  },
  'GET faults': async (state) => jsonResponse(200, faultsOf(state)),
  'PUT faults': async (state, request) => {
    state.faults.set(readFaults(await readJsonBody(request, MAX_BODY_BYTES)))

    return jsonResponse(200, faultsOf(state))
  },
  'DELETE faults': async (state) => {
    state.faults.set({ calls: [], outcomes: [] })

    return jsonResponse(200, faultsOf(state))
  },
  'POST synthetic': async (state, request) => {
    const { count, user = 'anna', key = 'TESTKEY' } = await readJsonBody(request)
    if (typeof count !== 'number' || !(count >= 1 && count <= MAX_SYNTHETIC)) {
      throw badRequest('count', `requests, at most ${MAX_SYNTHETIC}`)
    }
    const userId = state.accounts.user(String(user))?.id
    if (userId === undefined) throw badRequest('user', 'the id of a user')

    return jsonResponse(200, {
      first: addSynthetic(state, { count, siteKey: String(key), userId }),
      count,
    })
  },
  'GET synthetic': async (state, { query }) =>
    jsonResponse(200, {
      requests: syntheticHandles(state, {
        first: Number(query.get('first') ?? 0),
        count: Math.min(Number(query.get('count') ?? 1000), MAX_SYNTHETIC),
      }),
    }),
  'GET collision': async (_state, { query }) => {
    const [first, second] = collidingPair(Buffer.from(query.get('suffix') ?? '', 'base64'))

    return jsonResponse(200, {
      first: first.toString('base64'),
      second: second.toString('base64'),
    })
  },
}

const faultsOf = ({ faults }: SignmeState) => ({
  faults: faults.calls(),
  outcomes: faults.outcomes(),
})

/** By rid, by the whole suffix with a colon for its slash, or by UUID. */
function requestOf(state: SignmeState, id: string | undefined): SignRequest {
  const request = state.groups.get(id ?? '') ?? state.files.get(Number(id?.split(':')[0]))?.request
  if (request === undefined) throw badRequest('request', 'the rid or UUID of a request')

  return request
}

/** What the signer, the app, time or a forger does with a request. */
async function act(
  state: SignmeState,
  request: SignRequest,
  {
    action,
    body,
  }: {
    readonly action: string | undefined
    readonly body: Readonly<Record<string, unknown>>
  },
): Promise<number | null> {
  const rid = typeof body['rid'] === 'number' ? { rid: body['rid'] } : {}
  switch (action) {
    case 'sign': {
      const result = await signRequest(state, request, readAttempt(body, state))
      if (result.isImpossible === true) {
        throw badRequest('fault', 'a fault for a file that begins with a colliding string')
      }

      return result.errno
    }
    case 'reject': {
      const { reason = 'Не согласен' } = body
      if (typeof reason !== 'string') throw badRequest('reason', 'a text')
      await rejectByUser(state, request, { reason, ...rid })

      return null
    }
    case 'delete':
      deleteFiles(state, request, rid.rid)

      return null
    case 'push':
      await push(state, request, { errno: readErrno(body), times: timesOf(body) })

      return null
    case 'notify': {
      const { apiKey } = body
      const [file] = request.files.filter((each) => rid.rid === undefined || each.rid === rid.rid)
      if (file === undefined) throw badRequest('rid', 'a file of this request')
      await notify(state, request, {
        file,
        times: timesOf(body),
        ...(typeof apiKey === 'string' ? { apiKey } : {}),
      })

      return null
    }
    default:
      throw badRequest('action', 'sign, reject, delete, push or notify')
  }
}

function timesOf({ times = 1 }: Readonly<Record<string, unknown>>): number {
  if (typeof times !== 'number' || !(times >= 1 && times <= 100)) {
    throw badRequest('times', 'a number from 1 to 100')
  }

  return times
}

/** Waits for what goes on apart: a test sees every push that was due. */
async function settled({ running }: SignmeState): Promise<void> {
  while (running.size > 0) await Promise.all([...running])
}
