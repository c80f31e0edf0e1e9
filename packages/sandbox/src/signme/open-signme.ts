import type { SimHandler } from '../http/sim-http.ts'
import type { World } from '../world.ts'
import { scheduleRequest } from './act.ts'
import { createSignmeControl } from './control-handler.ts'
import { createSignmeHandler } from './signme-handler.ts'
import { createSignmeState } from './state.ts'

/** A Sign.Me that can be put on ports. */
export type OpenSignme = {
  readonly handler: SimHandler
  readonly controlOf: (hosts: () => readonly string[]) => SimHandler
  /** What goes on by itself ends. */
  readonly stop: () => Promise<void>
}

/** Opens Sign.Me in its folder; people and times go on where an earlier start left them. */
export function openSignme(
  world: World,
  options: {
    readonly folder: string
    readonly isCompat: boolean
    readonly seed: string | undefined
    readonly allowedHosts: readonly string[]
    /** Base URL of its pages. */
    readonly publicUrl: string
  },
): OpenSignme {
  const state = createSignmeState(world, options)
  state.publicUrl = options.publicUrl
  for (const request of state.requests.values()) scheduleRequest(state, request)

  return {
    handler: createSignmeHandler(state),
    controlOf: (hosts) => createSignmeControl(state, hosts),
    stop: async () => {
      state.isStopped = true
      await Promise.all([...state.running])
    },
  }
}
