import { useState } from 'react'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import type { ProviderDescriptor } from '../../services/contract.ts'
import { newRecipient, type RecipientDraft } from './draft.ts'
import { RecipientRow } from './recipient-row.tsx'
import { SectionMark } from './section-mark.tsx'

/** Second block: who signs, in which service, in which order. */
export function RecipientsCard(props: {
  readonly recipients: readonly RecipientDraft[]
  readonly providers: readonly ProviderDescriptor[]
  /** Places (from 1) of recipients with something in the way. */
  readonly blocked: ReadonlySet<number>
  readonly showErrors: boolean
  readonly onChange: (recipients: readonly RecipientDraft[]) => void
}) {
  const { t, locale } = useAppSpeech()
  const { recipients, providers, blocked } = props
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set())
  const add = () => {
    const service = providers[0]
    const last = recipients[recipients.length - 1]
    setFolded(new Set(recipients.map(({ key }) => key)))
    props.onChange([
      ...recipients,
      newRecipient({
        locale: service?.country === 'KZ' ? 'kk' : service?.country === 'UZ' ? 'uz' : locale,
        provider: service?.id ?? '',
        method: service?.methods[0]?.id ?? '',
        order: last?.order ?? 1,
      }),
    ])
  }
  const toggle = (key: string) => {
    const next = new Set(folded)

    if (!next.delete(key)) next.add(key)

    setFolded(next)
  }

  return (
    <section className="card" aria-labelledby="new-recipients" id="f-recipients" tabIndex={-1}>
      <header className="card-head">
        <SectionMark
          number={2}
          isDone={recipients.length > 0 && blocked.size === 0}
          isTouched={recipients.length > 0}
        />
        <h2 id="new-recipients">{t('new.recipients')}</h2>
        <span className="small faint">{t('new.order.hint')}</span>
      </header>
      <ol>
        {recipients.map((recipient, index) => (
          <RecipientRow
            key={recipient.key}
            recipient={recipient}
            place={index + 1}
            providers={providers}
            isOpen={!folded.has(recipient.key)}
            isBlocked={blocked.has(index + 1)}
            showErrors={props.showErrors}
            onChange={(changed) =>
              props.onChange(recipients.map((each) => (each.key === changed.key ? changed : each)))
            }
            onToggle={() => toggle(recipient.key)}
            onRemove={() => props.onChange(recipients.filter(({ key }) => key !== recipient.key))}
          />
        ))}
      </ol>
      <div className="card-body card-tail">
        <Button size="s" kind="ghost" icon="plus" onClick={add} data-testid="add-recipient">
          {t('new.addRecipient')}
        </Button>
      </div>
    </section>
  )
}
