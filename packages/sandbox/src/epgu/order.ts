import type { EsiaUser } from '../esia/accounts.ts'
import type { RecipientQuery } from './recipients.ts'
import type { Service } from './services.ts'

/** States of the gateway before the portal has the order (ru-epgu-goskey §4.3). */
export type GatewayState =
  | 'NEW'
  | 'FILES_VERIFICATION'
  | 'FILES_VERIFICATION_SUCCESS'
  | 'DONE'
  | 'INVALID_FILES_STRUCTURE'
  | 'VALIDATION_ERROR'
  | 'REQ_NOT_FOUND'
  | 'MPC_NOT_FOUND'
  | 'REQ_VERIFY_FAILED'
  | 'FILES_VERIFICATION_FAILED'
  | 'INTERNAL_ERROR'

/** A line of the status history. */
export type OrderStatus = {
  readonly id: number
  readonly statusId: number
  readonly title: string
  /** ms */
  readonly at: number
  readonly isFinal: boolean
  readonly hasResult: boolean
  readonly canCancel: boolean
  readonly stateOrgStatusCode: string
  readonly stateOrgStatusId?: number
  readonly comment: string
}

/** A file that was sent, or one of the result; `path` is where it lies. */
export type OrderFile = {
  readonly fileName: string
  /** Last but one segment of its link; not always the name (ru-epgu-goskey §5.6). */
  readonly mnemonic: string
  readonly size: number
  readonly mimeType: string
  /** Came with a signature of the sender. */
  readonly hasSignature: boolean
  readonly path: string
}

export type Order = {
  readonly id: number
  readonly user: EsiaUser
  readonly service: Service
  readonly region: string
  readonly messageId: string
  readonly folder: string
  readonly createdAt: number
  /** `failed`: by the gateway. */
  stage: 'reserved' | 'processing' | 'failed' | 'portal'
  gateway: { readonly code: GatewayState; readonly message: string | null }
  requestedAt: number
  history: readonly OrderStatus[]
  attachments: readonly OrderFile[]
  results: readonly OrderFile[]
  /** Of Goskey: to whom it goes, until when, and what it is called. */
  request?: GoskeyRequest
}

/** What req.xml of Goskey says. */
export type GoskeyRequest = {
  readonly profile: '1.8' | '1.9'
  readonly namespace: string
  readonly recipient: RecipientQuery
  readonly description: string
  /** ms; absent where the value is ignored. */
  readonly expiresAt?: number
}

/** Is the last status a final one? */
export function isClosed({ history }: Order): boolean {
  return history.at(-1)?.isFinal ?? false
}
