import type { SignmeMessageKey } from './ru.ts'

export const kk = {
  'reason.signme.rejected': 'Алушы Sign.Me-де сұрауды қабылдамады, себебін айтпады.',
  'reason.signme.deleted': 'Sign.Me файлды қол қойылмай тұрып жойды. Құжаттарды қайта жіберіңіз.',
  'reason.signme.wrong-user-phone':
    'Sign.Me бұл телефонды білмейді. Нөмірді және алушының тіркелгенін тексеріңіз.',
  'reason.signme.wrong-user-email':
    'Sign.Me бұл поштаны білмейді. Мекенжайды және алушының тіркелгенін тексеріңіз.',
  'reason.signme.wrong-user':
    'Sign.Me мұндай қол қоюшыны білмейді. Телефон, пошта және СНИЛС бір адамдікі екенін тексеріңіз.',
  'reason.signme.wrong-company-inn':
    'Sign.Me мұндай ИНН бар ұйымды білмейді. Нөмірді және ұйымның тіркелгенін тексеріңіз.',
  'reason.signme.wrong-company-ogrn':
    'Sign.Me мұндай ОГРН бар ұйымды білмейді. Нөмірді және ұйымның тіркелгенін тексеріңіз.',
  'reason.signme.wrong-company':
    'Sign.Me мұндай ұйымды білмейді немесе алушы оның қызметкері емес. ИНН, ОГРН және Sign.Me-дегі қызметкерлер тізімін тексеріңіз.',
  'reason.signme.signer-unregistered':
    'Алушы Sign.Me-де тіркелмеген, құжаттар жіберілген жоқ. Тіркелуін сұрап, қайта жіберіңіз.',
  'reason.signme.company-unregistered':
    'Ұйым Sign.Me-де тіркелмеген, құжаттар жіберілген жоқ. Оны тіркеп, қайта жіберіңіз.',
  'reason.signme.wrong-method':
    'Sign.Me сұрауымызды оқи алмады. Әкімшіге хабарлаңыз: Muhr мен Sign.Me арасында бірдеңе оны өзгертеді.',
  'reason.signme.no-file':
    'Sign.Me сұрауымызды оқи алмады. Әкімшіге хабарлаңыз: Muhr мен Sign.Me арасында бірдеңе оны өзгертеді.',
  'reason.signme.no-filename':
    'Sign.Me сұрауымызды оқи алмады. Әкімшіге хабарлаңыз: Muhr мен Sign.Me арасында бірдеңе оны өзгертеді.',
  'reason.signme.wrong-file':
    'Sign.Me сұрауымызды оқи алмады. Әкімшіге хабарлаңыз: Muhr мен Sign.Me арасында бірдеңе оны өзгертеді.',
  'reason.signme.wrong-json':
    'Sign.Me сұрауымызды оқи алмады. Әкімшіге хабарлаңыз: Muhr мен Sign.Me арасында бірдеңе оны өзгертеді.',
  'reason.signme.cannot-create-file':
    'Sign.Me файлды сақтай алмады. Атын өзгертіп, қайта жіберіңіз.',
  'reason.signme.cannot-create-request':
    'Sign.Me ішінде ақау бар. Кейін жіберіңіз; қайталанса, уақытын көрсетіп Sign.Me-ге жазыңыз.',
  'reason.signme.get-api-key':
    'Sign.Me қатынау кілтін қабылдамайды: ол жарамсыз, жабық немесе сұрау басқа мекенжайдан кетті. Әкімшіге хабарлаңыз.',
  'reason.signme.unexplained':
    'Sign.Me бас тартып, себебін түсіндірмеді. Кейін жіберіңіз немесе Sign.Me-ге жазыңыз.',
  'reason.signme.invalid-argument':
    'Сұрауды Sign.Me ережелерімен құру мүмкін емес. Әкімшіге хабарлаңыз.',
  'reason.signme.redirected':
    'Sign.Me сұрауды басқа мекенжайға бағыттады, біз онда бармаймыз. Қосылымдағы мекенжайды тексеріңіз.',
  'reason.signme.unreachable': 'Sign.Me қолжетімсіз. Өзіміз қайталаймыз.',
  'reason.signme.unavailable': 'Sign.Me уақытша істемейді. Өзіміз қайталаймыз.',
  'reason.signme.resting':
    'Sign.Me қатарынан бірнеше рет жауап бермеді. Күтіп, өзіміз қайталаймыз.',
  'reason.signme.outcome-unknown': 'Sign.Me жауабы жоғалды: сұрау жеткен болуы мүмкін.',
  'reason.signme.unreadable-answer': 'Sign.Me жауабы оқылмайды: сұрау жеткен болуы мүмкін.',
  'reason.signme.not-found': 'Sign.Me бұл сұрауды таппайды. Қолдау қызметінен сұраңыз.',
  'attention.signme.said-rejected':
    'Алушы сұраудан бас тартты деген хабар келді, бірақ оны Sign.Me-ден тексеру мүмкін емес: жауабы жоғалған. Алушыдан сұраңыз; бас тартса, конвертті қайтарып алыңыз.',
  'attention.signme.signed-earlier':
    'Бұл файлда осы адамның ертерек қойған қолтаңбасы тұр: ол есептелмеді. Жаңасын күтеміз; қол қоюшы да соны күтіп тұрған жоқ па, қараңыз.',
  'attention.signme.unreadable-answer':
    'Sign.Me қол қойылды дейді, бірақ қолтаңба бар жауабы оқылмайды. Өзіміз қайта сұраймыз; көмектеспесе, Sign.Me-ге жазыңыз.',
  'attention.collect-refused':
    'Sign.Me қолдарды оқылмайтын түрде береді. Оларды өзіміз қайта сұраймыз; қайталанса, Sign.Me-ге жазыңыз.',
  'plan.method-not-allowed': 'Sign.Me-де мұндай тәсіл жоқ. Адамды немесе ұйымды таңдаңыз.',
  'plan.signme.signer-missing':
    'Sign.Me қол қоюшыны танитын телефонды, поштаны немесе СНИЛС нөмірін жазыңыз.',
  'plan.signme.company-missing': 'Атынан қол қойылатын ұйымның ИНН немесе ОГРН нөмірін жазыңыз.',
  'plan.recipient-kind':
    'Адам ұйымның ОГРН мен ИНН-інсіз қол қояды. Оларды алып тастаңыз немесе ұйымды таңдаңыз.',
  'plan.signme.contact-proves-nothing':
    'Қосылым жалғыз телефонға немесе поштаға сенбейді. СНИЛС немесе ИНН қосыңыз.',
  'plan.signme.strange-number':
    'Нөмірлердің бірі Sign.Me-нің ешбір сертификатында жоқ. Оны алып тастаңыз немесе СНИЛС, ИНН не ОГРН көрсетіңіз.',
  'plan.signme.file-empty': 'Файл бос. Басқасын таңдаңыз.',
  'plan.signme.too-many-files': 'Файлдар қосылым рұқсат еткеннен көп. Екі конвертке бөліңіз.',
  'plan.signme.too-large':
    'Файлдардың жалпы көлемі қосылым рұқсат еткеннен үлкен. Екі конвертке бөліңіз.',
} as const satisfies Readonly<Record<SignmeMessageKey, string>>
