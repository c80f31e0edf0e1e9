/** Header fields as a server gives them: `Headers`, or a record as in `node:http`. */
export type RequestHeaders =
  | Headers
  | { readonly [name: string]: string | readonly string[] | undefined }

/** What a handler needs of a request; any server can make it. */
export type ServiceRequest = {
  readonly method: string
  readonly headers: RequestHeaders
  /** The body as received: bytes, not parsed, since a repeat is told by its bytes. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>
}

/** What a handler answers; any server can send it. Header names are lower-case. */
export type ServiceReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
}

/**
 * The value of a header field, by its name in any case. Several fields of one name are joined by a
 * comma, as RFC 9110 section 5.3 reads them.
 */
export function headerValue(headers: RequestHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined

  const wanted = name.toLowerCase()
  const values = Object.entries(headers)
    .filter(([key, value]) => key.toLowerCase() === wanted && value !== undefined)
    .flatMap(([, value]) => value ?? [])

  return values.length === 0 ? undefined : values.join(', ')
}
