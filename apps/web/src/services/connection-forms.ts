import type { Locale } from '../i18n/message.ts'
import type { ConnectionForm, ProviderTexts } from './contract.ts'

type Loader = (locale: Locale) => Promise<ConnectionForm>

/** Forms of connections, loaded with the screen that shows them: one line each. */
const forms: Readonly<Record<string, Loader>> = {
  'egov-mobile': async (locale) => {
    const [{ connectionFields }, messages] = await Promise.all([
      import('@muhr/provider-egov-mobile/web/connection'),
      import('@muhr/provider-egov-mobile/messages'),
    ])
    const texts: Readonly<Record<Locale, ProviderTexts>> = {
      ru: messages.ru,
      kk: messages.kk,
      uz: messages.uz,
      en: messages.en,
    }

    return { fields: connectionFields, texts: texts[locale] }
  },
  goskey: async () => {
    const { connectionFields } = await import('@muhr/provider-goskey/web/connection')

    return { fields: connectionFields, texts: {} }
  },
}

/** The form of a service; undefined for one whose settings this page can only show as they are. */
export async function loadConnectionForm(
  provider: string,
  locale: Locale,
): Promise<ConnectionForm | undefined> {
  return forms[provider]?.(locale)
}
