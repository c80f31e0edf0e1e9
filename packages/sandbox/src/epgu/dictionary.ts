import { jsonResponse, type SimRequest, type SimResponse } from '../http/sim-http.ts'
import { badParameter } from './error.ts'
import type { EpguState } from './state.ts'

type Item = {
  readonly value: string
  readonly parentValue: string | null
  readonly title: string
  readonly attributes: Readonly<Record<string, string>>
}

type Body = Readonly<Record<string, unknown>>

const item = (
  value: string,
  title: string,
  more: { parent?: string; attributes?: Readonly<Record<string, string>> } = {},
): Item => ({ value, title, parentValue: more.parent ?? null, attributes: more.attributes ?? {} })

/** Small dictionaries of our own: flat, a tree, and one with attributes. */
const DICTIONARIES: Readonly<Record<string, readonly Item[]>> = {
  TEST_REGIONS: [
    item('45000000000', 'TEST Город Москва'),
    item('24000000000', 'TEST Красноярский край'),
    item('24401000000', 'TEST Красноярск', { parent: '24000000000' }),
    item('24404000000', 'TEST Дивногорск', { parent: '24000000000' }),
  ],
  TEST_BANKS: Array.from({ length: 25 }, (_, index) => {
    const bic = String(49_900_001 + index).padStart(9, '0')
    const name = `TEST Банк № ${index + 1}`

    return item(bic, `${bic} - ${name}`, { attributes: { ID: bic, BIC: bic, NAME: name } })
  }),
}

/**
 * `POST /api/nsi/v1/dictionary/{code}` (ru-epgu-goskey §4.5): without authorization, always HTTP 200. ONELEVEL
 * gives the children of `parentRefItemValue`, or the roots; SUBTREE all below. Pages count from 1.
 */
export async function dictionary(
  { switches }: EpguState,
  code: string,
  request: SimRequest,
): Promise<SimResponse> {
  if (request.headers['authorization'] !== undefined && !switches.bearerOnDictionary) {
    throw badParameter('Authorization', 'is not for this method')
  }
  const body = await readBody(request)
  const all = DICTIONARIES[code]
  if (all === undefined) return failure(7, 'Entity not found')
  if (body === 'malformed') return failure(1, 'the body is not a JSON object')
  if (body === 'absent' && !switches.bodylessDictionary) return failure(1, 'the body is absent')
  const asked = body === 'absent' ? { treeFiltering: 'ONELEVEL' } : body

  return page(all, asked)
}

const MAX_BODY_BYTES = 64 * 1024

async function readBody(request: SimRequest): Promise<Body | 'absent' | 'malformed'> {
  const bytes = await request.body(MAX_BODY_BYTES)
  if (bytes.length === 0) return 'absent'
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))

    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : 'malformed'
  } catch {
    return 'malformed'
  }
}

function page(all: readonly Item[], body: Body): SimResponse {
  const filtering = body['treeFiltering']
  if (filtering !== 'ONELEVEL' && filtering !== 'SUBTREE') {
    return failure(1, 'treeFiltering must be ONELEVEL or SUBTREE')
  }
  const parent = body['parentRefItemValue']
  const found = all.filter((each) =>
    filtering === 'ONELEVEL'
      ? each.parentValue === (parent ?? null)
      : parent === undefined || isBelow(all, each, parent),
  )
  const [pageNum, pageSize] = [
    Number(body['pageNum'] ?? 1),
    Number(body['pageSize'] ?? found.length),
  ]
  if (!(pageNum >= 1 && pageSize >= 0)) return failure(1, 'pageNum counts from 1')

  return jsonResponse(200, {
    error: { code: 0, message: 'operation completed' },
    fieldErrors: [],
    total: found.length,
    items: found.slice((pageNum - 1) * pageSize, pageNum * pageSize).map((each) => show(all, each)),
  })
}

function isBelow(all: readonly Item[], each: Item, ancestor: unknown): boolean {
  if (each.parentValue === null) return false
  if (each.parentValue === ancestor) return true
  const parent = all.find(({ value }) => value === each.parentValue)

  return parent !== undefined && isBelow(all, parent, ancestor)
}

function show(all: readonly Item[], { value, parentValue, title, attributes }: Item): object {
  return {
    value,
    parentValue,
    title,
    isLeaf: !all.some((other) => other.parentValue === value),
    children: [],
    attributes: Object.entries(attributes).map(([name, text]) => ({
      name,
      type: 'STRING',
      value: { asString: text, typeOfValue: 'STRING', value: text },
      valueAsOfType: text,
    })),
    source: null,
    attributeValues: attributes,
  }
}

function failure(code: number, message: string): SimResponse {
  return jsonResponse(200, { error: { code, message }, fieldErrors: [], total: 0, items: [] })
}
