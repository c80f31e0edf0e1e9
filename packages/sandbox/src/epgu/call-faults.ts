import type { SimResponse } from '../http/sim-http.ts'

/** Calls that a fault can be put on; `any` is every one of them. */
export const FAULT_CALLS = [
  'token',
  'order',
  'push',
  'chunked',
  'details',
  'cancel',
  'status',
  'updated',
  'download',
  'dictionary',
  'any',
] as const
export type FaultCall = (typeof FAULT_CALLS)[number]

/**
 * `lost-answer`: everything is done, and the connection cut in place of the answer. `lost-request`: cut
 * before anything is done. A number is the HTTP status answered in place of doing anything.
 */
export const CALL_FAULTS = [
  '401',
  '429',
  '500',
  '502',
  '503',
  '504',
  'lost-answer',
  'lost-request',
] as const
export type CallFaultKind = (typeof CALL_FAULTS)[number]

export type CallFault = {
  readonly on: FaultCall
  readonly fault: CallFaultKind
  /** How many calls are still to be hit. */
  readonly times: number
}

export type CallFaults = {
  readonly list: () => readonly CallFault[]
  readonly set: (faults: readonly CallFault[]) => void
  /** Runs a call under the fault that is next for it, if there is one. */
  readonly apply: (
    call: FaultCall,
    run: () => Promise<{ readonly response: SimResponse; readonly note: string }>,
  ) => Promise<{ readonly response: SimResponse; readonly note: string }>
}

export function createCallFaults(): CallFaults {
  let faults: readonly CallFault[] = []
  const take = (call: FaultCall): CallFaultKind | undefined => {
    const found = faults.find(({ on, times }) => (on === call || on === 'any') && times > 0)
    if (found === undefined) return undefined
    faults = faults
      .map((each) => (each === found ? { ...each, times: each.times - 1 } : each))
      .filter(({ times }) => times > 0)

    return found.fault
  }

  return {
    list: () => faults,
    set: (next) => {
      faults = next
    },
    apply: async (call, run) => {
      const fault = take(call)
      if (fault === undefined) return run()
      if (fault === 'lost-request') {
        return { response: { status: 0, isLost: true }, note: 'fault: request lost' }
      }
      if (fault === 'lost-answer') {
        const { note } = await run()

        return { response: { status: 0, isLost: true }, note: `fault: answer lost (${note})` }
      }

      return { response: { status: Number(fault) }, note: `fault: ${fault}` }
    },
  }
}
