import type { SimHandler } from '../http/sim-http.ts'
import type { EpguState } from './state.ts'

/** Lets the faults of calls hit the token of ESIA too, under the name `token`. */
export function withTokenFaults({ faults }: EpguState, handler: SimHandler): SimHandler {
  return async (request) => {
    if (!request.path.startsWith('/esia-rs/')) return handler(request)
    const { response } = await faults.apply('token', async () => ({
      response: (await handler(request)) ?? { status: 404 },
      note: '',
    }))

    return response
  }
}
