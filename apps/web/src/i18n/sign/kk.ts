import type { Catalogue } from '../message.ts'
import type { SignKey } from './ru.ts'

export const signKk = {
  'sign.tab': 'Құжаттарға қол қою',
  'sign.asks': {
    one: 'Сізден {count} құжатқа қол қоюды сұрайды',
    other: 'Сізден {count} құжатқа қол қоюды сұрайды',
  },
  'sign.bin': 'БСН {bin}',
  'sign.signer': 'Қол қоюшы: **{name}**',
  'sign.until': 'соңғы мерзімі: {time}',
  'sign.envelope': 'Конверт: «{title}»',
  'sign.read': 'Оқу',
  'sign.read.label': 'Оқу: {name}',
  'sign.exact':
    'Қолтаңба осы файлдардың дәл өзіне қойылады: кейін бір таңба өзгерсе де, тексеру оны көрсетеді.',
  'sign.hashes': 'Файлдардың бақылау сомалары',
  'sign.decline': 'Қол қоюдан бас тарту…',
  'sign.notMe': 'Бұл мен емеспін',
  'sign.verify': 'Қолтаңбаны тексеру',

  'sign.waiting': 'Әзірге сіздің кезегіңіз емес',
  'sign.waiting.more': 'Алдымен басқалар қол қояды. Кезегіңіз келгенде бет өзі жаңарады.',
  'sign.preparing': 'Қол қоюды дайындап жатырмыз',
  'sign.preparing.more': 'Әдетте бірнеше секунд.',
  'sign.renewing': 'Жаңа код дайындалуда',
  'sign.checking': 'Қолтаңба тексерілуде',
  'sign.checking.more': 'Әдетте бірнеше секунд. Нәтиже осында шығады.',
  'sign.held': 'Қолтаңба сәйкес, деректер күтілуде',
  'sign.held.more':
    'Куәландырушы орталық әзірге жауап бермеді. Өзіміз қайта тексереміз; сізден ештеңе қажет емес.',
  'sign.signed': 'Қол қойылды',
  'sign.signed.more': 'Тексерілді: {time}',
  'sign.signed.by': 'Сертификат бойынша: **{name}**',
  'sign.signed.accepted': 'Қолтаңбаны жіберуші қабылдады',
  'sign.signed.next': 'Басқа ештеңе қажет емес. Бетті жабуға болады.',
  'sign.copies': 'Сіздің данаңыз',
  'sign.copy.document': 'Құжат',
  'sign.copy.signature': 'Қолтаңба',
  'sign.copy.document.label': 'Құжатты жүктеу: {name}',
  'sign.copy.signature.label': 'Қолтаңбаны жүктеу: {name}',
  'sign.declined': 'Бас тарту жазылды',
  'sign.declined.more':
    'Жіберуші бас тартуды және себебін көреді. Бұл сілтемемен енді қол қоюға болмайды.',
  'sign.expired': 'Қол қою мерзімі өтті',
  'sign.expired.more': 'Қол қою үшін жіберушіден жаңа конверт сұраңыз: {organisation}.',
  'sign.voided': 'Қол қою тоқтатылды',
  'sign.voided.more':
    'Жіберуші құжаттарды қайтарып алды немесе қол қоюшылардың бірі бас тартты. Қол қоюдың қажеті жоқ.',
  'sign.failed': 'Қол қою іске аспады',
  'sign.failed.more': 'Бұл сіздің кінәңіз емес. Жіберушіден жаңа конверт сұраңыз: {organisation}.',
  'sign.codeOver': 'Кодтың мерзімі өтті',
  'sign.codeOver.more': 'Жаңа код бір секундта дайын болады.',
  'sign.newCode': 'Жаңа код алу',

  'sign.attention.content':
    '**Басқа құжаттарға қол қойылған.** Кодты қайта сканерлеп, осы беттегі құжаттарға қол қойыңыз.',
  'sign.attention.person':
    '**Бұл басқа адамның қолтаңбасы.** Өз нөміріңіз жазылған кілтпен қол қойыңыз: {id}.',
  'sign.attention.verifier':
    '**Қолтаңба тексеруден өтпеді.** Сертификатыңыздың жарамдылығын тексеріп, қайта қол қойыңыз.',
  'sign.attention.format': '**Қолтаңба бүлініп келді.** Қайта қол қойыңыз.',

  'sign.decline.title': 'Қол қоюдан бас тарту',
  'sign.decline.text':
    'Конверт барлығы үшін тоқтайды. Бас тарту мен себебін жіберуші көреді: {organisation}.',
  'sign.decline.reason': 'Себебі',
  'sign.decline.optional': 'міндетті емес',
  'sign.decline.confirm': 'Қол қоюдан бас тарту',
  'sign.notMe.title': 'Сілтеме сізге арналмаған ба?',
  'sign.notMe.text':
    'Ол мына адамға берілген: **{name}**. Бұл сіз болмасаңыз, қол қоймаңыз. Бетті жабыңыз немесе жіберушіге хабарлаңыз: сонда қол қою барлығы үшін тоқтайды.',
  'sign.notMe.confirm': 'Хабарлау және тоқтату',
  'sign.notMe.reason': 'Сілтеме басқа адамға келді',

  'sign.dead': 'Сілтеме жарамсыз',
  'sign.dead.more': 'Оның толық көшірілгенін тексеріңіз немесе жіберушіден жаңасын сұраңыз.',
  'sign.say.viewed': 'Құжаттар қолданбада ашылды',
} as const satisfies Catalogue<SignKey>
