import { useState } from 'react'
import type { IdentifierKind } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'
import { sentence } from '../../format/texts.ts'
import { checkNumber, groupNumber, numberLengths } from './check-number.ts'

/**
 * A national number: pasted text is cleaned, digits stand in groups, the check digit is judged at
 * once. IIN and BIN with a wrong one are doubted, not refused.
 */
export function IdField(props: {
  readonly id: string
  readonly kind: IdentifierKind
  readonly isRequired: boolean
  readonly value: string
  /** Last digits of the number that stands while nothing is typed. */
  readonly known?: string | undefined
  readonly showErrors: boolean
  readonly onChange: (value: string) => void
}) {
  const { t } = useAppSpeech()
  const [isLeft, setLeft] = useState(false)
  const { kind, value } = props
  const check = checkNumber(kind, value)
  const digits = value.replace(/\D/g, '')
  const isFull = numberLengths[kind].includes(digits.length)
  const isEmptyFine = (!props.isRequired || props.known !== undefined) && digits === ''
  const isShown = (isFull || isLeft || props.showErrors) && !isEmptyFine
  const isError = isShown && check.level === 'refusal' && (digits !== '' || props.showErrors)
  const isWarning = isShown && check.level === 'warning'
  const noteId = `${props.id}-note`

  return (
    <div>
      <label className="label" htmlFor={props.id}>
        {t(`id.${kind}`)}
        {props.isRequired ? null : <span className="faint caption"> {t('new.optional')}</span>}
      </label>
      <input
        id={props.id}
        className={isWarning ? 'input input-mono input-warned' : 'input input-mono'}
        inputMode="numeric"
        autoComplete="off"
        placeholder={props.known ?? t('number.digits', { count: numberLengths[kind][0] ?? 0 })}
        value={value}
        aria-invalid={isError}
        aria-describedby={noteId}
        data-testid={`number-${kind}`}
        onBlur={() => setLeft(true)}
        onChange={(event) => props.onChange(groupNumber(kind, event.target.value))}
      />
      <div id={noteId}>
        {isError && check.level === 'refusal' ? (
          <p className="field-error">
            <Icon name="warn" />
            <span>
              {sentence(t(`finding.number.${check.reason === 'empty' ? 'missing' : check.reason}`))}
            </span>
          </p>
        ) : null}
        {isWarning ? (
          <p className="field-warning" data-testid="number-warning">
            <Icon name="warn" />
            <span>{sentence(t('finding.number.check-digit'))}</span>
          </p>
        ) : null}
        {props.known === undefined ? null : (
          <p className="hint" data-testid="number-known">
            {t('number.known', { number: props.known })}
          </p>
        )}
        {kind === 'bin' && digits === '' && props.known === undefined ? (
          <p className="hint">{t('new.bin.hint')}</p>
        ) : null}
      </div>
    </div>
  )
}
