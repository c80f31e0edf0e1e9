import type { NewRecipient } from '../../create-envelope.ts'
import type { EnvelopeDocument, SealKey } from '../../model.ts'
import type { Presentation, Provider, RequestView } from '../../provider.ts'
import type { Json, MethodName } from '../../words.ts'
import type { TestClock, Verifier } from '../core/core-types.ts'

/**
 * What the signer does with a request, in their app or on our page. The driver does it the way the
 * real counterpart would: it knows the request only by what was presented (a QR text, a link, its own
 * inbox) and reaches Muhr only by HTTP.
 */
export type SignerAct =
  /** Opens the request and reads its documents, nothing more. */
  | { readonly kind: 'look' }
  /**
   * Signs every document as the person of that number. `over: 'other'` signs bytes that were not
   * shown; `'shown'` is the default.
   */
  | {
      readonly kind: 'sign'
      readonly person: number
      readonly over?: 'shown' | 'other' | undefined
    }
  /**
   * Sends the last submission of this request again, byte for byte; `unreachable` when nothing was
   * sent yet.
   */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'decline' }
  /** Comes with a wrong secret (another token in path or header) and a proper signature. */
  | { readonly kind: 'forge'; readonly person: number }

/**
 * How it looked from the signer's side. `accepted`: told that all is well. `refused`: told that the
 * signature does not do. `gone`: told that the request is over or not there. `conflict`: told that
 * another signature was taken. `later`: done in the service, which tells us by itself when it is
 * watched. `unreachable`: no answer (Muhr fell); a real app tries again.
 */
export type SignerAnswer = 'accepted' | 'refused' | 'gone' | 'conflict' | 'later' | 'unreachable'

export type SignerContact = {
  readonly request: RequestView<Json>
  readonly presentation: Presentation
  /** Muhr's public listener: everything under the core's `publicUrl`. */
  readonly fetch: typeof fetch
}

/** The other side of a provider: a service, an app, a browser with a plug-in. */
export type Counterpart = {
  readonly act: (contact: SignerContact, act: SignerAct) => Promise<SignerAnswer>
  /**
   * What a person sees who looks into the service for a request whose call went unanswered: its name
   * there, or undefined. Services that are never called leave it out.
   */
  readonly lookUp?: ((request: RequestView<Json>) => Json | undefined) | undefined
  /**
   * How many times the service asked a signer for this request: the oracle for "asked once". Services
   * that are never called leave it out.
   */
  readonly asked?: ((request: RequestView<Json>) => number) | undefined
  /** How many calls the service counted beyond its quota: must stay 0. For services that count. */
  readonly overrun?: (() => number) | undefined
  /** True when the service has a signature for this request. For services that are watched. */
  readonly isSigned?: ((request: RequestView<Json>) => boolean) | undefined
  /** The next calls take effect, but their answers are lost. Only for services that we call. */
  readonly loseReplies?: ((count: number) => void) | undefined
}

/** A provider with its counterpart, made fresh for every test of the contract. */
export type ContractSubject = {
  /** `provider as unknown as Provider` where its connection and handle types are its own. */
  readonly provider: Provider
  /** Settings that `parseConnection` takes. */
  readonly settings: Json
  /** Settings that it must refuse, with the field that the refusal names. */
  readonly badSettings: { readonly settings: Json; readonly field: string }
  readonly method: MethodName
  /** Person 0, 1, 2: whom `sign` can sign as. Order group and methods are set by the suite. */
  readonly person: (index: number) => Pick<NewRecipient, 'name' | 'locale' | 'identifiers'>
  /** A document that the service takes; each index gives other bytes. */
  readonly document: (index: number) => {
    readonly bytes: Uint8Array
    readonly document: Omit<EnvelopeDocument, 'id' | 'position' | 'sha256' | 'size'>
  }
  readonly verifier: Verifier
  /**
   * `true`: data that the verifier needs cannot be had (an OCSP responder is away), so that good
   * signatures are INDETERMINATE; `false`: it can again.
   */
  readonly withholdTrust: (withheld: boolean) => void
  /** Where the provider's outgoing calls arrive. Providers that make none leave it out. */
  readonly network?: typeof fetch | undefined
  /**
   * Which calls of an attempt have an effect; all when absent. What is only asked (a token, whether it is
   * there already) may be asked as often as it takes.
   */
  readonly hasEffect?:
    | ((call: { readonly method: string; readonly url: string }) => boolean)
    | undefined
  readonly counterpart: Counterpart
  /** Whether the sending organisation's key waits for its clerk; unattended when absent. */
  readonly sealKey?: SealKey | undefined
  /** Makes seals of the sending organisation, for providers that want them. */
  readonly sealItem?: ((bytes: Uint8Array, format: string) => Uint8Array) | undefined
  readonly close?: (() => Promise<void>) | undefined
}

export type ContractWorld = {
  readonly clock: TestClock
  /** Base of every address that Muhr hands out, e.g. `https://muhr.test`. */
  readonly publicUrl: string
}

/** What a provider hands to `providerContract`. */
export type ProviderContract = {
  readonly name: string
  readonly create: (world: ContractWorld) => Promise<ContractSubject> | ContractSubject
}
