import type { JsonRecord } from '@muhr/http'
import type { FileAddress } from './file-address.ts'
import type { OrderId } from './order-id.ts'
import type { ProcessingState } from './processing-states.ts'

/** The answer to order details: where the request stands, and the order once there is one (spec §4.1). */
export type OrderDetails = {
  /** As written by the gateway: `OK`, or a state of spec §4.3. */
  readonly code: string
  /** The same, when it is one that has a meaning here. */
  readonly processingState: ProcessingState | undefined
  readonly message: string | undefined
  /** Of SMEV; `messageId` or `message_id` on the wire. */
  readonly messageId: string | undefined
  /** Absent before the portal has made the order. */
  readonly order: Order | undefined
}

/** An order of the portal. What has no field here stands in `raw`. */
export type Order = {
  readonly id: OrderId
  /** Decide by it and by `stateOrgStatusCode`, never by names (spec §4.6). */
  readonly statusId: number
  readonly statusName: string | undefined
  readonly stateOrgStatusCode: string | undefined
  readonly stateOrgStatusName: string | undefined
  /** A final status was reached. */
  readonly isClosed: boolean
  /** Object id of result files (spec §4.2). */
  readonly currentStatusHistoryId: string | undefined
  readonly currentStatus: OrderStatus | undefined
  /** Oldest first. */
  readonly statuses: readonly OrderStatus[]
  readonly responseFiles: readonly OrderFile[]
  readonly attachmentFiles: readonly OrderFile[]
  readonly serviceCode: string | undefined
  readonly targetCode: string | undefined
  readonly serviceName: string | undefined
  readonly region: string | undefined
  readonly orderedAt: Date | undefined
  readonly requestedAt: Date | undefined
  readonly updatedAt: Date | undefined
  /** The whole inner object as it came. */
  readonly raw: JsonRecord
}

/** One line of the status history. */
export type OrderStatus = {
  readonly id: string
  readonly statusId: number
  readonly title: string | undefined
  readonly at: Date | undefined
  readonly isFinal: boolean
  /** `R` when files came with it. The flag `hasResult` of the order itself stays false. */
  readonly hasFiles: boolean
  readonly isCancelAllowed: boolean
  readonly comment: string | undefined
  readonly sender: string | undefined
  readonly stateOrgStatusCode: string | undefined
  readonly stateOrgStatusDescription: string | undefined
  readonly stateOrgStatusId: number | undefined
  readonly raw: JsonRecord
}

/** A file of an order, sent or received. */
export type OrderFile = {
  readonly fileName: string
  readonly sizeBytes: number | undefined
  readonly mediaType: string | undefined
  readonly hasDigitalSignature: boolean
  readonly id: string | undefined
  readonly link: string | undefined
  /** From the link: what to download it by. Undefined when the link is of another form. */
  readonly address: FileAddress | undefined
  /** `REQUEST` or `ATTACHMENT`, of sent files. */
  readonly type: string | undefined
  readonly raw: JsonRecord
}
