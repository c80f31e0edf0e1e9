/** What ESIA answers instead of a token (ru-epgu-goskey §1, table 92 of the guide v3.48). */
export const ESIA_CODES = {
  'ESIA-005002': { status: 400, message: 'Подпись запроса неверна или сделана не над этим ключом' },
  'ESIA-005027': {
    status: 403,
    message: 'В настройках системы указаны неизвестные области доступа',
  },
  'ESIA-020000': { status: 400, message: 'Неверные параметры запроса' },
  'ESIA-037213': { status: 403, message: 'Срок действия API-ключа истёк' },
  'ESIA-037214': { status: 403, message: 'API-ключ заблокирован' },
  'ESIA-037215': { status: 403, message: 'Сотрудник, выпустивший API-ключ, заблокирован' },
  'ESIA-037216': { status: 403, message: 'Сотрудник, которому выпущен API-ключ, заблокирован' },
  'ESIA-037217': {
    status: 403,
    message:
      'У выпустившего API-ключ нет действующей доверенности на выпуск ключей для этой системы',
  },
  'ESIA-037218': { status: 404, message: 'API-ключ не найден' },
  'ESIA-037219': { status: 403, message: 'Сотрудник, которому выпущен API-ключ, не найден' },
  'ESIA-038000': { status: 403, message: 'Организация API-ключа не найдена' },
} as const

export type EsiaCode = keyof typeof ESIA_CODES

/** All codes, in order. */
export const esiaCodes = Object.keys(ESIA_CODES) as readonly EsiaCode[]
