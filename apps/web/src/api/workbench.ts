import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import type {
  BenchAccount,
  BenchCall,
  BenchCallDetail,
  BenchOrder,
  BenchOrderDetail,
  BenchPackage,
  BenchQuota,
  BenchService,
  BenchServiceDetail,
  BenchToken,
  BulkStatuses,
  DictionaryPage,
  GoskeySchema,
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

/** Server-sent events of an order. */
export const orderStreamPath = (id: string): string => `${orderPath(id)}/stream`

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
    // The page before stays while the next one of the same list comes.
    ...(ask === undefined || ask.parent === '' ? { placeholderData: keepPreviousData } : {}),
    retry: false,
  })

/** Faults of XML text under a schema, or of its form alone. Fails with ProblemError. */
export async function checkXml(
  ask: {
    readonly xml: string
    readonly schema: string | undefined
    readonly goskey?: GoskeySchema | 'auto' | undefined
  },
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

/** The key that signs an order's package from now on. */
export const chooseOrderKey = (id: string, signerKey: string): Promise<BenchOrderDetail> =>
  request(`${orderPath(id)}/signer-key`, { method: 'PUT', body: { signerKey } })

/** A token of ESIA for an account; what it says, never itself. Fails with ProblemError. */
export const fetchToken = (account: string): Promise<BenchToken> =>
  request(`${base}/accounts/${part(account)}/token`, { method: 'POST' })

export const chooseAccountKey = (id: string, signerKey: string | null): Promise<BenchAccount> =>
  request(`${base}/accounts/${part(id)}/signer-key`, { method: 'PUT', body: { signerKey } })

/** What lies in the package of an order; `sha256` makes it read again when another one was built. */
export const benchPackageQuery = (id: string, sha256: string | undefined) =>
  queryOptions({
    queryKey: ['bench', 'package', id, sha256 ?? ''],
    queryFn: ({ signal }) => request<BenchPackage>(`${orderPath(id)}/package`, { signal }),
    enabled: sha256 !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const callsPageSize = 20

/** The last calls of an order, or of all of the workbench, newest first. */
export const benchCallsQuery = (order: string | undefined) =>
  queryOptions({
    queryKey: ['bench', 'calls', order ?? ''],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ limit: String(callsPageSize) })

      if (order !== undefined) query.set('order', order)

      return request<Items<BenchCall>>(`${base}/calls?${query}`, { signal })
    },
  })

export const benchCallQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['bench', 'call', id ?? ''],
    queryFn: ({ signal }) =>
      request<BenchCallDetail>(`${base}/calls/${part(id ?? '')}`, { signal }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Makes a call without an effect again; the id of the call that came of it. Fails with ProblemError. */
export const repeatCall = (id: string): Promise<{ readonly id: string }> =>
  request(`${base}/calls/${part(id)}/repeat`, { method: 'POST' })

/** How many orders of a service may start now; asked when both are known. */
export const benchQuotaQuery = (account: string, serviceCode: string) =>
  queryOptions({
    queryKey: ['bench', 'quota', account, serviceCode],
    queryFn: ({ signal }) =>
      request<BenchQuota>(
        `${base}/accounts/${part(account)}/quota?${new URLSearchParams({ serviceCode })}`,
        { signal },
      ),
    enabled: account !== '' && /^\d{1,20}$/.test(serviceCode),
    refetchInterval: 30_000,
    retry: false,
  })

export const removeOrderFile = (id: string, fileId: string): Promise<BenchOrderDetail> =>
  request(`${orderPath(id)}/files/${part(fileId)}`, { method: 'DELETE' })

/** Where the bytes of a document, or of a ready-made package, go. */
export const uploadPath = (
  id: string,
  file: {
    readonly kind: 'files' | 'package'
    readonly fileName: string
    readonly mediaType: string
    /** A package that breaks rules is kept all the same. */
    readonly asIs?: boolean
  },
): string => {
  const { kind, fileName, mediaType, asIs = false } = file
  const query = new URLSearchParams(kind === 'files' ? { fileName, mediaType } : { fileName })

  if (asIs) query.set('asIs', 'true')

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
