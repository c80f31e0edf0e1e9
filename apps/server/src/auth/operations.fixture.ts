import type { Scope } from './roles.ts'

/** One operation of the API and what it needs. */
export type Operation = {
  readonly call: readonly [method: string, path: string]
  readonly scope?: Scope
  /** Anybody may call it, with nothing. */
  readonly isPublic?: true
  readonly json?: object
  /** Beginning with `?`. */
  readonly query?: string
}

const service = { name: 'x', serviceCode: '1', template: '<a/>' }

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
  { call: ['GET', '/v1/trust'], scope: 'settings:read' },
  { call: ['POST', '/v1/trust/file'], scope: 'settings:write', json: { file: 'AAAA' } },
  { call: ['POST', '/v1/trust'], scope: 'settings:write', json: { file: 'AAAA' } },
  { call: ['DELETE', '/v1/trust/{sha256}'], scope: 'settings:write' },
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
  { call: ['GET', '/v1/workbench/accounts'], scope: 'workbench:read' },
  {
    call: ['POST', '/v1/workbench/accounts'],
    scope: 'keys:write',
    json: { name: 'x', esiaUrl: 'https://x', epguUrl: 'https://x', apiKey: 'x' },
  },
  { call: ['DELETE', '/v1/workbench/accounts/{id}'], scope: 'keys:write' },
  {
    call: ['PUT', '/v1/workbench/accounts/{id}/signer-key'],
    scope: 'keys:write',
    json: { signerKey: null },
  },
  { call: ['POST', '/v1/workbench/accounts/{id}/token'], scope: 'workbench:write' },
  { call: ['GET', '/v1/workbench/calls'], scope: 'workbench:read' },
  { call: ['GET', '/v1/workbench/calls/{id}'], scope: 'workbench:read' },
  { call: ['POST', '/v1/workbench/calls/{id}/repeat'], scope: 'workbench:write' },
  {
    call: ['GET', '/v1/workbench/accounts/{id}/quota'],
    query: '?serviceCode=1',
    scope: 'workbench:read',
  },
  { call: ['GET', '/v1/workbench/services'], scope: 'workbench:read' },
  { call: ['POST', '/v1/workbench/services'], scope: 'workbench:write', json: service },
  { call: ['GET', '/v1/workbench/services/{id}'], scope: 'workbench:read' },
  { call: ['PUT', '/v1/workbench/services/{id}'], scope: 'workbench:write', json: service },
  { call: ['DELETE', '/v1/workbench/services/{id}'], scope: 'workbench:write' },
  { call: ['POST', '/v1/workbench/xml/check'], scope: 'workbench:read', json: { xml: '<a/>' } },
  { call: ['POST', '/v1/workbench/xml/format'], scope: 'workbench:read', json: { xml: '<a/>' } },
  {
    call: ['POST', '/v1/workbench/orders'],
    scope: 'workbench:write',
    json: { account: 'wba_x', serviceCode: '1' },
  },
  { call: ['GET', '/v1/workbench/orders'], scope: 'workbench:read' },
  { call: ['GET', '/v1/workbench/orders/{id}'], scope: 'workbench:read' },
  { call: ['GET', '/v1/workbench/orders/{id}/xml'], scope: 'workbench:read' },
  { call: ['PUT', '/v1/workbench/orders/{id}/xml'], scope: 'workbench:write', json: { xml: 'x' } },
  {
    call: ['POST', '/v1/workbench/orders/{id}/files'],
    scope: 'workbench:write',
    query: '?fileName=x.pdf',
  },
  { call: ['GET', '/v1/workbench/orders/{id}/files/{file}'], scope: 'workbench:read' },
  { call: ['DELETE', '/v1/workbench/orders/{id}/files/{file}'], scope: 'workbench:write' },
  { call: ['POST', '/v1/workbench/orders/{id}/package'], scope: 'workbench:write' },
  { call: ['POST', '/v1/workbench/orders/{id}/build'], scope: 'workbench:write' },
  { call: ['GET', '/v1/workbench/orders/{id}/stream'], scope: 'workbench:read' },
  {
    call: ['PUT', '/v1/workbench/orders/{id}/signer-key'],
    scope: 'workbench:write',
    json: { signerKey: 'x' },
  },
  { call: ['GET', '/v1/workbench/orders/{id}/package'], scope: 'workbench:read' },
  { call: ['POST', '/v1/workbench/orders/{id}/push'], scope: 'workbench:write' },
  { call: ['POST', '/v1/workbench/orders/{id}/refresh'], scope: 'workbench:write' },
  {
    call: ['POST', '/v1/workbench/orders/{id}/resolve'],
    scope: 'workbench:write',
    json: { outcome: 'not-sent' },
  },
  { call: ['POST', '/v1/workbench/orders/{id}/download'], scope: 'workbench:write' },
  { call: ['POST', '/v1/workbench/orders/{id}/cancel'], scope: 'workbench:write' },
  { call: ['GET', '/v1/workbench/statuses'], scope: 'workbench:read' },
  { call: ['GET', '/v1/workbench/dictionary'], scope: 'workbench:read' },
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
  {
    call: ['POST', '/v1/requests/{id}/resolve'],
    scope: 'envelopes:write',
    json: { to: 'absent' },
  },
  { call: ['POST', '/v1/requests/{id}/look'], scope: 'envelopes:write' },
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
