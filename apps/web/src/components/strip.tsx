import { useSpeech } from '../i18n/text-context.tsx'

/**
 * The sandbox strip: first on every page in sandbox mode, not dismissible, printed too (ui.md §10).
 * `about` tells what the page itself is worth.
 */
export function Strip(props: {
  readonly phoneUrl?: string | undefined
  readonly about?: 'work' | 'report'
}) {
  const { t } = useSpeech()

  return (
    <aside className="strip" aria-label={t('strip.name')} data-testid="sandbox-strip">
      <b>{t('strip.name')}</b>
      <span>{t(props.about === 'report' ? 'strip.report' : 'strip.text')}</span>
      {props.phoneUrl === undefined ? null : (
        <a href={props.phoneUrl} target="muhr-phone" rel="noopener">
          {t('strip.phone')}
        </a>
      )}
    </aside>
  )
}
