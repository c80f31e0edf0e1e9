import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A published national authority, known by its fingerprint. */
export type Authority = {
  readonly country: 'KZ' | 'RU' | 'UZ'
  readonly kind: 'root' | 'issuing'
  readonly environment: 'production' | 'test'
  readonly name: string
  readonly generation: string
}

type Described = {
  readonly sha256: string
  readonly name: string
  readonly subject: string
  readonly issuer: string
  readonly notBefore: string
  readonly notAfter: string
  readonly authority?: Authority | undefined
  readonly fault?: 'not-authority' | 'sandbox' | 'test-environment' | undefined
}

export type TrustRoot = Described & {
  /** `sandbox`: of the test authority, for the policy `sandbox` alone. */
  readonly source: 'configured' | 'sandbox'
  readonly added?: { readonly at: string; readonly name?: string | undefined } | undefined
}

/** A certificate of a file, before anything of it is believed. */
export type TrustCandidate = Described & { readonly known: boolean }

export type TrustList = {
  readonly items: readonly TrustRoot[]
  readonly unreadable: readonly string[]
  readonly changeable: boolean
}

export const trustQuery = queryOptions({
  queryKey: ['trust'],
  queryFn: ({ signal }) => request<TrustList>('/v1/trust', { signal }),
})

/** What a file holds. */
export const readTrustFile = (file: string) =>
  request<{ readonly items: readonly TrustCandidate[] }>('/v1/trust/file', {
    method: 'POST',
    body: { file },
  })

/** Believes the authorities of a file; `sha256` are the fingerprints that were compared. */
export const addTrust = (wish: {
  readonly file: string
  readonly sha256: readonly string[]
  readonly allowTest: boolean
}) => request<TrustList>('/v1/trust', { method: 'POST', body: wish })

export const removeTrust = (sha256: string) => request(`/v1/trust/${sha256}`, { method: 'DELETE' })
