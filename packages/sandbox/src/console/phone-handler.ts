import { formatAppVersion, KNOWN_APP_VERSIONS } from '../egov-mobile/app-version.ts'
import { FAULT_MODES, faultModes } from '../egov-mobile/fault-modes.ts'
import type { OpenedView } from '../egov-mobile/opened-view.ts'
import { checkOrigin, checkSecret } from '../http/guard.ts'
import {
  badRequest,
  bytesResponse,
  jsonResponse,
  readJsonBody,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import { recordOf } from '../pki/manifest.ts'
import { type Account, accounts, citizenName } from '../pki/profile.ts'
import type { World } from '../world.ts'
import type { PhoneSession, PhoneSessions } from './phone-sessions.ts'
import { readCancelMode, readFault, readSettings, readText } from './read-settings.ts'

const BASE = '/_sim/egov-mobile/'

/**
 * JSON of the phone page under `/_sim/egov-mobile/`: `setup`, `phones`, `phones/{id}/scan|sign|cancel|journal`
 * and `phones/{id}/documents/{index}`. Open to our own page alone (Host and Origin); `act`, which does all in
 * one call, is for tools and wants the secret.
 */
export function createPhoneHandler(
  world: World,
  sessions: PhoneSessions,
  hosts: () => readonly string[],
): SimHandler {
  return async (request) => {
    if (!request.path.startsWith(BASE)) return undefined
    checkOrigin(request, hosts())
    const [first, id, action, index] = request.path.slice(BASE.length).split('/')
    const key = `${request.method} ${first}`
    if (key === 'GET setup' && id === undefined) return jsonResponse(200, setup(world))
    if (key === 'POST act' && id === undefined) {
      checkSecret(request, world.secret)

      return act(world, sessions, request)
    }
    if (first !== 'phones') return undefined
    if (request.method === 'POST' && id === undefined) {
      const session = await sessions.open(readSettings(await readJsonBody(request)))

      return jsonResponse(200, { phone: session.id })
    }
    if (id === undefined) return undefined

    return onPhone(world, request, { session: sessions.get(id), action, index })
  }
}

async function onPhone(
  world: World,
  request: SimRequest,
  {
    session,
    action,
    index,
  }: { session: PhoneSession; action: string | undefined; index: string | undefined },
): Promise<SimResponse | undefined> {
  switch (`${request.method} ${action}`) {
    case 'POST scan': {
      const body = await readJsonBody(request)
      session.view = undefined
      session.view = await session.phone.scan(readText(body, 'text'), faultOption(body))

      return jsonResponse(200, { view: viewJson(session.view) })
    }
    case 'POST sign': {
      const outcome = await session.phone.sign(faultOption(await readJsonBody(request)))
      if (outcome.kind === 'accepted') session.view = undefined

      return jsonResponse(200, { outcome })
    }
    case 'POST cancel': {
      const outcome = await session.phone.cancel(readCancelMode(await readJsonBody(request)))

      return jsonResponse(200, { outcome: outcome ?? null })
    }
    case 'GET journal':
      return jsonResponse(200, { calls: callsOf(world, session.id) })
    case 'GET documents':
      return document(session, Number(index))
    default:
      return undefined
  }
}

/** The whole life of a request in one call: whose phone, what to scan, what to do wrong. */
async function act(
  world: World,
  sessions: PhoneSessions,
  request: SimRequest,
): Promise<SimResponse> {
  const body = await readJsonBody(request)
  const action = body['action'] ?? 'sign'
  if (action !== 'sign' && action !== 'cancel') throw badRequest('action', 'sign or cancel')
  const session = await sessions.open(readSettings(body))
  try {
    const view = await session.phone.scan(readText(body, 'text'))
    const outcome =
      action === 'sign'
        ? await session.phone.sign(faultOption(body))
        : await session.phone.cancel(readCancelMode(body))

    return jsonResponse(200, {
      view: viewJson(view),
      outcome: outcome ?? null,
      calls: callsOf(world, session.id),
    })
  } finally {
    sessions.close(session.id)
  }
}

function faultOption(body: Readonly<Record<string, unknown>>): {
  fault?: (typeof faultModes)[number]
} {
  const fault = readFault(body)

  return fault === undefined ? {} : { fault }
}

function callsOf(world: World, id: string) {
  return world.journal.since(0).filter(({ phone }) => phone === id)
}

function document(session: PhoneSession, index: number): SimResponse | undefined {
  const found = session.view?.documents[index]
  if (found === undefined || found.display === 'hidden') return undefined
  const type = found.display === 'pdf' ? 'application/pdf' : 'text/plain; charset=utf-8'

  return bytesResponse(type, found.file())
}

function viewJson(view: OpenedView) {
  return {
    ...view,
    expiresAt: view.expiresAt.toISOString(),
    documents: view.documents.map(({ file: _file, ...shown }) => shown),
  }
}

/** What the page offers to choose from. */
function setup(world: World) {
  return {
    accounts: accounts.map((account) => accountJson(world, account)),
    appVersions: KNOWN_APP_VERSIONS.map(formatAppVersion),
    faults: faultModes.map((mode) => ({
      mode,
      fidelity: FAULT_MODES[mode].fidelity,
      section: FAULT_MODES[mode].section,
    })),
  }
}

function accountJson(
  { pki }: World,
  { id, surname, name, patronymic, iin, organisation }: Account,
) {
  return {
    id,
    surname,
    name,
    patronymic: patronymic ?? null,
    iin,
    organisation: organisation ?? null,
    keys: (['kz-2015-512', 'rsa-2048'] as const).map((algorithm) => ({
      algorithm,
      notAfter:
        recordOf(pki.manifest(), citizenName({ account: id, algorithm, state: 'valid' }))
          ?.notAfter ?? null,
    })),
  }
}
