import type { Locale } from '../i18n/message.ts'
import type { ConnectionForm, ProviderTexts } from './contract.ts'

type Loader = (locale: Locale) => Promise<ConnectionForm>

type Messages = Readonly<Record<Locale, ProviderTexts>>

/** Forms of connections, loaded with the screen that shows them: one line each. */
const forms: Readonly<Record<string, Loader>> = {
  'egov-mobile': async (locale) => {
    const [{ connectionFields }, messages] = await Promise.all([
      import('@muhr/provider-egov-mobile/web/connection'),
      import('@muhr/provider-egov-mobile/messages'),
    ])

    return { fields: connectionFields, texts: textsOf(messages)[locale] }
  },
  goskey: async (locale) => {
    const [{ connectionFields }, messages] = await Promise.all([
      import('@muhr/provider-goskey/web/connection'),
      import('@muhr/provider-goskey/messages/connection'),
    ])

    return { fields: connectionFields, texts: textsOf(messages)[locale] }
  },
  signme: async (locale) => {
    const [{ connectionFields }, messages] = await Promise.all([
      import('@muhr/provider-signme/web/connection'),
      import('@muhr/provider-signme/messages/connection'),
    ])

    return { fields: connectionFields, texts: textsOf(messages)[locale] }
  },
}

const textsOf = ({ ru, kk, uz, en }: Messages): Messages => ({ ru, kk, uz, en })

/** The form of a service; undefined for one whose settings this page can only show as they are. */
export async function loadConnectionForm(
  provider: string,
  locale: Locale,
): Promise<ConnectionForm | undefined> {
  return forms[provider]?.(locale)
}
