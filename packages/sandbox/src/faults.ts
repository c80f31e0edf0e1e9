/** What the trust services are told to do wrong. */
export const OCSP_FAULTS = [
  'none',
  'try-later',
  'down',
  'wrong-nonce',
  'no-nonce',
  'unknown',
  'stale',
] as const
export const TSA_FAULTS = ['none', 'down', 'rejected', 'wrong-imprint'] as const
export const CRL_FAULTS = ['none', 'down', 'stale'] as const

export type TrustFaults = {
  readonly ocsp: (typeof OCSP_FAULTS)[number]
  readonly tsa: (typeof TSA_FAULTS)[number]
  readonly crl: (typeof CRL_FAULTS)[number]
}

export const NO_FAULTS: TrustFaults = Object.freeze({ ocsp: 'none', tsa: 'none', crl: 'none' })

/** Faults in force, set by the control. */
export type FaultState = {
  readonly get: () => TrustFaults
  readonly set: (faults: TrustFaults) => void
}

export function createFaultState(): FaultState {
  let faults = NO_FAULTS

  return {
    get: () => faults,
    set: (next) => {
      faults = next
    },
  }
}
