import type { RequestAddresses, SigningRequest } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'

/** The addresses that a request may hand out, from `MUHR_PUBLIC_URL` (design rule 12). */
export function requestAddresses(
  app: Pick<AppContext, 'config' | 'tokens'>,
  request: Pick<SigningRequest, 'id' | 'provider' | 'signing'>,
): RequestAddresses {
  const base = app.config.publicUrl.replace(/\/$/, '')

  return {
    callback: `${base}/cb/${request.provider}/${app.tokens.callback(request.id)}`,
    signerPage: signerUrl(app, request.signing),
    bearer: app.tokens.bearer(request.id),
  }
}

/** Where a service calls about a connection, not about one request (`Provider.notice`). */
export function connectionAddress(
  app: Pick<AppContext, 'config' | 'tokens'>,
  connection: { readonly id: string; readonly provider: string },
): string {
  const base = app.config.publicUrl.replace(/\/$/, '')

  return `${base}/cb/${connection.provider}/c/${connection.id}.${app.tokens.connection(connection.id)}`
}

/** The signer's page of a signing. */
export function signerUrl(app: Pick<AppContext, 'config' | 'tokens'>, signingId: string): string {
  return `${app.config.publicUrl.replace(/\/$/, '')}/s/${app.tokens.signer(signingId)}`
}
