import type { KeyEvent } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'

/** What happened to a key, newest first. */
export function KeyHistory(props: {
  readonly events: readonly KeyEvent[]
  readonly names: readonly { readonly id: string; readonly name: string }[]
}) {
  const { t, format } = useSettingsSpeech()
  if (props.events.length === 0) return null
  const text = ({ type, data }: KeyEvent) => {
    switch (type) {
      case 'checked':
        return t(data['passed'] === true ? 'keys.event.passed' : 'keys.event.failed')
      case 'chosen': {
        const id = data['connection']

        return t('keys.event.chosen', {
          name: props.names.find((each) => each.id === id)?.name ?? String(id),
        })
      }
      default:
        return t(`keys.event.${type}`)
    }
  }

  return (
    <details className="card-body key-history">
      <summary>{t('keys.history')}</summary>
      <ol className="stack-tight">
        {[...props.events].reverse().map((event) => (
          <li className="small" key={`${event.at} ${event.type}`}>
            <span className="faint nowrap">{format.dateTime(event.at)}</span> {text(event)}
          </li>
        ))}
      </ol>
    </details>
  )
}
