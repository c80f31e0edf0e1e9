import type { GoskeyKey } from './messages/ru.ts'

type Locale = 'ru' | 'kk' | 'uz' | 'en'

/** What the sender's form and the lists must know about the service; no markup. */
export const goskey = {
  id: 'goskey',
  name: 'Госключ',
  shortName: 'Госкл',
  country: 'RU',
  /** A person is known by the SNILS in the certificate; the id in ESIA finds the account, and proves nothing. */
  identifiers: [
    { kind: 'snils', need: 'required' },
    { kind: 'esiaOid', need: 'optional' },
  ],
  methods: [
    { id: 'UKEP', nameKey: 'method.UKEP', hintKey: 'method.UKEP.hint' },
    { id: 'UNEP', nameKey: 'method.UNEP', hintKey: 'method.UNEP.hint' },
    {
      id: 'UKEP_LEGAL',
      nameKey: 'method.UKEP_LEGAL',
      hintKey: 'method.UKEP_LEGAL.hint',
      /** The signer of a legal entity is known by SNILS and OGRN, of a foreign one by NZA and INN. */
      identifierSets: [
        {
          id: 'russian',
          nameKey: 'numbers.russian',
          hintKey: 'numbers.russian.hint',
          identifiers: [
            { kind: 'snils', need: 'required' },
            { kind: 'ogrn', need: 'required' },
            { kind: 'esiaOid', need: 'optional' },
          ],
        },
        {
          id: 'foreign',
          nameKey: 'numbers.foreign',
          hintKey: 'numbers.foreign.hint',
          identifiers: [
            { kind: 'rafp', need: 'required' },
            { kind: 'inn', need: 'required' },
          ],
        },
      ],
    },
    { id: 'UKEP_TREASURY', nameKey: 'method.UKEP_TREASURY', hintKey: 'method.UKEP_TREASURY.hint' },
  ],
  /** The app finds the signer by itself: no code is shown, and none is renewed. */
  opensBy: 'itself',
  /** 17 is "in the app or on its way" (ru-epgu-goskey §5.5). */
  isOpeningUntold: true,
  sandboxPage: '/goskey',
} as const

const loaders: Readonly<Record<Locale, () => Promise<Readonly<Record<GoskeyKey, string>>>>> = {
  ru: () => import('./messages/ru.ts').then(({ ru }) => ru),
  kk: () => import('./messages/kk.ts').then(({ kk }) => kk),
  uz: () => import('./messages/uz.ts').then(({ uz }) => uz),
  en: () => import('./messages/en.ts').then(({ en }) => en),
}

/** Loads the texts of one language. */
export function loadGoskeyMessages(locale: Locale): Promise<Readonly<Record<GoskeyKey, string>>> {
  return loaders[locale]()
}

type Texts = Readonly<Record<string, string>>

const clerkLoaders: Readonly<Record<Locale, () => Promise<readonly Texts[]>>> = {
  ru: async () => [
    asReasons((await import('../messages/doctor/ru.ts')).ru),
    (await import('../messages/ru.ts')).ru,
    (await import('./clerk/ru.ts')).ru,
  ],
  kk: async () => [
    asReasons((await import('../messages/doctor/kk.ts')).kk),
    (await import('../messages/kk.ts')).kk,
    (await import('./clerk/kk.ts')).kk,
  ],
  uz: async () => [
    asReasons((await import('../messages/doctor/uz.ts')).uz),
    (await import('../messages/uz.ts')).uz,
    (await import('./clerk/uz.ts')).uz,
  ],
  en: async () => [
    asReasons((await import('../messages/doctor/en.ts')).en),
    (await import('../messages/en.ts')).en,
    (await import('./clerk/en.ts')).en,
  ],
}

/** What the doctor says about a code of ESIA or EPGU is also why a signing ended with it. */
function asReasons(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) =>
      key.startsWith('advice.') ? [[`reason.${key.slice('advice.'.length)}`, text]] : [],
    ),
  )
}

/**
 * What only the clerk reads: words of states in place of the common ones, why a signing ended
 * (`reason.CODE`), what stands in the way of one (`plan.CODE`), what needs a look (`attention.CODE`).
 */
export async function loadGoskeyClerkTexts(locale: Locale): Promise<Texts> {
  const parts = await clerkLoaders[locale]()

  return Object.assign({}, ...parts)
}
