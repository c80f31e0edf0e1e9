import type { SignmeKey } from './messages/ru.ts'

type Locale = 'ru' | 'kk' | 'uz' | 'en'

/** By which Sign.Me finds a person, and by which we know the signature to be theirs (ru-signme §4.1). */
const person = [
  { kind: 'phone', need: 'optional', hintKey: 'field.phone.hint' },
  { kind: 'email', need: 'optional', hintKey: 'field.email.hint' },
  { kind: 'snils', need: 'optional', hintKey: 'field.snils.hint' },
] as const

const findsPerson = ['phone', 'email', 'snils'] as const

/** What the sender's form and the lists must know about the service; no markup. */
export const signme = {
  id: 'signme',
  name: 'Sign.Me',
  shortName: 'Sign.Me',
  country: 'RU',
  identifiers: [...person, { kind: 'inn', need: 'optional', hintKey: 'field.inn.person.hint' }],
  oneOf: [findsPerson],
  methods: [
    { id: 'PERSON', nameKey: 'method.PERSON', hintKey: 'method.PERSON.hint' },
    {
      id: 'COMPANY',
      nameKey: 'method.COMPANY',
      hintKey: 'method.COMPANY.hint',
      identifiers: [
        { kind: 'inn', need: 'optional', hintKey: 'field.inn.company.hint' },
        { kind: 'ogrn', need: 'optional', hintKey: 'field.ogrn.hint' },
        ...person,
      ],
      oneOf: [['inn', 'ogrn'], findsPerson],
    },
  ],
  opensBy: 'page',
  /** Sign.Me tells nothing between "not signed" and "signed". */
  isOpeningUntold: true,
  /** Status 1 is an end (ru-signme §4.4). */
  isSignedOnce: true,
  isAsked: true,
  sandboxPage: '/signme',
} as const

const loaders: Readonly<Record<Locale, () => Promise<Readonly<Record<SignmeKey, string>>>>> = {
  ru: () => import('./messages/ru.ts').then(({ ru }) => ru),
  kk: () => import('./messages/kk.ts').then(({ kk }) => kk),
  uz: () => import('./messages/uz.ts').then(({ uz }) => uz),
  en: () => import('./messages/en.ts').then(({ en }) => en),
}

/** Loads the texts of one language. */
export function loadSignmeMessages(locale: Locale): Promise<Readonly<Record<SignmeKey, string>>> {
  return loaders[locale]()
}

type Texts = Readonly<Record<string, string>>

const clerkLoaders: Readonly<Record<Locale, () => Promise<readonly Texts[]>>> = {
  ru: async () => [(await import('../messages/ru.ts')).ru, (await import('./clerk/ru.ts')).ru],
  kk: async () => [(await import('../messages/kk.ts')).kk, (await import('./clerk/kk.ts')).kk],
  uz: async () => [(await import('../messages/uz.ts')).uz, (await import('./clerk/uz.ts')).uz],
  en: async () => [(await import('../messages/en.ts')).en, (await import('./clerk/en.ts')).en],
}

/**
 * What only the clerk reads: words of states in place of the common ones, why a signing ended
 * (`reason.CODE`), what stands in the way of one (`plan.CODE`), what Sign.Me says beside what was verified.
 */
export async function loadSignmeClerkTexts(locale: Locale): Promise<Texts> {
  const parts = await clerkLoaders[locale]()

  return Object.assign({}, ...parts)
}
