import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { StoredReport } from './report-types.ts'
import { request } from './request.ts'
import type {
  Envelope,
  EnvelopeCounts,
  EnvelopePage,
  Journal,
  ProviderInfo,
  Session,
} from './types.ts'

export const pageSize = 50

export type EnvelopeFilter = {
  readonly state?: string | undefined
  readonly q?: string | undefined
}

/** Who is logged in, where, in which mode. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => request<Session>('/v1/session', { signal }),
  staleTime: 60_000,
})

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) =>
    request<{ readonly items: readonly ProviderInfo[] }>('/v1/providers', { signal }),
  staleTime: 300_000,
})

/** The list, page by page; the filter is that of the address. */
export const envelopesQuery = (filter: EnvelopeFilter) =>
  infiniteQueryOptions({
    queryKey: ['envelopes', filter.state ?? '', filter.q ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(pageSize) })

      if (filter.state !== undefined) query.set('state', filter.state)
      if (filter.q !== undefined) query.set('q', filter.q)
      if (pageParam !== undefined) query.set('cursor', pageParam)

      return request<EnvelopePage>(`/v1/envelopes?${query}`, { signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  })

/** The counters alone; refreshed by the list whenever it changes. */
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: async ({ signal }): Promise<EnvelopeCounts> => {
    const page = await request<EnvelopePage>('/v1/envelopes?limit=1', { signal })

    return page.counts ?? {}
  },
  staleTime: 15_000,
})

export const envelopeQuery = (id: string) =>
  queryOptions({
    queryKey: ['envelope', id],
    queryFn: ({ signal }) =>
      request<Envelope>(`/v1/envelopes/${encodeURIComponent(id)}`, { signal }),
  })

/** The audit chain; `version` makes it read again when the envelope has changed. */
export const journalQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['journal', id, version],
    queryFn: ({ signal }) =>
      request<Journal>(`/v1/envelopes/${encodeURIComponent(id)}/events`, { signal }),
    placeholderData: keepPreviousData,
  })

export const reportQuery = (signingId: string) =>
  queryOptions({
    queryKey: ['report', signingId],
    queryFn: ({ signal }) =>
      request<StoredReport>(`/v1/signings/${encodeURIComponent(signingId)}/report`, { signal }),
  })
