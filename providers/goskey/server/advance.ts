import {
  type CallResult,
  instantOf,
  type ProviderIo,
  type RequestView,
  type Step,
} from '@muhr/envelope'
import {
  type EpguError,
  type Gateway,
  isEpguCode,
  isEpguError,
  isProcessingState,
  type OrderDetails,
} from '@muhr/epgu'
import { goskeyOrderState, packSigned, requestFileName } from '@muhr/epgu/goskey'
import { codeOf, failedCall, isIncident } from './call-errors.ts'
import { requestLifeMs } from './capabilities.ts'
import type { GoskeyConnection } from './connection.ts'
import type { Gateways } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'
import { metaOf } from './methods.ts'
import { storedDocument } from './package-documents.ts'
import { packagePurpose } from './plan.ts'

type AdvanceInput = {
  readonly connection: GoskeyConnection
  readonly request: RequestView<GoskeyHandle>
}
type Calling = AdvanceInput & { readonly io: ProviderIo; readonly gateways: Gateways }
type Result = CallResult<GoskeyHandle>

/**
 * The next call of a request: a number is reserved and kept first, then the package goes up under it.
 * Whether a package that was lost on the way is there already, its number tells.
 */
export function advance(
  gateways: Gateways,
  { connection, request }: AdvanceInput,
): Step<GoskeyHandle> {
  if (request.closed) return { kind: 'done' }
  if (request.window !== undefined) return { kind: 'await' }

  return {
    kind: 'call',
    run: (io) => {
      const { handle } = request
      const calling = { connection, request, io, gateways }

      return handle === undefined ? reserve(calling) : upload(calling, handle)
    },
  }
}

/** ru-epgu-goskey §3.1. A number that nothing is sent under asks nobody for anything. */
async function reserve(calling: Calling): Promise<Result> {
  const { connection, request, io, gateways } = calling
  const gateway = gateways.open({ connection, io, bucket: request.bucket, anyEmployee: false })
  try {
    const key = await gateway.reserveOrder(metaOf(request.method, connection.region), {
      signal: io.signal,
    })
    const documents = request.contents.map(({ document }) => document.fileName)

    return { kind: 'reserved', handle: { key, documents } }
  } catch (error) {
    return failed(error, calling, true)
  }
}

/** ru-epgu-goskey §3.3, under the reserved number, unless the package is there already. */
async function upload(calling: Calling, handle: GoskeyHandle): Promise<Result> {
  const { connection, request, io, gateways } = calling
  const gateway = gateways.open({ connection, io, bucket: request.bucket, anyEmployee: true })
  const opened = await openedWith(calling, handle)
  try {
    if ((await standing(gateway, handle.key, io)) === 'sent') return opened
    await gateway.pushChunks({
      orderId: handle.key,
      meta: metaOf(request.method, connection.region),
      source: await packageOf(request, io),
      signal: io.signal,
    })

    return opened
  } catch (error) {
    if (!isEpguError(error, 'epgu.refused') || isIncident(error)) {
      return failed(error, calling, false)
    }
    // It may be refused because it is there: the answer to an earlier call was lost.
    const found = await standing(gateway, handle.key, io).catch(() => 'unread' as const)
    if (found === 'sent') return opened
    const isDoubtful = found === 'unread' || (found === 'unclear' && !isFinalRefusal(error))

    return isDoubtful ? { kind: 'unknown', code: codeOf(error) } : failed(error, calling, false)
  }
}

/**
 * What the gateway has under a number. `draft`: the number alone. `nothing`: it does not know the number.
 * `sent`: a package. `unclear`: it shows no order where there should be one.
 */
async function standing(
  gateway: Gateway,
  orderId: string,
  io: ProviderIo,
): Promise<'draft' | 'nothing' | 'sent' | 'unclear'> {
  let details: OrderDetails
  try {
    details = await gateway.orderDetails(orderId, { signal: io.signal })
  } catch (error) {
    if (isEpguError(error, 'epgu.not-found')) return 'nothing'
    throw error
  }
  if (details.order !== undefined) {
    return goskeyOrderState(details).state === 'draft' ? 'draft' : 'sent'
  }

  // The gateway works on packages alone: a state other than OK is that of one.
  return isProcessingState(details.code) && details.code !== 'OK' ? 'sent' : 'unclear'
}

/** Whether a refusal has nothing to do with what is there already: a power, a permission, the service. */
function isFinalRefusal({ data }: EpguError<'epgu.refused'>): boolean {
  const { epguCode } = data

  return epguCode !== undefined && isEpguCode(epguCode) && epguCode !== 'bad_request'
}

/** req.xml, the documents and the signatures that were made over them; streamed out of the store. */
async function packageOf(request: RequestView<GoskeyHandle>, io: ProviderIo) {
  const seal = request.seals.find(({ purpose }) => purpose === packagePurpose)
  const items = seal?.items ?? []
  const signatures = new Map(
    items.flatMap(({ name }, index) => {
      const artifact = seal?.artifacts[index]

      return artifact === undefined ? [] : [[name, artifact] as const]
    }),
  )

  return packSigned(
    items.map((item) => storedDocument(io, item)),
    {
      sign: async ({ name }) => {
        const artifact = signatures.get(name)
        if (artifact === undefined) throw new Error('a package without a signature of each file')

        return io.read(artifact)
      },
    },
  )
}

/** Its window ends when req.xml says; under 1.8, whatever it says, after a day (§5.2). */
async function openedWith(
  { connection, request, io }: Calling,
  handle: GoskeyHandle,
): Promise<Extract<Result, { readonly kind: 'opened' }>> {
  const now = io.now()
  const end = connection.profile === '1.8' ? undefined : await readExpiry(request, io)

  return {
    kind: 'opened',
    handle,
    window: {
      opensAt: instantOf(now),
      expiresAt: instantOf(end ?? new Date(now.getTime() + requestLifeMs)),
    },
  }
}

async function readExpiry(
  request: RequestView<GoskeyHandle>,
  io: ProviderIo,
): Promise<Date | undefined> {
  const item = request.seals
    .find(({ purpose }) => purpose === packagePurpose)
    ?.items.find(({ name }) => name === requestFileName)
  if (item === undefined) return undefined
  const text = Buffer.from(await io.read(item.sha256)).toString('utf8')
  const end = new Date(/<SignExpiration>([^<]+)<\/SignExpiration>/.exec(text)?.[1] ?? '')

  return Number.isNaN(end.getTime()) ? undefined : end
}

function failed(error: unknown, { connection, io }: Calling, isReserving: boolean): Result {
  return failedCall(error, {
    now: io.now(),
    hasOthers: connection.apiKeys.length > 1,
    isReserving,
  })
}
