/** Where a portal status stands on the way of an order.. */
export type PortalStage =
  | 'draft'
  | 'pending'
  | 'needs-answer'
  | 'done'
  | 'refused'
  | 'failed'
  | 'cancelled'

export type PortalStatus = {
  readonly stage: PortalStage
  /** Whether nothing follows it. */
  readonly isFinal: boolean
  /** One of the names seen, in Russian; names vary, so decide by id alone. */
  readonly nameSeen: string
}

/** Portal status ids of all services (spec §4.6); 9 and 10 are from a note of a third party. */
export const portalStatuses: ReadonlyMap<number, PortalStatus> = new Map<number, PortalStatus>([
  [0, { stage: 'draft', isFinal: false, nameSeen: 'Черновик заявления' }],
  [1, { stage: 'pending', isFinal: false, nameSeen: 'Принято ведомством' }],
  [2, { stage: 'pending', isFinal: false, nameSeen: 'Заявление получено ведомством' }],
  [3, { stage: 'done', isFinal: true, nameSeen: 'Исполнено' }],
  [4, { stage: 'refused', isFinal: true, nameSeen: 'Отказ' }],
  [5, { stage: 'failed', isFinal: true, nameSeen: 'Ошибка отправки в ведомство' }],
  [9, { stage: 'pending', isFinal: false, nameSeen: 'Отмена в процессе' }],
  [10, { stage: 'cancelled', isFinal: true, nameSeen: 'Отменено' }],
  [14, { stage: 'needs-answer', isFinal: false, nameSeen: 'Ожидание сведений' }],
  [15, { stage: 'needs-answer', isFinal: false, nameSeen: 'Заявление требует исправления' }],
  [17, { stage: 'pending', isFinal: false, nameSeen: 'Заявление в очереди на отправку' }],
  [21, { stage: 'pending', isFinal: false, nameSeen: 'Заявление отправлено в ведомство' }],
  [22, { stage: 'failed', isFinal: true, nameSeen: 'Ошибка доставки заявления' }],
  [24, { stage: 'failed', isFinal: true, nameSeen: 'Ошибка обработки заявления' }],
])
