import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import type {
  BenchAccount,
  BenchOrder,
  BenchOrderDetail,
  BenchService,
  BenchServiceDetail,
  BulkStatuses,
  DictionaryPage,
  NewBenchOrder,
  ServiceSettings,
  XmlFault,
} from './workbench-types.ts'

const base = '/v1/workbench'
const part = encodeURIComponent
type Items<T> = { readonly items: readonly T[] }

export const ordersPageSize = 50
export const dictionaryPageSize = 20

const orderPath = (id: string): string => `${base}/orders/${part(id)}`

/** Orders, newest first; the next page begins behind the last that is known. */
export const benchOrdersQuery = infiniteQueryOptions({
  queryKey: ['bench', 'orders'],
  queryFn: ({ pageParam, signal }) => {
    const query = new URLSearchParams({ limit: String(ordersPageSize) })

    if (pageParam !== undefined) query.set('before', pageParam)

    return request<Items<BenchOrder>>(`${base}/orders?${query}`, { signal })
  },
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ items }) => (items.length < ordersPageSize ? undefined : items.at(-1)?.id),
})

export const benchOrderQuery = (id: string) =>
  queryOptions({
    queryKey: ['bench', 'order', id],
    queryFn: ({ signal }) => request<BenchOrderDetail>(orderPath(id), { signal }),
  })

/** Text of the request file; `fileId` makes it read again when another one was stored. */
export const benchXmlQuery = (id: string, fileId: string | undefined) =>
  queryOptions({
    queryKey: ['bench', 'xml', id, fileId ?? ''],
    queryFn: async ({ signal }) =>
      fileId === undefined
        ? ''
        : (await request<{ readonly xml: string }>(`${orderPath(id)}/xml`, { signal })).xml,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })

export const benchServicesQuery = queryOptions({
  queryKey: ['bench', 'services'],
  queryFn: ({ signal }) => request<Items<BenchService>>(`${base}/services`, { signal }),
})

export const benchServiceQuery = (id: string, version: number | undefined) =>
  queryOptions({
    queryKey: ['bench', 'service', id, version ?? 0],
    queryFn: ({ signal }) =>
      request<BenchServiceDetail>(
        `${base}/services/${part(id)}${version === undefined ? '' : `?version=${version}`}`,
        { signal },
      ),
  })

export const benchAccountsQuery = queryOptions({
  queryKey: ['bench', 'accounts'],
  queryFn: ({ signal }) => request<Items<BenchAccount>>(`${base}/accounts`, { signal }),
})

export type BulkAsk = {
  readonly account: string
  readonly by: 'date' | 'orders'
  /** A day `YYYY-MM-DD` of Moscow, or numbers with commas between them. */
  readonly value: string
}

export const benchStatusesQuery = (ask: BulkAsk | undefined) =>
  queryOptions({
    queryKey: ['bench', 'statuses', ask],
    queryFn: ({ signal }) => {
      const { account = '', by = 'date', value = '' } = ask ?? {}

      return request<BulkStatuses>(
        `${base}/statuses?${new URLSearchParams({ account, [by]: value })}`,
        { signal },
      )
    },
    enabled: ask !== undefined,
    retry: false,
  })

export type DictionaryAsk = {
  readonly account: string
  readonly code: string
  readonly search: string
  readonly parent: string
  readonly page: number
}

export const benchDictionaryQuery = (ask: DictionaryAsk | undefined) =>
  queryOptions({
    queryKey: ['bench', 'dictionary', ask],
    queryFn: ({ signal }) => {
      const { account = '', code = '', search = '', parent = '', page = 1 } = ask ?? {}
      const query = new URLSearchParams({
        account,
        code,
        page: String(page),
        pageSize: String(dictionaryPageSize),
      })

      if (search !== '') query.set('search', search)
      if (parent !== '') query.set('parent', parent)
      // A search looks below every group.
      if (search !== '') query.set('subtree', 'true')

      return request<DictionaryPage>(`${base}/dictionary?${query}`, { signal })
    },
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })

/** Faults of XML text under a schema, or of its form alone. Fails with ProblemError. */
export async function checkXml(
  ask: { readonly xml: string; readonly schema: string | undefined },
  signal: AbortSignal,
): Promise<readonly XmlFault[]> {
  const { faults } = await request<{ readonly faults: readonly XmlFault[] }>(`${base}/xml/check`, {
    method: 'POST',
    body: ask,
    signal,
  })

  return faults
}

/** The same XML on lines of its own; texts and attributes stay. Fails with ProblemError. */
export async function formatXml(xml: string): Promise<string> {
  const answer = await request<{ readonly xml: string }>(`${base}/xml/format`, {
    method: 'POST',
    body: { xml },
  })

  return answer.xml
}

export const createOrder = (order: NewBenchOrder): Promise<BenchOrderDetail> =>
  request(`${base}/orders`, { method: 'POST', body: order })

export const saveXml = (id: string, xml: string): Promise<BenchOrderDetail> =>
  request(`${orderPath(id)}/xml`, { method: 'PUT', body: { xml } })

/** Steps of an order that need nothing more, or a small body. */
export type OrderStep = 'build' | 'push' | 'refresh' | 'resolve' | 'download' | 'cancel'

export const stepOrder = (
  id: string,
  step: OrderStep,
  body?: Readonly<Record<string, unknown>>,
): Promise<BenchOrderDetail> =>
  request(`${orderPath(id)}/${step}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body }),
  })

/** Where a clerk's seal is read and given: of an order's package, or of an account's API-Key. */
export const sealPath = (of: 'orders' | 'accounts', id: string): string =>
  `${base}/${of}/${part(id)}/seal`

export const removeOrderFile = (id: string, fileId: string): Promise<BenchOrderDetail> =>
  request(`${orderPath(id)}/files/${part(fileId)}`, { method: 'DELETE' })

/** Where the bytes of a document, or of a ready-made package, go. */
export const uploadPath = (
  id: string,
  file: {
    readonly kind: 'files' | 'package'
    readonly fileName: string
    readonly mediaType: string
  },
): string => {
  const { kind, fileName, mediaType } = file
  const query = new URLSearchParams(kind === 'files' ? { fileName, mediaType } : { fileName })

  return `${orderPath(id)}/${kind}?${query}`
}

export const addService = (service: ServiceSettings): Promise<BenchService> =>
  request(`${base}/services`, { method: 'POST', body: service })

export const changeService = (id: string, service: ServiceSettings): Promise<BenchService> =>
  request(`${base}/services/${part(id)}`, { method: 'PUT', body: service })

export const removeService = (id: string): Promise<void> =>
  request(`${base}/services/${part(id)}`, { method: 'DELETE' })

export type NewAccount = {
  readonly name: string
  readonly esiaUrl: string
  readonly epguUrl: string
  readonly pathPrefix?: string | undefined
  readonly publicOrigin?: string | undefined
  readonly apiKey: string
  readonly signerKey?: string | undefined
}

export const addAccount = (account: NewAccount): Promise<BenchAccount> =>
  request(`${base}/accounts`, { method: 'POST', body: account })

export const removeAccount = (id: string): Promise<void> =>
  request(`${base}/accounts/${part(id)}`, { method: 'DELETE' })
