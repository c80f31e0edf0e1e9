import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import type { ProviderDescriptor } from '../../services/contract.ts'
import { providerName } from '../../services/registry.ts'

/** Choice of the service and, inside it, of the way to sign. */
export function ServicePicker(props: {
  readonly id: string
  readonly providers: readonly ProviderDescriptor[]
  readonly provider: string
  readonly method: string
  readonly onChange: (choice: { readonly provider: string; readonly method: string }) => void
}) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const chosen = props.providers.find(({ id }) => id === props.provider)
  const hintKey = chosen?.methods.find(({ id }) => id === props.method)?.hintKey

  return (
    <>
      <div className="services" role="radiogroup" aria-label={t('new.service')} id={props.id}>
        {props.providers.map((provider) => (
          <label key={provider.id} className="service">
            <input
              type="radio"
              name={props.id}
              className="sr-only"
              checked={provider.id === props.provider}
              onChange={() =>
                props.onChange({ provider: provider.id, method: provider.methods[0]?.id ?? '' })
              }
            />
            <b>{providerName(text, provider.id)}</b>
            <span>
              <i className="country">{provider.country}</i> {text(provider.id, 'picker.hint')}
            </span>
          </label>
        ))}
      </div>
      {chosen === undefined || chosen.methods.length < 2 ? null : (
        <div className="mt-2.5">
          <label className="label" htmlFor={`${props.id}-method`}>
            {t('new.method')}
          </label>
          <select
            id={`${props.id}-method`}
            className="select"
            value={props.method}
            data-testid="method"
            onChange={(event) =>
              props.onChange({ provider: chosen.id, method: event.target.value })
            }
          >
            {chosen.methods.map((method) => (
              <option key={method.id} value={method.id}>
                {text(chosen.id, method.nameKey)}
              </option>
            ))}
          </select>
          {hintKey === undefined ? null : <p className="hint">{text(chosen.id, hintKey)}</p>}
        </div>
      )}
    </>
  )
}
