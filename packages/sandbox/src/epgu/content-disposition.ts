/** What a part of a form says of itself (RFC 7578 §4.2). */
export type Disposition = { readonly name: string; readonly fileName: string | undefined }

/** One parameter: a token, or a quoted text in which only a quote is escaped, since Windows paths have `\\`. */
const PARAMETER = /;\s*([\w!#$&+.^`|~-]+\*?)\s*=\s*(?:"((?:\\"|[^"])*)"|([^;\s]*))/gy

/**
 * Reads a Content-Disposition header as clients write it: names quoted or not, parameters in any order, a file
 * name in raw UTF-8, percent-encoded as browsers do, or as `filename*` alone (RFC 8187). `undefined` where no
 * name stands.
 */
export function readDisposition(header: string): Disposition | undefined {
  const parameters = new Map<string, string>()
  PARAMETER.lastIndex = Math.max(0, header.indexOf(';'))
  for (let match = PARAMETER.exec(header); match !== null; match = PARAMETER.exec(header)) {
    const [, name = '', quoted, plain = ''] = match
    parameters.set(name.toLowerCase(), quoted?.replaceAll('\\"', '"') ?? plain)
  }
  const name = parameters.get('name')
  if (name === undefined) return undefined

  return { name, fileName: parameters.get('filename') ?? extended(parameters.get('filename*')) }
}

/** `UTF-8''%D0%B0.zip` */
function extended(value: string | undefined): string | undefined {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(value ?? '')?.[1]
  if (encoded === undefined) return undefined
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
