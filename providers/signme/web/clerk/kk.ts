import type { SignmeClerkKey } from './ru.ts'

export const kk = {
  'signing.dispatching':
    '**Құжаттарды Sign.Me-ге жіберіп жатырмыз.** Әдетте бірнеше секунд; қызмет үзіліс алса, өзіміз қайталаймыз.',
  'signing.sent':
    '**Sign.Me-де сұрау ашық.** Қол қоюшының растауын күтеміз; Sign.Me-ден өзіміз сұраймыз.',
  'signing.unknown':
    '**Сұрау Sign.Me-ге жетті ме, нақтылап жатырмыз.** Жауап жоғалды. Өзіміз қайта жібермейміз: екінші сұрау мен екінші хабарлама шығар еді.',
  'row.dispatching': '{name}: Sign.Me-ге жіберілуде',
  'row.sent': '{name}: Sign.Me-де растау күтуде',
  'row.unknown': '{name}: Sign.Me анық жауап бермеді. Тағы сұраңыз немесе қайта жіберуді шешіңіз.',
  'event.signing.dispatching': 'Sign.Me-ге жіберілуде: {name}',
  'event.signing.sent': 'Sign.Me-де сұрау ашылды: {name}',
  'reason.absent': '(жетпеді: оны адам шешті)',
  'reason.superseded': '(ауыстырылды)',
  'reason.cancelled': '(қайтарылды)',
  'reason.refused': '(қабылданбады)',
  'mismatch.itself':
    'Sign.Me-де бұл сұрауға қол қойылған, оны қайтарып алуға болмайды. Конвертті қайтарып, жаңасын жіберіңіз.',
  'said.title': 'Sign.Me айтады',
  'said.open': 'Қол қойылмаған',
  'said.signed': 'Қол қойылды',
  'said.declined': 'Қабылданбады',
  'said.deleted': 'Файл жойылды',
  'said.worth': 'Қызмет сөзі, дәлел емес',
  vouched:
    '**Кім қол қойғаны Sign.Me сөзінен белгілі.** {who}: сертификаттан бұл көрінбейді. Құжат қолтаңбасын өзіміз тексердік.',
  'unknown.look.hint':
    'Осы файлдарда қолтаңба бар ма, сұраймыз. Sign.Me шақыруы немесе қолтаңба келсе, сұрау өзі табылады.',
  'unknown.again': 'Қайта жіберу…',
  'unknown.again.title': 'Қайта жіберу',
  'unknown.again.text':
    'Қол қоюшы: {name}. Бірінші сұрау жеткен болуы мүмкін: онда Sign.Me-де екі сұрау болып, қол қоюшы екінші хабарлама алады. Алдымен қол қоюшыдан немесе Sign.Me қолдауынан сұраңыз. Екеуінің бірінен келген қолтаңба бір рет есептеледі.',
  'open.simulated': 'Сынақ режиміндегі Sign.Me ашу',
} as const satisfies Readonly<Record<SignmeClerkKey, string>>
