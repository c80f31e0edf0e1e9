import { useSpeech } from '../i18n/text-context.tsx'

/**
 * The sandbox strip: first on every page in sandbox mode, not dismissible, printed too (ui.md §10).
 * `about` tells what the page itself is worth.
 */
export function Strip(props: {
  /** The simulated phones, each by the service whose app it has. */
  readonly phones?: readonly { readonly name: string; readonly url: string }[] | undefined
  readonly about?: 'work' | 'report'
}) {
  const { t } = useSpeech()

  return (
    <aside className="strip" aria-label={t('strip.name')} data-testid="sandbox-strip">
      <b>{t('strip.name')}</b>
      <span>{t(props.about === 'report' ? 'strip.report' : 'strip.text')}</span>
      {props.phones === undefined || props.phones.length === 0 ? null : (
        <span className="strip-phones">
          {t('strip.phone')}{' '}
          {props.phones.map(({ name, url }) => (
            <a
              key={url}
              href={url}
              target="muhr-phone"
              rel="noopener"
              aria-label={`${t('strip.phone')} ${name}`}
            >
              {name}
            </a>
          ))}
        </span>
      )}
    </aside>
  )
}
