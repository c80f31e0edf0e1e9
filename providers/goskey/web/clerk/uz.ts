import type { GoskeyClerkKey } from './ru.ts'

export const uz = {
  'signing.sealing':
    '**Paket yuboruvchi imzosini kutmoqda.** Serverdagi kalit oʻzi imzolaydi; xodimning kaliti tasdiqni kutadi.',
  'signing.dispatching':
    '**Paket Gosuslugi navbatida.** Kvota imkon berishi bilan oʻzimiz yuboramiz.',
  'signing.leaves':
    '**Paket Gosuslugi navbatida.** Taxminan {time} da ketadi: undan oldin kvota yoʻl qoʻymaydi.',
  'signing.sent':
    '**Gosuslugi qabul qildi.** Hujjatlar Госключ ilovasida yoki yoʻlda; imzoni {time} gacha kutamiz.',
  'signing.expired':
    '**Imzolash muddati oʻtdi.** Госключ soʻrovni 24 soat saqlaydi. Hujjatlarni qayta yuboring.',
  'row.sealing': '{name}: paket navbatini yoki yuboruvchi imzosini kutmoqda',
  'row.dispatching': '{name}: Gosuslugi navbatida',
  'row.sent': '{name}: Госключ ilovasida imzo kutmoqda',
  'row.expired': '{name}: bir sutkada imzolanmadi. Qayta yuboring.',
  'event.signing.sealing': 'Paket yuboruvchi imzosini kutmoqda: {name}',
  'event.signing.dispatching': 'Gosuslugi navbatida: {name}',
  'event.signing.sent': 'Gosuslugi qabul qildi, Госключ ilovasida kutmoqda: {name}',
  'event.request.claimed': 'Gosuslugiga murojaat qilyapmiz',
  'event.request.reserved': 'Gosuslugi ariza raqamini berdi',
  'event.request.opened': 'Paket Gosuslugiga yuklandi',
  'window.until': 'Госключ soʻrovni **{time}** gacha saqlaydi. Keyin qayta yuborish mumkin.',
  'void.note':
    'Госключdan soʻrov qaytarib olinmaydi: hujjatlar ilovada {time} gacha qoladi. Imzo kelsa, saqlanadi va hech narsani yakunlamaydi.',
  'quota.wait':
    'taxminan {time} da ketadi: Gosuslugi har bir API-Keydan 10 daqiqada 20 ta ariza qabul qiladi.',
} as const satisfies Readonly<Record<GoskeyClerkKey, string>>
