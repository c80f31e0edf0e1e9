import type { SupportedAuthType, SupportedSignMethod } from '../sign-method.ts'

/** The names that the app shows, one for each of its languages. `nameKz`, never `nameKk` [seed]. */
export type Names = {
  readonly nameRu: string
  readonly nameKz: string
  readonly nameEn: string
}

/** Who asks for the signature: names and BIN (12 digits). */
export type Organisation = Names & { readonly bin: string }

/** How the app proves that it read API #1 when it calls API #2. */
export type SessionAuth =
  | { readonly type: Extract<SupportedAuthType, 'Token'>; readonly token: string }
  | { readonly type: Extract<SupportedAuthType, 'None'> }

/** Bytes of a document: at once, later, or piece by piece. Called anew for each use. */
export type DocumentData = () =>
  | Uint8Array
  | Promise<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Promise<AsyncIterable<Uint8Array>>

/** A pair of the `meta` array: `name` and `value`, both strings [seed]. */
export type MetaPair = { readonly name: string; readonly value: string }

export type SessionDocument = {
  /** A JSON integer, 1 to n within the session: the app's language decides how far numbers hold. */
  readonly id: number
  readonly names: Names
  readonly meta: readonly MetaPair[]
  /**
   * Decides what the app shows: `application/pdf`, `text/plain`, or nothing for any other [seed].
   * `@file/pdf` is the older spelling for PDF [public client].
   */
  readonly mime: string
  readonly sizeBytes: number
  readonly data: DocumentData
}

/**
 * Why the session takes no more signatures. `submissions` are the SHA-256 (hex) of the PUT bodies
 * that closed it, one as a rule: the same body again gets the same answer, so that a phone may retry.
 * `replaced`: a newer code stands in its place, or the documents were signed by other means.
 */
export type SessionClosed =
  | { readonly kind: 'accepted'; readonly submissions: readonly string[] }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'withdrawn' }

/**
 * One signing session: all that API #1 and API #2 need, as data. The caller keeps it (in a database,
 * say) and passes it to each handler as it stands at that moment.
 */
export type Session = {
  readonly api1Url: string
  readonly api2Url: string
  /** What is being signed, in a sentence for the signer. */
  readonly description: string
  readonly organisation: Organisation
  /** From this moment on the session is over. */
  readonly expiresAt: Date
  readonly auth: SessionAuth
  readonly signMethod: SupportedSignMethod
  readonly documents: readonly SessionDocument[]
  readonly closed?: SessionClosed
  /**
   * SHA-256 (hex) of PUT bodies that came in time and are not judged yet (a crash, a check that waits
   * for data). The same body again is read again, also after the end: its sender never heard back.
   */
  readonly received?: readonly string[]
}
