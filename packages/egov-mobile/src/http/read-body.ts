import { headerValue, type ServiceRequest } from './message.ts'

/**
 * The whole body of a request, or undefined when it is larger than the limit. An announced
 * `Content-Length` above the limit is refused before a byte is read, and reading stops as soon as
 * the limit is passed.
 */
export async function readBody(
  { headers, body = new Uint8Array(0) }: ServiceRequest,
  limitBytes: number,
): Promise<Uint8Array | undefined> {
  if (Number(headerValue(headers, 'content-length') ?? 0) > limitBytes) return undefined
  if (body instanceof Uint8Array) return body.length > limitBytes ? undefined : body

  const chunks: Uint8Array[] = []
  let length = 0

  for await (const chunk of body) {
    length += chunk.length
    if (length > limitBytes) return undefined
    chunks.push(chunk)
  }

  return join(chunks, length)
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks
  if (chunks.length === 1 && only !== undefined) return only

  const joined = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }

  return joined
}
