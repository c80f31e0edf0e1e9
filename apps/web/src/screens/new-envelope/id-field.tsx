import { useState } from 'react'
import type { RecipientKind } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'
import { sentence } from '../../format/texts.ts'
import { checkNumber, groupNumber, isContact, isWhole, numberLengths } from './check-number.ts'

/**
 * A national number or a contact: pasted text is cleaned, digits stand in groups, the check digit is judged at
 * once. IIN and BIN with a wrong one are doubted, not refused.
 */
export function IdField(props: {
  readonly id: string
  readonly kind: RecipientKind
  /** What it is good for, in the words of the service. */
  readonly hint?: string | undefined
  readonly need: 'required' | 'optional' | 'one-of'
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
  const isEmpty = value.trim() === ''
  const isEmptyFine = (props.need !== 'required' || props.known !== undefined) && isEmpty
  const isShown = (isWhole(kind, value) || isLeft || props.showErrors) && !isEmptyFine
  const isError = isShown && check.level === 'refusal' && (!isEmpty || props.showErrors)
  const isWarning = isShown && check.level === 'warning'
  const noteId = `${props.id}-note`

  return (
    <div>
      <label className="label" htmlFor={props.id}>
        {t(`id.${kind}`)}
        {props.need === 'required' ? null : (
          <span className="faint caption">
            {' '}
            {t(props.need === 'optional' ? 'new.optional' : 'new.oneOf')}
          </span>
        )}
      </label>
      <input
        id={props.id}
        className={inputClass(kind, isWarning)}
        inputMode={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'numeric'}
        autoComplete="off"
        spellCheck={false}
        placeholder={
          props.known ??
          (isContact(kind)
            ? samples[kind]
            : t('number.digits', { count: numberLengths[kind][0] ?? 0 }))
        }
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
        {props.hint === undefined || isError ? null : <p className="hint">{props.hint}</p>}
        {kind === 'bin' && isEmpty && props.known === undefined ? (
          <p className="hint">{t('new.bin.hint')}</p>
        ) : null}
      </div>
    </div>
  )
}

/** How a contact is written. */
const samples = { phone: '+7 900 000-00-00', email: 'name@example.com' } as const

function inputClass(kind: RecipientKind, isWarning: boolean): string {
  const base = isContact(kind) ? 'input' : 'input input-mono'

  return isWarning ? `${base} input-warned` : base
}
