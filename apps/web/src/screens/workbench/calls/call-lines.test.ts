import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { BenchCallDetail } from '../../../api/workbench-types.ts'
import { codeOf, curlOf, readable } from './call-lines.ts'

const call = (more: Partial<BenchCallDetail>): BenchCallDetail => ({
  id: 'wbc_1',
  account: 'wba_1',
  order: null,
  operation: 'reserve',
  method: 'POST',
  url: 'https://portal.test/api/gusmev/order',
  at: '2026-11-30T10:00:00Z',
  elapsedMs: 12,
  status: 200,
  fault: null,
  request: {
    headers: { authorization: 'Bearer {token}', 'content-type': 'application/json' },
    body: '{"region":"77","serviceCode":"1","targetCode":"-1"}',
    fields: [],
    file: null,
    bytes: null,
  },
  answer: { mediaType: 'application/json', bytes: 2, text: '{}' },
  told: null,
  isRepeatable: false,
  ...more,
})

/** What a shell makes of a line, argument by argument. */
const argumentsOf = (line: string): readonly string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${line}`], {
    env: { TOKEN: 't o$k', API_KEY: 'key', SIGNATURE: 'sig' },
  })
    .toString()
    .split('\0')
    .slice(0, -1)

describe('a call as a line for curl', () => {
  it('has its secrets as variables and all else as it was', () => {
    expect(argumentsOf(curlOf(call({})))).toEqual([
      '-X',
      'POST',
      'https://portal.test/api/gusmev/order',
      '-H',
      'authorization: Bearer t o$k',
      '-H',
      'content-type: application/json',
      '--data-raw',
      '{"region":"77","serviceCode":"1","targetCode":"-1"}',
    ])
    const token = curlOf(
      call({
        method: 'GET',
        url: 'https://esia.test/ext-app/{apiKey}/tkn?signature={signature}',
        request: { headers: {}, body: null, fields: [], file: null, bytes: null },
      }),
    )
    expect(argumentsOf(token).at(-1)).toBe('https://esia.test/ext-app/key/tkn?signature=sig')
  })

  it.each(["it's", '`id`', '$(id)', 'a"b', 'a\\b', 'a\nb'])(
    '%j does nothing in a shell',
    (text) => {
      const body = curlOf(call({ request: { ...call({}).request, body: text } }))
      expect(argumentsOf(body).at(-1)).toBe(text)
      const header = curlOf(
        call({ request: { ...call({}).request, headers: { x: `{token}${text}` } } }),
      )
      expect(argumentsOf(header)).toContain(`x: t o$k${text}`)
    },
  )

  it('of a part has its fields and its file', () => {
    const line = curlOf(
      call({
        request: {
          headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '9' },
          body: null,
          fields: [
            { name: 'meta', value: '{"region":"77"}', contentType: 'application/json' },
            { name: 'orderId', value: '47', contentType: null },
          ],
          file: { name: 'file', fileName: 'archive.z001', contentType: 'application/zip' },
          bytes: 9,
        },
      }),
    )
    expect(argumentsOf(line).slice(3)).toEqual([
      '-F',
      'meta="{\\"region\\":\\"77\\"}";type=application/json',
      '--form-string',
      'orderId=47',
      '-F',
      'file=@archive.z001;type=application/zip',
    ])
  })
})

describe('a call as code', () => {
  it.each([
    ['reserve', {}, 'await gateway.reserveOrder({"region":"77"'],
    [
      'order-details',
      { url: 'https://portal.test/api/gusmev/order/4700000001?embed=STATUS_HISTORY' },
      'await gateway.orderDetails("4700000001")',
    ],
    [
      'orders-status',
      { url: 'https://portal.test/api/gusmev/order/getOrdersStatus?orderIds=1,2' },
      'gateway.ordersStatus(["1","2"])',
    ],
  ] as const)('%s', (operation, more, expected) => {
    expect(codeOf(call({ operation, ...more }))).toContain(expected)
  })
})

describe('an answer', () => {
  it('is unfolded where an order stands in it as text; what is no JSON stays', () => {
    expect(readable('{"code":"OK","order":"{\\"id\\":1}"}')).toBe(
      '{\n  "code": "OK",\n  "order": {\n    "id": 1\n  }\n}',
    )
    expect(readable('<html>')).toBe('<html>')
  })
})
