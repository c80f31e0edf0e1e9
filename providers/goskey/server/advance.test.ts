import { createHash } from 'node:crypto'
import type { CallResult, RequestView, Sha256Hex } from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import { advance } from './advance.ts'
import { createGateways } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'
import { packagePurpose } from './plan.ts'
import { planInput, testConnection, testDocument } from './testing.ts'
import { type Portal, type PortalAnswer, startPortal } from './testing-portal.ts'

const octets = Buffer.from('stored')
const sha256 = createHash('sha256').update(octets).digest('hex') as Sha256Hex
const item = { name: 'req.xml', sha256, size: octets.length, format: 'CMS' } as const

const request = (handle: GoskeyHandle | undefined): RequestView<GoskeyHandle> => ({
  id: 'req_1' as RequestView<GoskeyHandle>['id'],
  method: 'UKEP',
  handle,
  window: undefined,
  round: 1,
  closed: false,
  accepted: false,
  title: 'Договор',
  recipient: planInput().recipient,
  contents: [],
  submissions: [],
  seals: [{ purpose: packagePurpose, items: [item], artifacts: [sha256] }],
})

/** Makes the next call of a request at a portal with a single API-Key. */
async function call(portal: Portal, handle?: GoskeyHandle): Promise<CallResult<GoskeyHandle>> {
  const [apiKey] = testConnection().apiKeys
  const connection = testConnection({
    esiaUrl: portal.url,
    epguUrl: portal.url,
    apiKeys: apiKey === undefined ? [] : [apiKey],
  })
  const step = advance(createGateways(), { connection, request: request(handle) })
  if (step.kind !== 'call') throw new Error(`no call but ${step.kind}`)

  const io = {
    ...portal.io,
    read: async () => octets,
    open: async function* () {
      yield octets
    },
  }

  // Goskey calls nobody back.
  return step.run(io, { callback: '', signerPage: '', bearer: '' })
}

const handle: GoskeyHandle = { key: '7', documents: [testDocument('a.pdf').fileName] }
const order = (statusId: number): PortalAnswer => ({
  status: 200,
  body: { code: 'OK', order: JSON.stringify({ id: 7, orderStatusId: statusId }) },
})
const nothing: PortalAnswer = { status: 204 }
const emptied: PortalAnswer = { status: 200, body: { code: 'OK', order: null } }
const working: PortalAnswer = { status: 200, body: { code: 'FILES_VERIFICATION', order: null } }
const down: PortalAnswer = { status: 500 }
const denied: PortalAnswer = { status: 403, body: { code: 'push_denied' } }
const badRequest: PortalAnswer = { status: 400, body: { code: 'bad_request' } }

/** Answers to the details before the package goes up, to the package, and to the details after it. */
const portalOf = (before: PortalAnswer, pushed: PortalAnswer, after: PortalAnswer) => {
  let isPushed = false

  return startPortal((path) => {
    if (!path.includes('chunked')) return isPushed ? after : before
    isPushed = true

    return pushed
  })
}

describe('a package that the gateway refuses', () => {
  test.each<readonly [string, PortalAnswer, PortalAnswer, object]>([
    ['knows nothing of it', denied, nothing, { kind: 'refused', code: 'epgu.push_denied' }],
    ['shows no order', denied, emptied, { kind: 'refused', code: 'epgu.push_denied' }],
    ['has the number alone', denied, order(0), { kind: 'refused', code: 'epgu.push_denied' }],
    ['has it already', denied, order(17), { kind: 'opened' }],
    ['works on it already', badRequest, working, { kind: 'opened' }],
    ['has the number alone', badRequest, order(0), { kind: 'refused', code: 'epgu.bad_request' }],
    ['knows nothing of it', badRequest, nothing, { kind: 'refused', code: 'epgu.bad_request' }],
    // It may be there: the words of a refusal are all that speaks against it.
    ['shows no order', badRequest, emptied, { kind: 'unknown', code: 'epgu.bad_request' }],
    ['does not tell', badRequest, down, { kind: 'unknown', code: 'epgu.bad_request' }],
    ['does not tell', denied, down, { kind: 'unknown', code: 'epgu.push_denied' }],
  ])('and that %s', async (_, pushed, after, result) => {
    const portal = await portalOf(order(0), pushed, after)

    expect(await call(portal, handle)).toMatchObject(result)
  })
})

describe('an incident', () => {
  const later = { kind: 'deferred', code: 'epgu.internal_error', at: '2026-11-22T08:05:00.000Z' }
  const incident: PortalAnswer = { status: 500, body: { code: 'internal_error' } }

  test('before the package goes up puts it off', async () => {
    const portal = await portalOf(incident, order(17), order(17))

    expect(await call(portal, handle)).toEqual(later)
    expect(portal.calls.some((path) => path.includes('chunked'))).toBe(false)
  })

  test.each<readonly [string, PortalAnswer]>([
    ['500', { status: 500 }],
    ['204', { status: 204 }],
    ['401 without a code', { status: 401 }],
    ['403 of a firewall', { status: 403, body: '<html>blocked</html>' }],
  ])('of ESIA (%s) puts off what has no other API-Key', async (_, answer) => {
    const portal = await startPortal(() => order(0), answer)

    expect(await call(portal)).toMatchObject({ kind: 'deferred' })
    expect(portal.calls).toEqual([])
  })

  test('is no refusal of the API-Key, which ends it', async () => {
    const refusal = { status: 403, body: { code: 'ESIA-037213' } }
    const portal = await startPortal(() => order(0), refusal)

    expect(await call(portal)).toEqual({ kind: 'refused', code: 'esia.ESIA-037213' })
  })

  test('sends to another page: nothing happened, it is made again later', async () => {
    const portal = await startPortal(() => ({ status: 302, headers: { location: '/works' } }))

    expect(await call(portal)).toMatchObject({ kind: 'deferred', code: 'epgu.redirect-refused' })
  })
})
