import type { Catalogue } from '../message.ts'
import type { CommonKey } from './ru.ts'

export const commonKk = {
  'app.skip': 'Мазмұнға өту',
  'app.languages': 'Тіл',
  'strip.name': 'Сынақ режимі',
  'strip.text': 'Сынақ кілттері мен қызмет имитаторлары. Қолтаңбалардың заңды күші жоқ.',
  'strip.report': 'Сынақ сенім түбірлері бойынша тексерілді. Мұндай хаттама сотқа жарамайды.',
  'strip.phone': 'Телефонды ашу',

  'state.draft': 'Жоба',
  'state.waiting': 'Кезегін күтуде',
  'state.sealing': 'Жіберушінің қолтаңбасы қажет',
  'state.dispatching': 'Жіберілуде',
  'state.sent': 'Жіберілді',
  'state.viewed': 'Ашылды',
  'state.received': 'Қолтаңба тексерілуде',
  'state.held': 'Қолтаңба сәйкес, дерек жетпейді',
  'state.signed': 'Қол қойылды',
  'state.completed': 'Аяқталды',
  'state.declined': 'Бас тартты',
  'state.expired': 'Мерзімі өтті',
  'state.voided': 'Қайтарып алынды',
  'state.unknown': 'Нақтылануда',
  'state.mismatch': 'Басқа қолтаңба',
  'state.failed': 'Сәтсіз',
  'state.passed': 'Қолтаңба жарамды',
  'state.indeterminate': 'Дерек жеткіліксіз',
  'state.refuted': 'Қолтаңба жарамсыз',

  'id.snils': 'СНИЛС',
  'id.inn': 'ИНН',
  'id.ogrn': 'ОГРН',
  'id.iin': 'ЖСН',
  'id.bin': 'БСН',
  'id.pinfl': 'ПИНФЛ',
  'id.uzInn': 'СТИР',
  'id.masked': 'соңғы цифрлары {digits}',

  'hash.copy': 'Хешті көшіру',
  'action.copy': 'Көшіру',
  'action.retry': 'Қайталау',
  'action.cancel': 'Болдырмау',
  'action.close': 'Жабу',
  'action.refresh': 'Жаңарту',
  'toast.copied': 'Көшірілді',
  'toast.copyFailed': 'Көшіру мүмкін болмады: браузер рұқсат бермеді',

  'qr.renew': 'Жаңа код',
  'qr.expired': 'Кодтың мерзімі өтті',
  'qr.expiredAt': 'Кодтың мерзімі {time} өтті',
  'qr.left': 'Код **{time}** кейін өзі жаңарады',
  'qr.left.60': 'Код бір минуттан кейін өзі жаңарады',
  'qr.left.10': 'Код 10 секундтан кейін өзі жаңарады',

  'live.lost': '**Байланыс жоқ, деректер {time} жағдайы бойынша.** Өзіміз қалпына келтіреміз.',

  'fault.network.lost': '**Сервер жауап бермейді.** Желіні тексеріп, қайталаңыз.',
  'fault.page.failed':
    '**Бет ашылмады.** Оны жаңартыңыз; қайталанса, төмендегі кодты әкімшіге беріңіз.',
  'fault.not-found': '**Мұнда ештеңе жоқ.** Мекенжайды тексеріңіз немесе тізімге оралыңыз.',
  'fault.forbidden': '**Бұл әрекетке құқық жоқ.** Ұйым иесінен сұраңыз.',
  'fault.too-many': '**Сұрау тым көп.** Бір минут күтіп, қайталаңыз.',
  'fault.server':
    '**Серверде ақау бар.** Деректер сақтаулы. Қайталаңыз; қайта шықса, төмендегі кодты әкімшіге беріңіз.',
  'fault.other': '**Орындалмады.** {advice}',
  'fault.request': 'сұрау {id}',
} as const satisfies Catalogue<CommonKey>
