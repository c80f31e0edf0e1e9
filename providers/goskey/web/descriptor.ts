import type { GoskeyKey } from './messages/ru.ts'

type Locale = 'ru' | 'kk' | 'uz' | 'en'

/** What the sender's form and the lists must know about the service; no markup. */
export const goskey = {
  id: 'goskey',
  name: 'Госключ',
  shortName: 'Госкл',
  country: 'RU',
  /** The signer is known by the SNILS in the certificate, of a legal entity by SNILS and OGRN. */
  identifiers: [
    { kind: 'snils', need: 'required' },
    { kind: 'ogrn', need: 'optional' },
  ],
  methods: [
    { id: 'UKEP', nameKey: 'method.UKEP', hintKey: 'method.UKEP.hint' },
    { id: 'UNEP', nameKey: 'method.UNEP', hintKey: 'method.UNEP.hint' },
    { id: 'UKEP_LEGAL', nameKey: 'method.UKEP_LEGAL', hintKey: 'method.UKEP_LEGAL.hint' },
    { id: 'UKEP_TREASURY', nameKey: 'method.UKEP_TREASURY', hintKey: 'method.UKEP_TREASURY.hint' },
  ],
  /** The app finds the signer by itself: no code is shown, and none is renewed. */
  opensBy: 'itself',
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
