import { newIdempotencyKey, request } from '../api/request.ts'
import type { SignerView } from './view.ts'

/** Token of the link, from the path `/s/{token}`. It is a secret: it goes nowhere but back. */
export function tokenOf(pathname: string): string {
  return /^\/s\/([^/]+)/.exec(pathname)?.[1] ?? ''
}

/** The signer's small API under the link itself. */
export function signerApi(token: string) {
  const base = `/s/${token}/api`

  return {
    view: () => request<SignerView>(`${base}/view`),
    renew: (idempotencyKey: string) =>
      request<SignerView | undefined>(`${base}/renew`, { method: 'POST', idempotencyKey }),
    decline: (reason: string) =>
      request<SignerView | undefined>(`${base}/decline`, {
        method: 'POST',
        body: reason === '' ? {} : { reason },
        idempotencyKey: newIdempotencyKey(),
      }),
    streamUrl: `${base}/stream`,
    documentUrl: (position: number) => `${base}/documents/${position}`,
    signatureUrl: (position: number) => `${base}/signature/${position}`,
  }
}

export type SignerApi = ReturnType<typeof signerApi>
