import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  bytesResponse,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import { shortenPath } from '../journal.ts'
import { type AuthorityId, authorities } from '../pki/profile.ts'
import type { World } from '../world.ts'

const MAX_REQUEST_BYTES = 64 * 1024

type Answered = { readonly response: SimResponse; readonly note: string }

/**
 * The trust services of the test PKI: `POST /ocsp`, `GET /ocsp/{base64}` (RFC 6960 appendix A), `POST /tsp`
 * (RFC 3161 §3.4), `GET /crl/{ca}.crl` and `{ca}-delta.crl`, `GET /ca/{ca}.cer`, `GET /ca.pem`. Cryptography is
 * loaded with the first request.
 */
export function createTrustHandler(world: World): SimHandler {
  return async (request) => {
    const startedAt = performance.now()
    const answered = await answer(world, request)
    if (answered === undefined) return undefined
    world.journal.add({
      simulator: 'trust',
      direction: 'in',
      method: request.method,
      path: shortenPath(request.path),
      status: answered.response.status,
      durationMs: Math.round(performance.now() - startedAt),
      note: answered.note,
    })

    return answered.response
  }
}

async function answer(world: World, request: SimRequest): Promise<Answered | undefined> {
  const { method, path } = request
  // The real hosts are asked with and without a slash at the end.
  const bare = path.replace(/\/$/, '')
  if (method === 'POST' && bare === '/ocsp') {
    return ocsp(world, await request.body(MAX_REQUEST_BYTES))
  }
  if (method === 'GET' && path.startsWith('/ocsp/')) {
    return ocsp(world, Buffer.from(decodeURIComponent(path.slice('/ocsp/'.length)), 'base64'))
  }
  if (method === 'POST' && bare === '/tsp') {
    return tsp(world, await request.body(MAX_REQUEST_BYTES))
  }
  if (method !== 'GET') return undefined
  const crl = /^\/crl\/([a-z-]+?)(-delta)?\.crl$/.exec(path)
  if (crl !== null) return list(world, crl[1] ?? '', { isDelta: crl[2] !== undefined })
  if (path === '/ca.pem') {
    return file(world.pki.caFile, 'application/x-pem-file')
  }
  const ca = /^\/ca\/([a-z-]+)\.cer$/.exec(path)
  const id = authorityId(ca?.[1])

  return id === undefined
    ? undefined
    : file(join(world.pki.folder, 'ca', `${id}.cer`), 'application/pkix-cert')
}

async function ocsp(world: World, request: Uint8Array): Promise<Answered> {
  const fault = world.faults.get().ocsp
  if (fault === 'down') return down()
  const { answerOcsp } = await import('./answer-ocsp.ts')
  const { response, note } = await answerOcsp(request, {
    pki: world.pki,
    now: world.clock.now(),
    fault,
  })

  return { response: bytesResponse('application/ocsp-response', response), note }
}

async function tsp(world: World, request: Uint8Array): Promise<Answered> {
  const fault = world.faults.get().tsa
  if (fault === 'down') return down()
  const { answerTsp } = await import('./answer-tsp.ts')
  const { response, note } = await answerTsp(request, {
    pki: world.pki,
    now: world.clock.now(),
    fault,
    random: world.random,
  })

  return { response: bytesResponse('application/timestamp-reply', response), note }
}

async function list(
  world: World,
  name: string,
  { isDelta }: { isDelta: boolean },
): Promise<Answered | undefined> {
  const issuer = authorityId(name)
  if (issuer === undefined) return undefined
  const fault = world.faults.get().crl
  if (fault === 'down') return down()
  const { issueCrl } = await import('./issue-crl.ts')
  const bytes = await issueCrl({ pki: world.pki, issuer, isDelta, now: world.clock.now(), fault })

  return {
    response: bytesResponse('application/pkix-crl', bytes),
    note: isDelta ? 'delta CRL' : 'base CRL',
  }
}

async function file(path: string, contentType: string): Promise<Answered> {
  return { response: bytesResponse(contentType, await readFile(path)), note: 'certificate' }
}

function down(): Answered {
  return {
    response: { status: 503, headers: { 'content-type': 'text/plain' }, body: 'down by fault\n' },
    note: 'down by fault',
  }
}

/** CAs that publish: the foreign ones have nothing here. */
function authorityId(name: string | undefined): AuthorityId | undefined {
  return authorities.find(({ id, isTrusted }) => isTrusted && id === name)?.id
}
