import type { SignmeConnectionKey } from './ru.ts'

export const kk = {
  'connection.baseUrl': 'Sign.Me мекенжайы',
  'connection.key': 'Қатынау кілті',
  'connection.trustsContact': 'Телефон не пошта иесі жөнінде Sign.Me-ге сену',
  'connection.precheck': 'Алдымен алушы тіркелген бе деп сұрау',
  'connection.requiresSms': 'СМС кодын да талап ету',
  'connection.withoutEmail': 'Sign.Me қол қоюшыға хат жазбайды',
  'connection.returnBy': 'Қол қойылғанын қалай білеміз',
  'connection.notifies': 'Ортақ мекенжайға да хабарлау',
  'connection.wire': 'Сұрау түрі',
  'connection.keyField': 'Кілт өрісінің аты',
  'connection.sendsKeyWithCheck': 'Файлды тексергенде де кілтті жіберу',
  'connection.ca': 'Өз түбірлік сертификаттарыңыз, PEM',
  'connection.proxy': 'Прокси',
  'connection.maxFiles': 'Сұраудағы файл саны, көп дегенде',
  'connection.maxBytes': 'Барлық файлдағы байт, көп дегенде',
  'connection.concurrency': 'Қатар қойылатын сұрақтар',
  'connection.baseUrl.hint':
    'Жұмыс: https://sign.me. Сынақ: https://sandbox.sign.me, оның кілті бөлек.',
  'connection.key.hint':
    'Оны Sign.Me сайтты тіркегенде береді. Шифрланып сақталады, ешкімге көрсетілмейді.',
  'connection.trustsContact.hint':
    'Әйтпесе алушыға СНИЛС немесе ИНН керек: оларды сертификатпен өзіміз салыстырамыз.',
  'connection.precheck.hint': 'Сонда құжат Sign.Me білмейтін адамға кетпейді.',
  'connection.withoutEmail.hint': 'Қол қою сілтемесін өзіңіз бересіз.',
  'connection.returnBy.hint':
    'Әр сұрауға екеуінің бірі. Бетті жақтауда көрсету тек шақырумен мүмкін.',
  'connection.notifies.hint':
    'Хабарлама мекенжайы кілтке біреу, оны Sign.Me қызметкерлері енгізеді.',
  'connection.sendsKeyWithCheck.hint': 'Sign.Me сипаттамасында ол жоқ.',
  'connection.ca.hint': 'Жүйедегілерге қосымша, байланыс өз торабыңыз арқылы өтсе.',
  'connection.proxy.hint': 'http://торап:порт',
  'connection.returnBy.push': 'Sign.Me біздің мекенжайды шақырады',
  'connection.returnBy.browser': 'Sign.Me қол қоюшының браузерін қайтарады',
  'connection.wire.form': 'сипаттамадағыдай форма',
  'connection.wire.json': 'жаңа API-дегідей JSON',
  'connection.keyField.key': 'key',
  'connection.keyField.api_key': 'api_key',
  'connection.notice': 'Хабарлама мекенжайы',
  'connection.notice.hint':
    'Оны Sign.Me қызметкерлеріне бір рет айтыңыз; сырттан қолжетімді болуы керек. Онсыз да бәрі істейді: әр сұрау туралы бәрібір білеміз.',
  'fault.connection.not-object': 'Баптауларды нысан түрінде беріңіз.',
  'fault.connection.unknown-setting': 'Мұндай баптау жоқ. Жазылуын тексеріңіз.',
  'fault.connection.missing': 'Осы өрісті толтырыңыз.',
  'fault.connection.address': 'Схема мен торап керек, сұраусыз және пайдаланушы атынсыз.',
  'fault.connection.key': 'Кілтті толық көшіріңіз, бос орынсыз.',
  'fault.connection.choice': 'Тізімнен мән таңдаңыз.',
  'fault.connection.yes-or-no': 'Белгілеңіз немесе белгіні алыңыз.',
  'fault.connection.authorities':
    'PEM түріндегі сертификаттарды қойыңыз, BEGIN CERTIFICATE жолдарымен.',
  'fault.connection.proxy': 'Мекенжай http://торап:порт түрінде.',
  'fault.connection.number': 'Рұқсат етілген шектегі бүтін сан.',
} as const satisfies Readonly<Record<SignmeConnectionKey, string>>
