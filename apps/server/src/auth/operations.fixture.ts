import type { Scope } from './roles.ts'

/** One operation of the API and what it needs. */
export type Operation = {
  readonly call: readonly [method: string, path: string]
  readonly scope?: Scope
  /** Anybody may call it, with nothing. */
  readonly isPublic?: true
  readonly json?: object
}

/** Everything that the API offers; a route that is not here fails a test. */
export const operations: readonly Operation[] = [
  { call: ['GET', '/v1/session'] },
  { call: ['PATCH', '/v1/session'], json: { locale: 'kk' } },
  { call: ['POST', '/v1/session/logout'] },
  { call: ['GET', '/v1/providers'], scope: 'settings:read' },
  { call: ['GET', '/v1/connections'], scope: 'settings:read' },
  {
    call: ['POST', '/v1/connections'],
    scope: 'settings:write',
    json: { provider: 'egov-mobile', name: 'x', settings: { auth: 'x' } },
  },
  {
    call: ['POST', '/v1/connections/api-key-file'],
    scope: 'settings:write',
    json: { file: 'AAAA' },
  },
  { call: ['GET', '/v1/connections/{id}'], scope: 'settings:read' },
  { call: ['PATCH', '/v1/connections/{id}'], scope: 'settings:write', json: { revision: 1 } },
  { call: ['POST', '/v1/connections/{id}/disable'], scope: 'settings:write' },
  { call: ['POST', '/v1/connections/{id}/enable'], scope: 'settings:write' },
  { call: ['POST', '/v1/connections/{id}/check'], scope: 'settings:write' },
  { call: ['GET', '/v1/keys'], scope: 'keys:read' },
  {
    call: ['POST', '/v1/keys'],
    scope: 'keys:write',
    json: { kind: 'browser-plugin', certificate: 'AAAA' },
  },
  { call: ['GET', '/v1/keys/{id}'], scope: 'keys:read' },
  { call: ['DELETE', '/v1/keys/{id}'], scope: 'keys:write' },
  { call: ['POST', '/v1/keys/{id}/check'], scope: 'keys:write' },
  { call: ['POST', '/v1/keys/{id}/choose'], scope: 'keys:write', json: { connection: 'con_x' } },
  { call: ['POST', '/v1/keys/{id}/acknowledge'], scope: 'keys:write' },
  { call: ['POST', '/v1/documents'], scope: 'documents:write' },
  { call: ['GET', '/v1/documents/{id}/content'], scope: 'documents:read' },
  { call: ['POST', '/v1/envelopes'], scope: 'envelopes:write', json: {} },
  { call: ['POST', '/v1/envelopes/preflight'], scope: 'envelopes:write', json: {} },
  { call: ['GET', '/v1/envelopes'], scope: 'envelopes:read' },
  { call: ['GET', '/v1/envelopes/stream'], scope: 'envelopes:read' },
  { call: ['GET', '/v1/envelopes/{id}'], scope: 'envelopes:read' },
  { call: ['POST', '/v1/envelopes/{id}/send'], scope: 'envelopes:write' },
  { call: ['POST', '/v1/envelopes/{id}/void'], scope: 'envelopes:write', json: { reason: 'x' } },
  { call: ['GET', '/v1/envelopes/{id}/events'], scope: 'envelopes:read' },
  { call: ['GET', '/v1/envelopes/{id}/evidence'], scope: 'evidence:read' },
  { call: ['GET', '/v1/envelopes/{id}/stream'], scope: 'envelopes:read' },
  { call: ['GET', '/v1/signings/{id}/report'], scope: 'envelopes:read' },
  { call: ['POST', '/v1/signings/{id}/accept'], scope: 'signings:accept', json: { reason: 'x' } },
  { call: ['POST', '/v1/signings/{id}/renew'], scope: 'envelopes:write' },
  { call: ['GET', '/v1/artifacts/{sha256}'], scope: 'envelopes:read' },
  { call: ['GET', '/v1/seals'], scope: 'envelopes:read' },
  { call: ['POST', '/v1/seals'], scope: 'envelopes:write', json: {} },
  { call: ['GET', '/v1/seals/{id}'], scope: 'envelopes:read' },
  {
    call: ['POST', '/v1/seals/{id}'],
    scope: 'envelopes:write',
    json: { items: [{ name: 'x', sha256: '0'.repeat(64), signature: 'AAAA' }] },
  },
  { call: ['GET', '/v1/seals/{id}/items/{index}'], scope: 'envelopes:read' },
  { call: ['POST', '/v1/verifications'], isPublic: true, json: { container: 'AAAA' } },
]
