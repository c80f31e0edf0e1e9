import { type Locale, localeNames } from '../i18n/message.ts'
import { langOf, useSpeech } from '../i18n/text-context.tsx'

/** Switch of languages, always visible. The order may differ by page: own country first. */
export function Languages(props: {
  readonly order: readonly Locale[]
  readonly onChoose: (locale: Locale) => void
}) {
  const { locale: current, t } = useSpeech()

  return (
    <nav className="languages" aria-label={t('app.languages')}>
      {props.order.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={langOf(locale)}
          title={localeNames[locale].own}
          aria-current={locale === current ? 'true' : undefined}
          data-testid={`lang-${locale}`}
          onClick={() => props.onChoose(locale)}
        >
          {localeNames[locale].short}
        </button>
      ))}
    </nav>
  )
}
