import type { Words } from './words.ts'

/** What `README.txt` tells everybody first, in each language. Lines stay below 78 columns. */
export const readmeWords = {
  name: { ru: 'РУССКИЙ', kk: 'ҚАЗАҚША', uz: 'OʻZBEKCHA', en: 'ENGLISH' },
  what: {
    ru: `Это доказательства: документы, подписи под ними и всё, что нужно, чтобы
проверить подписи ещё раз, без сети и без нас.
Читать удобнее report.html: кто, когда, чем подписал и как это проверено.
Что подписал человек, доказывает только файл из папки signatures вместе с
файлом документа: берегите этот архив целиком и не упаковывайте его заново.`,
    kk: `Бұл дәлелдер: құжаттар, оларға қойылған қолтаңбалар және қолтаңбаларды
желісіз, бізсіз қайта тексеруге керектінің бәрі.
report.html файлын оқу ыңғайлырақ: кім, қашан, немен қол қойған, қалай
тексерілген. Адамның қол қойғанын signatures қалтасындағы файл мен құжат файлы
бірге ғана дәлелдейді: архивті тұтас сақтаңыз, қайта қаптамаңыз.`,
    uz: `Bu dalillar: hujjatlar, ularga qoʻyilgan imzolar va imzolarni tarmoqsiz,
bizsiz qayta tekshirish uchun kerak boʻlgan hamma narsa.
report.html faylini oʻqish qulayroq: kim, qachon, nima bilan imzolagan va
qanday tekshirilgan. Odam nimani imzolaganini faqat signatures papkasidagi
fayl hujjat fayli bilan birga isbotlaydi: arxivni butun saqlang, qayta
joylamang.`,
    en: `This is evidence: documents, the signatures on them, and all that is needed to
check the signatures again, offline and without us.
report.html is easier to read: who signed, when, by what, how it was checked.
What a person signed is proven only by a file of the folder signatures together
with the file of the document: keep this archive whole, do not pack it anew.`,
  },
  trust: {
    ru: `Проверка верна настолько, насколько верны корневые сертификаты (ROOT.pem ниже).
Возьмите их у самого удостоверяющего центра, не из этого архива.`,
    kk: `Тексерудің дұрыстығы түбірлік сертификаттарға (төмендегі ROOT.pem) байланысты.
Оларды осы архивтен емес, куәландырушы орталықтың өзінен алыңыз.`,
    uz: `Tekshiruv ildiz sertifikatlari (quyidagi ROOT.pem) toʻgʻri boʻlsagina toʻgʻri.
Ularni bu arxivdan emas, markazning oʻzidan oling.`,
    en: `A check is worth as much as the root certificates that it starts from (ROOT.pem
below). Take them from the authority itself, not from this archive.`,
  },
  sandbox: {
    ru: 'ПЕСОЧНИЦА. Ключи и сертификаты тестовые. Подписи не имеют юридической силы.',
    kk: 'ҚҰМСАЛҒЫШ. Кілттер мен сертификаттар сынақ үшін. Қолтаңбалардың заңды күші жоқ.',
    uz: 'SINOV MAYDONI. Kalitlar va sertifikatlar sinov uchun. Imzolarning yuridik kuchi yoʻq.',
    en: 'SANDBOX. The keys and certificates are test ones. The signatures have no legal force.',
  },
} as const satisfies Record<string, Words>
