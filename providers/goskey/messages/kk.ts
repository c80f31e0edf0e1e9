import type { GoskeyMessageKey } from './ru.ts'

export const kk = {
  'reason.goskey.rejected': 'Алушы Госключта қол қоюдан бас тартты.',
  'reason.goskey.expired': 'Алушы бір тәулікте қол қоймады. Құжаттарды қайта жіберіңіз.',
  'reason.goskey.recipient-not-found':
    'Госключ мұндай СНИЛС иесін таппады. Нөмірді және алушыда қолданба бар-жоғын тексеріңіз.',
  'reason.goskey.sender-signature':
    'Портал жіберуші қолтаңбасын 8 сағатта тексермеді. Сертификатты тексеріп, қайта жіберіңіз.',
  'reason.goskey.internal': 'Госключтың ішкі қатесі. Құжаттарды қайта жіберіңіз.',
  'reason.goskey.portal': 'Портал өтінішті қатемен аяқтады. Құжаттарды қайта жіберіңіз.',
  'reason.goskey.cancelled': 'Өтініш порталда тоқтатылды. Құжаттарды қайта жіберіңіз.',
  'reason.epgu.LIMITATION_EXCEPTION': 'Өтініштер квотасы бітті. Құжаттарды кейінірек жіберіңіз.',
  'reason.epgu.INVALID_FILES_STRUCTURE':
    'Портал мұрағатты қабылдамады: ішінде қалталар бар. Әкімшіге хабарлаңыз.',
  'reason.epgu.VALIDATION_ERROR':
    'Портал файлдарды қабылдамады: тексеруден өтпеді. Атаулары мен түрлерін тексеріңіз.',
  'reason.epgu.REQ_NOT_FOUND': 'Портал req.xml файлын таппады. Әкімшіге хабарлаңыз.',
  'reason.epgu.MPC_NOT_FOUND': 'Портал өтініш файлын таппады. Әкімшіге хабарлаңыз.',
  'reason.epgu.REQ_VERIFY_FAILED':
    'Өтініш деректері өтініш берушіге сәйкес емес. Қосылымдағы ұйымды тексеріңіз.',
  'reason.epgu.FILES_VERIFICATION_FAILED':
    'Портал жіберуші қолтаңбасын қабылдамады. Қол қою кілтін және сертификатын тексеріңіз.',
  'reason.epgu.INTERNAL_ERROR': 'Порталдың техникалық қатесі. Құжаттарды қайта жіберіңіз.',
  'reason.epgu.CREATE_ORDER_FORBIDDEN':
    'Қызметкердің бұл қызметке өкілеттігі жоқ. ЕСИА кабинетінде сенімхат беріңіз.',

  'attention.goskey.signature-missing':
    'Барлық құжаттың қолтаңбасы келген жоқ. Ештеңе аяқталмады; қолтаңбаны қайта сұраңыз.',
  'attention.goskey.signature-doubled':
    'Бір құжатқа екі қолтаңба келді. Ешқайсысы қабылданбады; портал қолдауына жазыңыз.',
  'attention.goskey.unexpected-file':
    'Портал артық файл жіберді. Бұл құжаттың қолтаңбасы қабылданбады; портал қолдауына жазыңыз.',
  'attention.goskey.foreign-object':
    'Портал басқа өтініштің файлын жіберді. Ол жүктелмеді; портал қолдауына жазыңыз.',
  'attention.goskey.unreadable-link':
    'Қолтаңба сілтемесінің түрі белгісіз. Файл жүктелмеді; портал қолдауына жазыңыз.',

  'plan.method-not-allowed': 'Қосылымда бұл тәсіл қосылмаған. Басқасын таңдаңыз.',
  'plan.profile-not-offered': 'Қызмет бұл профильде жоқ. 1.9 профилін таңдаңыз.',
  'plan.recipient-kind':
    'Жеке тұлға ОГРН-сыз қол қояды. ОГРН-ды алып тастаңыз немесе заңды тұлғаның УКЭП қолтаңбасын таңдаңыз.',
  'plan.recipient-identifier-missing':
    'Алушының СНИЛС нөмірі жоқ. Көрсетіңіз: Госключ адамды сол бойынша іздейді.',
  'plan.snils-form': 'СНИЛС басқаша жазылған. 000-000-000 00 түрінде жазыңыз.',
  'plan.snils-check-digit': 'СНИЛС бақылау цифрлары сәйкес емес. Құжатпен салыстырыңыз.',
  'plan.ogrn-form': 'ОГРН басқаша жазылған. 13 цифр, жеке кәсіпкерге 15 цифр көрсетіңіз.',
  'plan.ogrn-check-digit': 'ОГРН бақылау цифры сәйкес емес. Құжатпен салыстырыңыз.',
  'plan.description-missing': 'Атауы жоқ. Атау беріңіз: оны алушы көреді.',
  'plan.expiration-past': 'Мерзім өтіп кеткен. Болашақтағы уақытты көрсетіңіз.',
  'plan.forbidden-character': 'Мәтінде рұқсат етілмеген таңба бар. Оны алып тастаңыз.',
  'plan.documents-missing': 'Құжаттар жоқ. Кемінде біреуін қосыңыз.',
  'plan.documents-count': 'Құжаттар Госключ алатынынан көп. Бір жолы 15-тен асырмай жіберіңіз.',
  'plan.documents-size': 'Құжаттар бірге 100 000 000 байттан көп. Бөліп жіберіңіз.',
  'plan.document-empty': 'Файл бос. Оны қайта қосыңыз.',
  'plan.name-reserved': 'Бұл атау пакеттің өзінде бар. Файлды басқаша атаңыз.',
  'plan.name-characters':
    'Файл атауында рұқсат етілмеген таңба бар. Латын әріптерін, цифрларды, бос орын мен астын сызуды қалдырыңыз.',
  'plan.name-length': 'Файл атауы 50 таңбадан ұзын. Қысқартыңыз.',
  'plan.name-duplicate': 'Екі файл атауы тек әріп үлкендігімен ерекшеленеді. Біреуін өзгертіңіз.',
  'plan.type-extension':
    'Госключ мұндай файлдарды алмайды. PDF, TIFF, XML немесе TXT етіп сақтаңыз.',
  'plan.type-content': 'Файл мазмұны атауына сәйкес емес. Файлды тексеріңіз.',
  'plan.text-encoding': 'Мәтін кодтауы басқа. UTF-8 немесе windows-1251 етіп сақтаңыз.',
  'plan.connection.setting': 'Қосылым баптауы қате. Белгіленген өрісті түзетіңіз.',

  'connection.esiaUrl': 'ЕСИА мекенжайы',
  'connection.epguUrl': 'ЕПГУ шлюзінің мекенжайы',
  'connection.publicOrigin': 'ГОСТ TLS терминаторы артындағы нақты мекенжай',
  'connection.pathPrefix': 'Жолдың басы',
  'connection.userAgent': 'User-Agent тақырыбы',
  'connection.mnemonic': 'Ақпараттық жүйе мнемоникасы',
  'connection.organisationName': 'Ұйымның қысқа атауы',
  'connection.organisationInn': 'Ұйымның ИНН нөмірі',
  'connection.organisationOgrn': 'Ұйымның ОГРН нөмірі',
  'connection.region': 'Өңірдің ОКАТО коды',
  'connection.apiKeys': 'Қызметкерлердің API-Key тізімі',
  'connection.signerKey': 'Пакеттерге қол қою кілті',
  'connection.methods': 'Рұқсат етілген тәсілдер',
  'connection.profile': 'req.xml профилі',
  'connection.breadth': 'Файлдарға шектеулер',
  'connection.whenTooLarge': 'Құжаттар тым көп болса',
  'connection.backlink': 'Қол қойғаннан кейін қайда өту',
  'connection.pollSeconds': 'Күйді сұрау аралығы, секунд',

  'doctor.host.passed': 'Мекенжай жауап береді.',
  'doctor.host.unreachable':
    'Мекенжай жауап бермейді. Атауын, желіні және алдындағы ГОСТ TLS терминаторын тексеріңіз.',
  'doctor.token.passed': 'ЕСИА API-Key бойынша маркер берді.',
  'doctor.token.seal-wanted': 'API-Key-ге қолтаңба қызметкерді күтуде. Браузерде растаңыз.',
  'doctor.token.refused': 'ЕСИА маркер бермеді.',
  'doctor.token.key': 'Қол қою кілті API-Key-ге қол қоймады. Сынақ қолтаңбамен тексеріңіз.',
  'doctor.claims.passed': 'Маркер осы жүйеге және ұйымға берілген.',
  'doctor.claims.client': 'Маркер басқа жүйеге берілген. Қосылымдағы мнемониканы түзетіңіз.',
  'doctor.claims.organisation':
    'Маркерде ұйым жоқ. API-Key ұйым қызметкеріне берілгенін тексеріңіз.',
  'doctor.updated.passed': 'ЕПГУ шлюзі өтініштер тізімін береді.',
  'doctor.updated.refused': 'ЕПГУ шлюзі бас тартты.',
  'doctor.updated.failed': 'ЕПГУ шлюзі дұрыс жауап бермеді.',
  'doctor.quota': 'API-Key бір қызмет бойынша сағатына осынша өтінішке мүмкіндік береді.',
} as const satisfies Readonly<Record<GoskeyMessageKey, string>>
