import type { BenchCallDetail } from '../../../api/workbench-types.ts'

/** Secrets stand in a kept call by their names in braces; in a line to copy they are variables of the shell. */
const variables: Readonly<Record<string, string>> = {
  '{token}': 'TOKEN',
  '{apiKey}': 'API_KEY',
  '{signature}': 'SIGNATURE',
  '{cookie}': 'COOKIE',
}
const secrets = /\{(?:token|apiKey|signature|cookie)\}/g

/** An argument of a POSIX shell. Only one that holds a secret's name is in double quotes. */
function quote(text: string): string {
  if (text.search(secrets) === -1) return `'${text.replaceAll("'", `'\\''`)}'`

  return `"${text.replace(/["$`\\]/g, '\\$&').replace(secrets, (name) => `\${${variables[name]}}`)}"`
}

/** Headers that curl sets by itself, or that belong to one connection. */
const own = /^(?:content-length|host|connection|accept-encoding)$/i

/** A call as a line for curl, its secrets replaced by variables; the file is named as it is sent. */
export function curlOf({ method, url, request }: BenchCallDetail): string {
  const isForm = request.file !== null || request.fields.length > 0
  const headers = Object.entries(request.headers)
    .filter(([name]) => !own.test(name) && !(isForm && /^content-type$/i.test(name)))
    .map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
  const fields = request.fields.map(({ name, value, contentType }) =>
    contentType === null
      ? `--form-string ${quote(`${name}=${value}`)}`
      : `-F ${quote(`${name}="${value.replace(/["\\]/g, '\\$&')}";type=${contentType}`)}`,
  )
  const file =
    request.file === null
      ? []
      : [
          `-F ${quote(`${request.file.name}=@${request.file.fileName};type=${request.file.contentType}`)}`,
        ]
  const body = request.body === null ? [] : [`--data-raw ${quote(request.body)}`]

  return [`curl -X ${method} ${quote(url)}`, ...headers, ...fields, ...file, ...body].join(
    ' \\\n  ',
  )
}

const literal = (value: unknown): string => JSON.stringify(value)

/** The same call by `@muhr/epgu`; undefined for what its gateway has no method for. */
export function codeOf(call: BenchCallDetail): string | undefined {
  const url = new URL(call.url)
  const field = (name: string) =>
    call.request.fields.find((each) => each.name === name)?.value ?? ''
  const number = /\/order\/(\d+)/.exec(url.pathname)?.[1] ?? ''
  switch (call.operation) {
    case 'token':
      return `await createTokenSource({ esiaUrl: ${literal(url.origin)}, apiKey, signing, io }).get()`
    case 'reserve':
      return `await gateway.reserveOrder(${call.request.body ?? '{}'})`
    case 'push':
      return `await gateway.pushOrder({ meta: ${field('meta')}, source })`
    case 'push-chunk':
      return `await gateway.pushChunks({ orderId: ${literal(field('orderId'))}, meta: ${field('meta')}, source })`
    case 'order-details':
      return `await gateway.orderDetails(${literal(number)})`
    case 'cancel':
      return `await gateway.cancelOrder(${literal(number)}, ${literal(Object.fromEntries(url.searchParams))})`
    case 'orders-status':
      return `for await (const page of gateway.ordersStatus(${literal((url.searchParams.get('orderIds') ?? '').split(','))})) {}`
    case 'updated-after':
      return `for await (const page of gateway.updatedAfter(new Date(${literal(`${url.searchParams.get('updatedAfter')}+03:00`)}))) {}`
    case 'dictionary':
      return `await gateway.lookUpDictionary(${literal(url.pathname.split('/').at(-1))}, ${call.request.body ?? '{}'})`
    default:
      return undefined
  }
}

/** JSON on lines, with what stands inside `order` as text unfolded; any other text as it is. */
export function readable(text: string): string {
  try {
    const read: unknown = JSON.parse(text)

    return JSON.stringify(unfolded(read), undefined, 2)
  } catch {
    return text
  }
}

function unfolded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('order' in value)) return value

  const { order } = value

  if (typeof order !== 'string' || order === '') return value

  try {
    return { ...value, order: JSON.parse(order) as unknown }
  } catch {
    return value
  }
}
