import type { BenchCallDetail } from '../../../api/workbench-types.ts'
import type { BenchKey } from '../../../i18n/workbench/ru.ts'

type ArgKey = Extract<BenchKey, `bench.arg.${string}` | `bench.param.${string}`>

/** A parameter of a call, where it stands, and what is said of it; nothing for one that nobody knows. */
export type CallParam = {
  readonly name: string
  readonly value: string
  readonly key: ArgKey | undefined
}

/** By the name on the wire. */
const keys: Readonly<Record<string, ArgKey>> = {
  meta: 'bench.arg.meta',
  orderId: 'bench.arg.orderId',
  chunk: 'bench.arg.chunk',
  chunks: 'bench.arg.chunks',
  file: 'bench.arg.file',
  embed: 'bench.arg.embed',
  pageNum: 'bench.arg.pageNum',
  pageSize: 'bench.arg.pageSize',
  mnemonic: 'bench.arg.mnemonic',
  eserviceCode: 'bench.arg.eserviceCode',
  treeFiltering: 'bench.arg.treeFiltering',
  parentRefItemValue: 'bench.arg.parentRefItemValue',
  signature: 'bench.arg.signature',
  apiKey: 'bench.arg.apiKeyPath',
  objectId: 'bench.arg.objectId',
  objectType: 'bench.arg.objectType',
  code: 'bench.param.code',
  reason: 'bench.param.reason',
  orderIds: 'bench.param.numbers',
  updatedAfter: 'bench.param.date',
  region: 'bench.param.region',
  serviceCode: 'bench.param.serviceCode',
  targetCode: 'bench.param.targetCode',
}

/** Parameters that stand in the path of an address. */
const paths: readonly RegExp[] = [
  /\/ext-app\/(?<apiKey>[^/]+)\/tkn$/,
  /\/gusmev\/order\/(?<orderId>\d+)/,
  /\/files\/download\/(?<objectId>\d+)\/(?<objectType>\d+)$/,
  /\/storage\/v2\/files\/(?<objectId>\d+)\/(?<objectType>\d+)\/download$/,
  /\/nsi\/v1\/dictionary\/(?<code>[^/]+)$/,
]

/** Everything that a call says, in the order of address, query, fields, file and body. */
export function paramsOf({
  url,
  request,
}: Pick<BenchCallDetail, 'url' | 'request'>): readonly CallParam[] {
  const { pathname, searchParams } = new URL(url)
  const path = decodeURI(pathname)
  const pairs: readonly (readonly [string, string])[] = [
    ...paths.flatMap((form) => Object.entries(form.exec(path)?.groups ?? {})),
    ...searchParams,
    ...request.fields.map(({ name, value }) => [name, value] as const),
    ...(request.file === null ? [] : [[request.file.name, request.file.fileName] as const]),
    ...membersOf(request.body),
  ]

  return pairs.map(([name, value]) => ({
    name,
    value,
    key: Object.hasOwn(keys, name) ? keys[name] : undefined,
  }))
}

function membersOf(body: string | null): readonly (readonly [string, string])[] {
  if (body === null) return []

  try {
    const read: unknown = JSON.parse(body)

    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? Object.entries(read).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ])
      : []
  } catch {
    return []
  }
}
