import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import type { Connection, SealTask, SignerKey, SignerKeyDetail } from './settings-types.ts'

type List<T> = { readonly items: readonly T[] }

/** How often the list of what waits for a clerk is read again, ms. */
const sealsEveryMs = 20_000

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => request<List<SignerKey>>('/v1/keys', { signal }),
})

export const keyQuery = (id: string) =>
  queryOptions({
    queryKey: ['key', id],
    queryFn: ({ signal }) =>
      request<SignerKeyDetail>(`/v1/keys/${encodeURIComponent(id)}`, { signal }),
  })

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => request<List<Connection>>('/v1/connections', { signal }),
})

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['connection', id],
    queryFn: ({ signal }) =>
      request<Connection>(`/v1/connections/${encodeURIComponent(id)}`, { signal }),
  })

/** What waits for a clerk's signer key; also the counter of the side bar. */
export const sealsQuery = queryOptions({
  queryKey: ['seals'],
  queryFn: ({ signal }) => request<List<SealTask>>('/v1/seals', { signal }),
  refetchInterval: sealsEveryMs,
  refetchOnWindowFocus: true,
})
