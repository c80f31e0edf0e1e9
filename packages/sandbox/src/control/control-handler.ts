import type { RevocationReason } from '@muhr/pki'
import { CRL_FAULTS, NO_FAULTS, OCSP_FAULTS, type TrustFaults, TSA_FAULTS } from '../faults.ts'
import { fidelityRows } from '../fidelity.ts'
import { checkHostHeader, checkOrigin, checkSecret } from '../http/guard.ts'
import {
  badRequest,
  jsonResponse,
  readJsonBody,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import type { CertificateRecord } from '../pki/manifest.ts'
import type { World } from '../world.ts'

const REASONS: readonly RevocationReason[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
]

/** Offsets beyond this would leave the life of the test CAs. */
const MAX_OFFSET_MS = 10 * 365 * 86_400_000

/**
 * The part of `/_sim/` that every simulator has: `fidelity` for anybody; with the secret of this start `clock`,
 * `faults`, `journal` and `revocations`.
 */
export function createControlHandler(world: World, hosts: () => readonly string[]): SimHandler {
  return async (request) => {
    if (!request.path.startsWith('/_sim/')) return undefined
    checkHostHeader(request, hosts())
    checkOrigin(request, hosts())
    if (request.path === '/_sim/fidelity' && request.method === 'GET') {
      return jsonResponse(200, { behaviours: fidelityRows() })
    }
    const route = routes[request.path]
    if (route === undefined) return undefined
    checkSecret(request, world.secret)

    return route(world, request)
  }
}

type Route = (world: World, request: SimRequest) => Promise<SimResponse | undefined>

const routes: Readonly<Record<string, Route>> = {
  '/_sim/clock': async (world, request) => {
    if (request.method === 'PUT') {
      const { offsetMs } = await readJsonBody(request)
      if (typeof offsetMs !== 'number' || !(Math.abs(offsetMs) <= MAX_OFFSET_MS)) {
        throw badRequest('offsetMs', 'milliseconds within ten years')
      }
      world.clock.setOffset(offsetMs)
    }

    return jsonResponse(200, {
      now: world.clock.now().toISOString(),
      offsetMs: world.clock.offsetMs(),
    })
  },
  '/_sim/faults': async (world, request) => {
    if (request.method === 'DELETE') world.faults.set(NO_FAULTS)
    if (request.method === 'PUT') {
      const body = await readJsonBody(request)
      const old = world.faults.get()
      const faults: TrustFaults = {
        ocsp: oneOf(body, { field: 'ocsp', values: OCSP_FAULTS, otherwise: old.ocsp }),
        tsa: oneOf(body, { field: 'tsa', values: TSA_FAULTS, otherwise: old.tsa }),
        crl: oneOf(body, { field: 'crl', values: CRL_FAULTS, otherwise: old.crl }),
      }
      world.faults.set(faults)
    }

    return jsonResponse(200, world.faults.get())
  },
  '/_sim/journal': async (world, request) => {
    if (request.method === 'DELETE') world.journal.clear()
    const after = Number(request.query.get('after') ?? 0)

    return jsonResponse(200, { calls: world.journal.since(Number.isFinite(after) ? after : 0) })
  },
  '/_sim/revocations': async (world, request) => {
    if (request.method !== 'PUT' && request.method !== 'DELETE') return undefined
    const body = await readJsonBody(request)
    const record = certificateOf(world, body)
    const reason = oneOf(body, { field: 'reason', values: REASONS, otherwise: 'unspecified' })
    const revocation = request.method === 'PUT' ? { at: world.clock.now(), reason } : undefined
    world.pki.setRevocation(record, revocation)

    return jsonResponse(200, {
      certificate: record.name,
      serialNumber: record.serialNumber,
      revoked: revocation === undefined ? null : { at: revocation.at.toISOString(), reason },
    })
  },
}

/** By `serialNumber`, or by `certificate`, its name in the manifest: the newest of that name. */
function certificateOf({ pki }: World, body: Readonly<Record<string, unknown>>): CertificateRecord {
  const record = pki
    .manifest()
    .certificates.findLast(
      ({ name, serialNumber }) =>
        name === body['certificate'] || serialNumber === body['serialNumber'],
    )
  if (record === undefined) {
    throw badRequest('certificate', 'the name or serialNumber of a certificate of the sandbox')
  }

  return record
}

function oneOf<const Value extends string>(
  body: Readonly<Record<string, unknown>>,
  options: { field: string; values: readonly Value[]; otherwise: Value },
): Value {
  const given = body[options.field]
  if (given === undefined) return options.otherwise
  const value = options.values.find((candidate) => candidate === given)
  if (value === undefined) throw badRequest(options.field, options.values.join(', '))

  return value
}
