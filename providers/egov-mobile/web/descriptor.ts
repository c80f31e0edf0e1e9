import type { EgovMobileKey } from './messages/ru.ts'

type Locale = 'ru' | 'kk' | 'uz' | 'en'

/** What the sender's form and the lists must know about the service; no markup. */
export const egovMobile = {
  id: 'egov-mobile',
  name: 'eGov Mobile',
  shortName: 'eGov',
  country: 'KZ',
  /** The signer is known by the IIN in the certificate, an employee by IIN and BIN. */
  identifiers: [
    { kind: 'iin', need: 'required' },
    { kind: 'bin', need: 'optional' },
  ],
  methods: [
    {
      id: 'CMS_WITH_DATA',
      nameKey: 'method.CMS_WITH_DATA',
      hintKey: 'method.CMS_WITH_DATA.hint',
    },
    {
      id: 'CMS_SIGN_ONLY',
      nameKey: 'method.CMS_SIGN_ONLY',
      hintKey: 'method.CMS_SIGN_ONLY.hint',
    },
  ],
} as const

const loaders: Readonly<Record<Locale, () => Promise<Readonly<Record<EgovMobileKey, string>>>>> = {
  ru: () => import('./messages/ru.ts').then(({ ru }) => ru),
  kk: () => import('./messages/kk.ts').then(({ kk }) => kk),
  uz: () => import('./messages/uz.ts').then(({ uz }) => uz),
  en: () => import('./messages/en.ts').then(({ en }) => en),
}

/** Loads the texts of one language. */
export function loadEgovMobileMessages(
  locale: Locale,
): Promise<Readonly<Record<EgovMobileKey, string>>> {
  return loaders[locale]()
}
