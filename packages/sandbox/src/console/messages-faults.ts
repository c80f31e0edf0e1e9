import type { FaultMode } from '../egov-mobile/fault-modes.ts'
import type { Message } from './messages.ts'

/** What the phone will do, in words for the select on the page. */
export const faultMessages = {
  'fault.none': {
    ru: 'Подпишет правильно',
    kk: 'Дұрыс қол қояды',
    uz: 'Toʻgʻri imzolaydi',
    en: 'Signs correctly',
  },
  'fault.cancel': {
    ru: 'Вернёт документы без подписи',
    kk: 'Құжаттарды қолтаңбасыз қайтарады',
    uz: 'Hujjatlarni imzosiz qaytaradi',
    en: 'Returns the documents unsigned',
  },
  'fault.cancel-with-status': {
    ru: 'Откажется: status CANCELED',
    kk: 'Бас тартады: status CANCELED',
    uz: 'Rad etadi: status CANCELED',
    en: 'Declines: status CANCELED',
  },
  'fault.wrong-token': {
    ru: 'Пришлёт чужой токен',
    kk: 'Бөтен токен жібереді',
    uz: 'Begona token yuboradi',
    en: 'Sends another token',
  },
  'fault.changed-id': {
    ru: 'Сменит номер документа',
    kk: 'Құжат нөмірін өзгертеді',
    uz: 'Hujjat raqamini oʻzgartiradi',
    en: 'Changes a document id',
  },
  'fault.swapped-documents': {
    ru: 'Поменяет документы местами',
    kk: 'Құжаттардың орнын ауыстырады',
    uz: 'Hujjatlar oʻrnini almashtiradi',
    en: 'Swaps the documents',
  },
  'fault.other-bytes': {
    ru: 'Подпишет другой файл',
    kk: 'Басқа файлға қол қояды',
    uz: 'Boshqa faylni imzolaydi',
    en: 'Signs another file',
  },
  'fault.wrong-byte-order': {
    ru: 'Перевернёт байты подписи ГОСТ',
    kk: 'ГОСТ қолтаңбасының байттарын аударады',
    uz: 'GOST imzosi baytlarini teskari yozadi',
    en: 'Reverses the bytes of a GOST signature',
  },
  'fault.foreign-ca': {
    ru: 'Подпишет ключом чужого УЦ',
    kk: 'Бөтен КО кілтімен қол қояды',
    uz: 'Begona markaz kaliti bilan imzolaydi',
    en: 'Signs with a key of a foreign CA',
  },
  'fault.expired-certificate': {
    ru: 'Подпишет истёкшим ключом',
    kk: 'Мерзімі өткен кілтпен қол қояды',
    uz: 'Muddati oʻtgan kalit bilan imzolaydi',
    en: 'Signs with an expired key',
  },
  'fault.revoked-certificate': {
    ru: 'Подпишет отозванным ключом',
    kk: 'Қайтарып алынған кілтпен қол қояды',
    uz: 'Bekor qilingan kalit bilan imzolaydi',
    en: 'Signs with a revoked key',
  },
  'fault.auth-certificate': {
    ru: 'Подпишет ключом для входа',
    kk: 'Кіру кілтімен қол қояды',
    uz: 'Kirish kaliti bilan imzolaydi',
    en: 'Signs with the key for logging in',
  },
  'fault.other-person': {
    ru: 'Подпишет другой человек',
    kk: 'Басқа адам қол қояды',
    uz: 'Boshqa odam imzolaydi',
    en: 'Another person signs',
  },
  'fault.missing-timestamp': {
    ru: 'Не поставит метку времени',
    kk: 'Уақыт белгісін қоймайды',
    uz: 'Vaqt belgisini qoʻymaydi',
    en: 'Leaves the time-stamp out',
  },
  'fault.timestamp-over-content': {
    ru: 'Поставит метку не на подпись',
    kk: 'Белгіні қолтаңбаға қоймайды',
    uz: 'Belgini imzoga qoʻymaydi',
    en: 'Stamps the document, not the signature',
  },
  'fault.double-put': {
    ru: 'Пришлёт ответ дважды',
    kk: 'Жауапты екі рет жібереді',
    uz: 'Javobni ikki marta yuboradi',
    en: 'Sends the answer twice',
  },
  'fault.double-put-at-once': {
    ru: 'Пришлёт два ответа сразу',
    kk: 'Екі жауапты бірден жібереді',
    uz: 'Ikki javobni birdan yuboradi',
    en: 'Sends two answers at once',
  },
  'fault.double-put-changed': {
    ru: 'Вторым ответом пришлёт другую подпись',
    kk: 'Екінші жауаппен басқа қолтаңба жібереді',
    uz: 'Ikkinchi javobda boshqa imzo yuboradi',
    en: 'Sends another signature second',
  },
  'fault.slow-put': {
    ru: 'Будет отправлять 10 с',
    kk: '10 с бойы жібереді',
    uz: '10 s davomida yuboradi',
    en: 'Takes 10 s to send',
  },
  'fault.truncated-body': {
    ru: 'Обрежет ответ',
    kk: 'Жауапты қысқартады',
    uz: 'Javobni qirqadi',
    en: 'Cuts the answer short',
  },
  'fault.dropped-connection': {
    ru: 'Оборвёт соединение',
    kk: 'Байланысты үзеді',
    uz: 'Aloqani uzadi',
    en: 'Drops the connection',
  },
  'fault.lower-case-fields': {
    ru: 'Напишет поля строчными',
    kk: 'Өрістерді кіші әріппен жазады',
    uz: 'Maydonlarni kichik harfda yozadi',
    en: 'Writes field names in lower case',
  },
  'fault.object-instead-of-string': {
    ru: 'Пришлёт объект вместо строки',
    kk: 'Жолдың орнына объект жібереді',
    uz: 'Satr oʻrniga obyekt yuboradi',
    en: 'Sends an object for a string',
  },
} as const satisfies Readonly<Record<`fault.${FaultMode | 'none'}`, Message>>
