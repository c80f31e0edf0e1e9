import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { IconButton } from '../../components/button.tsx'
import { sentence } from '../../format/texts.ts'
import { type Locale, localeNames, locales } from '../../i18n/message.ts'
import { langOf } from '../../i18n/text-context.tsx'
import type { ProviderDescriptor } from '../../services/contract.ts'
import { findProvider, identifiersOf, oneOfGroups } from '../../services/registry.ts'
import { maskTyped } from './check-number.ts'
import { countryLocale, knownNumber, type RecipientDraft } from './draft.ts'
import { IdField } from './id-field.tsx'
import { NumbersPicker } from './numbers-picker.tsx'
import { ServicePicker } from './service-picker.tsx'

type RowProps = {
  readonly recipient: RecipientDraft
  readonly place: number
  readonly providers: readonly ProviderDescriptor[]
  readonly isOpen: boolean
  readonly isBlocked: boolean
  readonly showErrors: boolean
  readonly onChange: (recipient: RecipientDraft) => void
  readonly onToggle: () => void
  readonly onRemove: () => void
}

/** One recipient: a line when closed, the form when open. */
export function RecipientRow(props: RowProps) {
  const { t } = useAppSpeech()
  const { recipient, place, isOpen } = props
  const service = findProvider(recipient.provider)

  return (
    <li className={isOpen ? 'rec rec-open' : 'rec'} data-testid="recipient">
      <input
        className="input rec-order"
        type="number"
        min={1}
        max={99}
        value={recipient.order}
        aria-label={t('new.order', { place })}
        onChange={(event) =>
          props.onChange({
            ...recipient,
            order: Math.min(99, Math.max(1, Math.trunc(Number(event.target.value)) || 1)),
          })
        }
      />
      <div className="rec-who grow">
        <b className="wrap-anywhere">
          {recipient.name.trim() === '' ? t('where.recipient', { place }) : recipient.name}
        </b>
        <div className="caption faint">{describe(recipient, t)}</div>
      </div>
      <span className="row rec-acts">
        {props.isBlocked && !isOpen ? (
          <span className="chip tone-warn">{t('new.unfinished')}</span>
        ) : isOpen ? null : (
          <span className="tag cut">{service?.name}</span>
        )}
        <IconButton
          icon={isOpen ? 'chevron-up' : 'chevron-down'}
          label={t(isOpen ? 'new.fold' : 'new.unfold', { place })}
          aria-expanded={isOpen}
          onClick={props.onToggle}
        />
        <IconButton
          icon="trash"
          label={t('new.removeRecipient', { place })}
          onClick={props.onRemove}
        />
      </span>
      {isOpen ? <RecipientForm {...props} /> : null}
    </li>
  )
}

function describe(recipient: RecipientDraft, t: ReturnType<typeof useAppSpeech>['t']): string {
  return identifiersOf(findProvider(recipient.provider), recipient)
    .flatMap(({ kind }) => {
      const shown = knownNumber(recipient, kind) ?? maskTyped(kind, recipient.numbers[kind] ?? '')

      return shown === undefined ? [] : [`${t(`id.${kind}`)} ${shown}`]
    })
    .join(' · ')
}

/** The page speaks the language of the service's country until somebody chooses another. */
function localeAfter(recipient: RecipientDraft, provider: string): Locale {
  const isChosen = recipient.locale !== countryLocale(findProvider(recipient.provider)?.country)

  return isChosen ? recipient.locale : countryLocale(findProvider(provider)?.country)
}

function RecipientForm({ recipient, providers, showErrors, onChange }: RowProps) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const service = providers.find(({ id }) => id === recipient.provider)
  const base = `f-${recipient.key}`
  const groups = oneOfGroups(service, recipient.method)
  const isNameless = showErrors && recipient.name.trim() === ''

  return (
    <div className="rec-form">
      <ServicePicker
        id={`${base}-service`}
        providers={providers}
        provider={recipient.provider}
        method={recipient.method}
        onChange={(choice) =>
          onChange({ ...recipient, ...choice, locale: localeAfter(recipient, choice.provider) })
        }
      />
      <NumbersPicker
        id={`${base}-numbers`}
        service={service}
        recipient={recipient}
        onChange={onChange}
      />
      <div className="rec-fields">
        <div>
          <label className="label" htmlFor={`${base}-name`}>
            {t('new.name')}
          </label>
          <input
            id={`${base}-name`}
            className="input"
            autoComplete="off"
            maxLength={200}
            value={recipient.name}
            aria-invalid={isNameless}
            data-testid="recipient-name"
            onChange={(event) => onChange({ ...recipient, name: event.target.value })}
          />
          {isNameless ? (
            <p className="field-error">{sentence(t('finding.recipient.nameless'))}</p>
          ) : null}
        </div>
        {identifiersOf(service, recipient).map(({ kind, need, hintKey }) => (
          <IdField
            key={kind}
            id={`${base}-${kind}`}
            kind={kind}
            need={groups.some((group) => group.includes(kind)) ? 'one-of' : need}
            hint={hintKey === undefined ? undefined : text(service?.id ?? '', hintKey)}
            value={recipient.numbers[kind] ?? ''}
            known={knownNumber(recipient, kind)}
            showErrors={showErrors}
            onChange={(value) =>
              onChange({ ...recipient, numbers: { ...recipient.numbers, [kind]: value } })
            }
          />
        ))}
      </div>
      <fieldset className="row row-wrap mt-2.5">
        <legend className="sr-only">{t('new.locale')}</legend>
        <span className="small dim" aria-hidden="true">
          {t('new.locale')}
        </span>
        <span className="segments">
          {locales.map((locale) => (
            <label key={locale}>
              <input
                type="radio"
                name={`${base}-locale`}
                checked={recipient.locale === locale}
                aria-label={localeNames[locale].own}
                onChange={() => onChange({ ...recipient, locale })}
              />
              <span lang={langOf(locale)}>{localeNames[locale].short}</span>
            </label>
          ))}
        </span>
      </fieldset>
    </div>
  )
}
