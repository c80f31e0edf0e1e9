/** How a Goskey order ends (ru-epgu-goskey §5.5); titles of errors and ids beyond 56992 are assumed. */
export const OUTCOMES = {
  DONE: { statusId: 3, code: 'done', id: 56_990, title: 'Документы подписаны' },
  SIGN_REJECT: {
    statusId: 4,
    code: 'sign_reject',
    id: 56_991,
    title: 'Получен отказ от подписания документов',
  },
  EXPIRED: {
    statusId: 4,
    code: 'expired',
    id: 56_992,
    title: 'Истекло время подписания документов',
  },
  REQUEST_ERROR: {
    statusId: 5,
    code: 'request_error',
    id: 56_993,
    title: 'Внутренняя ошибка при обработке заявления',
  },
  STATE_EDS_NO_ANSWER: {
    statusId: 5,
    code: 'state_eds_no_answer',
    id: 56_994,
    title: 'Подпись отправителя не проверена в отведённое время',
  },
  SNILS_NOT_FOUND: {
    statusId: 5,
    code: 'snils_not_found',
    id: 56_995,
    title: 'Пользователь не найден',
  },
} as const

export type Outcome = keyof typeof OUTCOMES

/** Status names of the portal that are not outcomes (ru-epgu-goskey §4.6). */
export const PORTAL_TITLES = {
  0: 'Черновик заявления',
  1: 'Принято ведомством',
  2: 'Заявление получено ведомством',
  3: 'Услуга оказана',
  4: 'Отказ в предоставлении услуги',
  10: 'Заявление отменено',
  17: 'Заявление в очереди на отправку',
  21: 'Заявление отправлено в ведомство',
} as const

/** Every title, so that columns keep a number; 0 stands for an order that the portal does not know. */
export const TITLES: readonly string[] = Object.freeze([
  '',
  ...new Set([
    ...Object.values(PORTAL_TITLES),
    ...Object.values(OUTCOMES).map(({ title }) => title),
  ]),
])

export function titleNumber(title: string): number {
  return TITLES.indexOf(title)
}
