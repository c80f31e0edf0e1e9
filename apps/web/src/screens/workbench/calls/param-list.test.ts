import { describe, expect, it } from 'vitest'
import type { BenchCallDetail } from '../../../api/workbench-types.ts'
import { paramsOf } from './param-list.ts'

const nothing = { headers: {}, body: null, fields: [], file: null, bytes: null }
const call = (
  url: string,
  request: Partial<BenchCallDetail['request']> = {},
): Pick<BenchCallDetail, 'url' | 'request'> => ({ url, request: { ...nothing, ...request } })
const shown = (of: ReturnType<typeof call>) =>
  paramsOf(of).map(({ name, value, key }) => `${name}=${value} ${key}`)

describe('the parameters of a call, explained', () => {
  it('of a token: API-Key and signature by their names alone', () => {
    expect(
      shown(call('https://esia.test/esia-rs/v1/ext-app/{apiKey}/tkn?signature={signature}')),
    ).toEqual(['apiKey={apiKey} bench.arg.apiKeyPath', 'signature={signature} bench.arg.signature'])
  })

  it('of a part: number in the fields, archive by its name', () => {
    expect(
      shown(
        call('https://p.test/api/gusmev/push/chunked', {
          fields: [
            { name: 'meta', value: '{}', contentType: 'application/json' },
            { name: 'orderId', value: '1', contentType: null },
            { name: 'chunk', value: '0', contentType: null },
            { name: 'chunks', value: '2', contentType: null },
          ],
          file: { name: 'file', fileName: 'archive.z01', contentType: 'application/zip' },
        }),
      ),
    ).toEqual([
      'meta={} bench.arg.meta',
      'orderId=1 bench.arg.orderId',
      'chunk=0 bench.arg.chunk',
      'chunks=2 bench.arg.chunks',
      'file=archive.z01 bench.arg.file',
    ])
  })

  it('of a cancelling, a listing, a dictionary and a download', () => {
    expect(shown(call('https://p.test/api/gusmev/order/17/cancel?reason=wrong'))).toEqual([
      'orderId=17 bench.arg.orderId',
      'reason=wrong bench.param.reason',
    ])
    expect(
      shown(
        call('https://p.test/api/gusmev/order/getOrdersStatus?pageNum=0&pageSize=9&orderIds=1,2'),
      ),
    ).toEqual([
      'pageNum=0 bench.arg.pageNum',
      'pageSize=9 bench.arg.pageSize',
      'orderIds=1,2 bench.param.numbers',
    ])
    expect(
      shown(
        call('https://p.test/api/nsi/v1/dictionary/A', {
          body: '{"treeFiltering":"ONELEVEL","pageNum":1}',
        }),
      ),
    ).toEqual([
      'code=A bench.param.code',
      'treeFiltering=ONELEVEL bench.arg.treeFiltering',
      'pageNum=1 bench.arg.pageNum',
    ])
    expect(
      shown(call('https://p.test/api/gusmev/files/download/5/3?mnemonic=a%20b&eserviceCode=6')),
    ).toEqual([
      'objectId=5 bench.arg.objectId',
      'objectType=3 bench.arg.objectType',
      'mnemonic=a b bench.arg.mnemonic',
      'eserviceCode=6 bench.arg.eserviceCode',
    ])
  })

  it('what nobody knows stands without words, a body that is no object not at all', () => {
    expect(shown(call('https://p.test/x?constructor=1', { body: 'not JSON' }))).toEqual([
      'constructor=1 undefined',
    ])
    expect(shown(call('https://p.test/x', { body: '[1]' }))).toEqual([])
  })
})
