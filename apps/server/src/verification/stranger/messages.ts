import type { AnchorOrigin, PolicyName, VerificationReport } from '@muhr/pki'

/** What the thread is given: octets and names alone, so that nothing of the server is within its reach. */
export type StrangerJob = {
  readonly container: Uint8Array
  readonly content: Uint8Array | undefined
  /** Undefined: the rules of the country of each signer. */
  readonly policy: PolicyName | undefined
  /** Is the policy `sandbox` one to choose here for test keys? */
  readonly believesSandbox: boolean
  /** Certificates that are trusted, DER, with how they came to be. */
  readonly anchors: readonly { readonly bytes: Uint8Array; readonly origin: AnchorOrigin }[]
  /** Validation time, ms since 1970, UTC. */
  readonly nowMs: number
}

/** A report, of which `policy` may name several: one for each country that its signers are of. */
export type StrangerReport = Omit<VerificationReport, 'policy'> & { readonly policy: string }

/** From the server to the thread. */
export type ToThread =
  | { readonly kind: 'job'; readonly job: StrangerJob }
  /** The OCSP answer to question `id`, DER; undefined when nobody answered. */
  | { readonly kind: 'answer'; readonly id: number; readonly bytes: Uint8Array | undefined }

/** From the thread to the server. */
export type FromThread =
  /** An OCSP request, DER, for the configured host: the thread has no network of its own. */
  | {
      readonly kind: 'question'
      readonly id: number
      readonly bytes: Uint8Array
      /** Under which the answer will be judged: it names the hosts. */
      readonly policy: PolicyName
    }
  | { readonly kind: 'report'; readonly report: StrangerReport }
  /** The file is none that can be verified: a code of `@muhr/pki` and its advice. */
  | { readonly kind: 'refused'; readonly code: string; readonly advice: string }
  | { readonly kind: 'broken'; readonly name: string }
