import type { EgovMobileMessageKey } from './ru.ts'

export const kk: Readonly<Record<EgovMobileMessageKey, string>> = {
  'refusal.malformed-body': 'Қолданбаның жауабы оқылмады. Кодты қайта сканерлеңіз.',
  'refusal.unauthenticated': 'Құжаттарға рұқсат жоқ. Кодты қайта сканерлеңіз.',
  'refusal.signature-invalid': 'Қолтаңба тексеруден өтпеді. Қайта қол қойыңыз.',
  'refusal.signature-unreadable': 'Қолтаңба оқылмады. Қайта қол қойыңыз.',
  'refusal.signature-missing': 'Құжат қолтаңбасыз қайтты. Қайта қол қойыңыз.',
  'refusal.other-content':
    'Басқа құжатқа қол қойылған. Кодты сканерлеп, көрсетілгеніне қол қойыңыз.',
  'refusal.other-person': 'Басқа адамның қолтаңбасы. Құжат кімге жіберілсе, сол қол қоюы керек.',
  'refusal.certificate-expired': 'Сертификаттың мерзімі өтті. Жарамды кілтті таңдаңыз.',
  'refusal.certificate-revoked': 'Сертификат қайтарып алынған. Жарамды кілтті таңдаңыз.',
  'refusal.certificate-untrusted': 'Сертификатты белгісіз орталық берген. ҚР ҰКО кілтін таңдаңыз.',
  'refusal.certificate-purpose': 'Бұл кілт құжатқа қол қоюға арналмаған. Қол қою кілтін таңдаңыз.',
  'refusal.timestamp-missing': 'Қолтаңбада дұрыс уақыт белгісі жоқ. Қайта қол қойыңыз.',
  'refusal.check-unavailable':
    'Қолтаңбаны әзірге тексеру мүмкін емес. Бірнеше минуттан кейін қайталаңыз.',
  'refusal.documents-changed': 'Басқа құжаттар қайтты. Кодты қайта сканерлеңіз.',
  'refusal.sign-method-changed': 'Қол қою тәсілі өзгерген. Кодты қайта сканерлеңіз.',
  'refusal.unknown-session': 'Сұрау табылмады. Жіберушіден жаңа код сұраңыз.',
  'refusal.method-not-allowed':
    'Мұндай сұрау қабылданбайды. eGov Mobile қолданбасын жаңартып, қайталаңыз.',
  'refusal.already-signed': 'Құжаттарға қол қойылған. Ештеңе істеудің қажеті жоқ.',
  'refusal.expired': 'Кодтың мерзімі өтті. Жаңа кодты сканерлеңіз.',
  'refusal.canceled': 'Қол қою тоқтатылды. Жіберушіден жаңа код сұраңыз.',
  'refusal.replaced': 'Бұл код енді жарамсыз. Әрі қарай қол қою бетінен қараңыз.',
  'refusal.withdrawn': 'Құжаттар қайтарып алынды. Жіберушіден сұраңыз.',
  'refusal.too-large': 'Қолданбаның жауабы тым үлкен. Жіберушіге хабарлаңыз.',
  'refusal.unavailable': 'Сервис уақытша қолжетімсіз. Бір минуттан кейін қайталаңыз.',

  'plan.method.not-supported':
    'eGov Mobile үшін мұндай тәсіл бізде жоқ. CMS_WITH_DATA немесе CMS_SIGN_ONLY таңдаңыз.',
  'plan.sender.name':
    'Ұйымның атауы жоқ. Оны енгізіңіз: қолданба қолтаңбаны кім сұрайтынын көрсетеді.',
  'plan.sender.bin':
    'Ұйымның БСН-і жоқ. 12 цифр енгізіңіз: қолданба қолтаңбаны кім сұрайтынын көрсетеді.',
  'plan.recipient.identifier':
    'Алушының ЖСН-і немесе БСН-і көрсетілмеген. Нөмірсіз кімнің қолтаңбасы келгенін білу мүмкін емес.',
  'plan.document.none': 'Құжат жоқ. Кемінде біреуін қосыңыз.',
  'plan.document.too-many': 'Құжат тым көп. Бір жолы 100-ден асырмай жіберіңіз.',
  'plan.document.too-large': 'Құжаттар телефон үшін тым үлкен. Барлығы 100 МиБ-тан аспауы керек.',
  'plan.document.empty': 'Файл бос. Оны қайта қосыңыз.',
  'plan.document.type':
    'eGov Mobile тек PDF пен қарапайым мәтінді көрсетеді. Құжатты PDF етіп сақтаңыз.',
  'plan.deadline.past': 'Мерзім өтіп кеткен. Болашақ уақытты қойыңыз.',

  'connection.auth': 'Құжаттарға рұқсат',
  'connection.auth.hint': 'Token: қолданба токен көрсетеді. None: мекенжайдың өзі жеткілікті.',
  'connection.linkLifeSeconds': 'Кодтың мерзімі, секунд',
  'connection.linkLifeSeconds.hint': '30-дан 86400-ге дейін. Кейін код жаңасына ауысады.',
  'connection.launcher': 'Телефонға арналған сілтеме',
  'connection.launcher.hint':
    'm.egov.kz қазір жұмыс істейді; page.link 2025 жылы өшірілген, тек ескі нұсқаларға керек.',
  'connection.encoder': 'Сілтемедегі мекенжайды кодтау',
  'connection.encoder.hint': 'seed: eGov Mobile құжаттамасындағыдай.',
  'connection.pdfMime': 'PDF белгісі',
  'connection.pdfMime.hint': '@file/pdf белгісін қолданбаның ескі нұсқалары түсінеді.',
  'connection.otherTypes': 'Қолданба көрсетпейтін құжаттар',
  'connection.otherTypes.hint': 'Олар жіберілсе, көрмей қол қойылады.',
  'connection.whenIndeterminate': 'Тексеруге дерек жетпегенде',
  'connection.whenIndeterminate.hint':
    'Бас тарту немесе қабылдап, кейін тексеру. Қол қоюды тек тексеру аяқтайды.',
  'connection.success': 'Сәтті өткені туралы жауап',
  'connection.success.hint': 'JSON немесе бір ғана success сөзі.',
  'connection.leadBack': 'Қол қою бетіне қайтару',
  'connection.leadBack.hint': 'Қолданба backUrl мекенжайына оралуды ұсынады.',
  'connection.cancelStatus': 'Бас тартуға жауап коды',
  'connection.cancelStatus.hint': 'Құжаттамада аталмаған; әдетте 200.',
  'fault.connection.not-object': 'Баптаулар объект емес. Оларды JSON объектісімен беріңіз.',
  'fault.connection.unknown-setting': 'Мұндай баптау жоқ. Атауын тексеріңіз.',
  'fault.connection.choice': 'Тізімнен мән таңдаңыз.',
  'fault.connection.seconds': '30-дан 86400-ге дейін бүтін секунд санын беріңіз.',
  'fault.connection.launcher':
    'Тізімнен сілтеме таңдаңыз немесе мекенжайға бір орны бар https үлгісін беріңіз.',
  'connection.launcher.m-egov-kz': 'm.egov.kz, қазір жұмыс істейді',
  'connection.launcher.seed-page-link': 'page.link, ескі нұсқаларға',
  'connection.otherTypes.refuse': 'жібермеу',
  'connection.otherTypes.send': 'сол күйінде жіберу',
  'connection.whenIndeterminate.refuse': 'бас тарту',
  'connection.whenIndeterminate.accept-and-recheck': 'қабылдап, кейін тексеру',

  'doctor.url.passed': 'Жария мекенжай eGov Mobile үшін жарайды.',
  'doctor.url.loopback':
    'Мекенжай тек осы компьютерде көрінеді. Телефон үшін MUHR_PUBLIC_URL айнымалысына https мекенжайын қойыңыз; имитаторға осы да жетеді.',
  'doctor.url.scheme':
    'eGov Mobile тек https ашады. MUHR_PUBLIC_URL айнымалысына https мекенжайын қойыңыз.',
  'doctor.url.invalid':
    'Жария мекенжай QR-кодқа жарамайды. MUHR_PUBLIC_URL мәнін https://атау түрінде бос орынсыз, # белгісінсіз, пайдаланушы атынсыз қойыңыз.',
  'doctor.path.passed': 'eGov Mobile мекенжайлары дұрыс жауап береді.',
  'doctor.path.unreachable':
    'Жария мекенжай жауап бермейді. DNS атауын, брандмауэрді және кері проксиді тексеріңіз.',
  'doctor.path.tls':
    'TLS сертификаты қабылданбады. Толық тізбегі бар, осы атауға берілген жарамды сертификат қойыңыз.',
  'doctor.path.redirect':
    'Прокси шақыруларды басқа жаққа бағыттайды. /cb/ мен /s/ жолдарын қайта бағыттаусыз өткізіңіз.',
  'doctor.path.other':
    'Бұл мекенжайда Muhr емес, басқасы жауап береді. Кері проксиде /cb/ мен /s/ жолдарын осында бағыттаңыз.',
  'doctor.allow-list':
    'Қолданба тек өз тізіміндегі мекенжайларды ашады; оны осы жерден тексеру мүмкін емес. Мекенжайыңыз енгізілген бе, eGov Mobile операторынан сұраңыз.',
}
