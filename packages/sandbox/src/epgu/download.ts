import type { EsiaUser } from '../esia/accounts.ts'
import type { SimRequest, SimResponse } from '../http/sim-http.ts'
import { historyIdOf } from './describe-order.ts'
import { badParameter, refuse, refuseWith } from './error.ts'
import type { Order, OrderFile } from './order.ts'
import type { EpguState } from './state.ts'

/** Path of the second leg of a redirected download. */
const STORED = '/api/storage/v3/files'
const COOKIE = 'sim-download'

/** What a download asks for; `service` only where the current route says it. */
export type DownloadQuery = {
  readonly objectId: number
  readonly objectType: number
  readonly mnemonic: string
  readonly service: string | undefined
}

/** Reads both routes (ru-epgu-goskey §4.2), and the one that a redirect leads to. */
export function readDownload(
  request: SimRequest,
): (DownloadQuery & { isOld: boolean; isStored: boolean }) | undefined {
  const match =
    /^\/api\/gusmev\/files\/download\/(\d+)\/(\d+)$/.exec(request.path) ??
    /^\/api\/storage\/v([23])\/files\/(\d+)\/(\d+)\/download$/.exec(request.path)
  if (match === null) return undefined
  const [objectId = '', objectType = ''] = match.slice(-2)

  return {
    objectId: Number(objectId),
    objectType: Number(objectType),
    mnemonic: request.query.get('mnemonic') ?? '',
    service: request.query.get('eserviceCode') ?? undefined,
    isOld: match[0].startsWith('/api/storage/v2'),
    isStored: match[0].startsWith(STORED),
  }
}

/**
 * A file by object id, type and mnemonic: its bytes, or under the switch a redirect to a place on the same
 * host, where the token and the cookie are asked for again, or on another.
 */
export function download(
  state: EpguState,
  user: EsiaUser,
  { request, query }: { request: SimRequest; query: NonNullable<ReturnType<typeof readDownload>> },
): SimResponse {
  if (query.isOld && !state.switches.oldDownload) throw refuseWith(404, 'old route of downloads')
  const { order, file } = find(state, query)
  if (order.user.organisation.id !== user.organisation.id) {
    throw refuse('order_access', 'Заявление принадлежит другой организации')
  }
  if (user.refusal === 'access_denied_personal_data') {
    throw refuse(
      'access_denied_personal_data',
      'Системе не разрешены файлы с персональными данными',
    )
  }
  if (!query.isOld && !query.isStored && query.service !== order.service.code) {
    throw badParameter('eserviceCode', `must be ${order.service.code}`)
  }
  const { redirectDownloads } = state.switches
  if (query.isStored) {
    const expected = `${COOKIE}=${cookieOf(file)}`
    if (!(request.headers['cookie'] ?? '').split(/;\s*/).includes(expected)) {
      throw refuseWith(401, 'the cookie of the redirect is absent')
    }
  } else if (redirectDownloads !== 'none') {
    const base = redirectDownloads === 'other-host' ? state.otherHost : ''
    const place = `${STORED}/${query.objectId}/${query.objectType}/download?mnemonic=${encodeURIComponent(query.mnemonic)}`

    return {
      status: 302,
      headers: { location: `${base}${place}`, 'set-cookie': `${COOKIE}=${cookieOf(file)}; Path=/` },
    }
  }

  return {
    status: 200,
    headers: {
      'content-type': file.mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      'cache-control': 'no-store',
    },
    file: file.path,
  }
}

function find(
  state: EpguState,
  { objectId, objectType, mnemonic }: DownloadQuery,
): { readonly order: Order; readonly file: OrderFile } {
  if (mnemonic === '') throw badParameter('mnemonic', 'is not present')
  // Links of sent files have the number of the order; the table of the current route wants the status history,
  // and what a client read may have moved on since.
  const order =
    objectType === 2
      ? (state.orders.get(objectId) ?? findByHistory(state, objectId))
      : [...state.orders.values()].find((each) => historyIdOf(each) === objectId)
  const files =
    objectType === 2 ? order?.attachments : objectType === 3 ? order?.results : undefined
  const file = files?.find((each) => each.mnemonic === mnemonic)
  if (order === undefined || file === undefined) throw refuseWith(204, 'no such file')

  return { order, file }
}

function findByHistory({ orders }: EpguState, historyId: number): Order | undefined {
  return [...orders.values()].find(({ history }) => history.some(({ id }) => id === historyId))
}

function cookieOf({ size, mnemonic }: OrderFile): string {
  return Buffer.from(`${size} ${mnemonic}`).toString('base64url')
}
