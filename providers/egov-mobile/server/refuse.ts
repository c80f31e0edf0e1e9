import { appLocales, type RefusalCode, readLocale, refusalReply } from '@muhr/egov-mobile'
import type { HttpReply, HttpRequestView, Locale } from '@muhr/envelope'

export type RefuseReason = 'unknown-request' | 'expired' | 'too-large' | 'not-allowed'

const codes: Readonly<Record<RefuseReason, RefusalCode>> = {
  'unknown-request': 'unknown-session',
  expired: 'expired',
  'too-large': 'too-large',
  'not-allowed': 'method-not-allowed',
}

/** The app's own form of a refusal by the core: status of the table, `{"message"}` in its language. */
export function refuse(input: {
  readonly reason: RefuseReason
  readonly http: HttpRequestView
  readonly locale?: Locale | undefined
}): HttpReply {
  const wanted = appLocales.find((locale) => locale === input.locale)

  return refusalReply(codes[input.reason], wanted ?? readLocale(input.http.headers))
}
