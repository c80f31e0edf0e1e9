import { GOSKEY_NAMESPACES } from './schemas/goskey-schemas.ts'
import { noticeSchema } from './schemas/notice-schema.ts'

/** What a service of the portal asks for. */
export type Service = {
  readonly code: string
  readonly kind: 'goskey' | 'notice'
  readonly name: string
  readonly passportId: string
  /** Namespaces of req.xml that go with the service code. */
  readonly namespaces: readonly string[]
  /** Most documents in an archive, by the profile of req.xml. */
  readonly maxDocuments: { readonly '1.8': number; readonly '1.9': number }
  readonly canCancel: boolean
  /** The order number stands inside the XML: a number must be reserved first. */
  readonly needsOrderNumber: boolean
}

const GOSKEY = {
  kind: 'goskey',
  passportId: '600374',
  maxDocuments: { '1.8': 15, '1.9': 20 },
  canCancel: false,
  needsOrderNumber: false,
} as const

/** The services of Goskey (ru-epgu-goskey §5.1), and one of our own that is none. */
export const services: readonly Service[] = Object.freeze([
  {
    ...GOSKEY,
    code: '10000000374',
    name: 'Отправка документов на подпись для организаций',
    namespaces: [GOSKEY_NAMESPACES.unep, GOSKEY_NAMESPACES.ukep],
  },
  {
    ...GOSKEY,
    code: '60025907',
    name: 'Отправка документов на подпись юридическому лицу',
    namespaces: [GOSKEY_NAMESPACES.legal],
  },
  {
    ...GOSKEY,
    code: '60080470',
    name: 'Отправка документов на подпись сертификатом казначейства',
    namespaces: [GOSKEY_NAMESPACES.roskazna],
    maxDocuments: { '1.8': 50, '1.9': 50 },
  },
  {
    code: '60099901',
    kind: 'notice',
    name: 'TEST Подача уведомления (услуга песочницы)',
    passportId: '600999',
    namespaces: [noticeSchema.namespace],
    maxDocuments: { '1.8': 20, '1.9': 20 },
    canCancel: true,
    needsOrderNumber: true,
  },
])

export function findService(code: string): Service | undefined {
  return services.find((each) => each.code === code)
}
