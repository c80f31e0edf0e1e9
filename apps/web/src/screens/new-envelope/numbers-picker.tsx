import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import type { ProviderDescriptor } from '../../services/contract.ts'
import { identifierSetsOf } from '../../services/registry.ts'
import type { RecipientDraft } from './draft.ts'

/** By which numbers the signer is known, where the method leaves the choice; nothing elsewhere. */
export function NumbersPicker(props: {
  readonly id: string
  readonly service: ProviderDescriptor | undefined
  readonly recipient: RecipientDraft
  readonly onChange: (recipient: RecipientDraft) => void
}) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const { id, service, recipient, onChange } = props
  const sets = identifierSetsOf(service, recipient.method)
  const chosen = sets.find((set) => set.id === recipient.identifierSet) ?? sets[0]

  if (service === undefined || chosen === undefined) return null

  return (
    <fieldset className="mt-2.5" data-testid="identifier-sets">
      <legend className="sr-only">{t('new.identifierSet')}</legend>
      <span className="segments">
        {sets.map((set) => (
          <label key={set.id}>
            <input
              type="radio"
              name={id}
              value={set.id}
              checked={set.id === chosen.id}
              onChange={() => onChange({ ...recipient, identifierSet: set.id })}
            />
            <span>{text(service.id, set.nameKey)}</span>
          </label>
        ))}
      </span>
      <p className="hint">{text(service.id, chosen.hintKey)}</p>
    </fieldset>
  )
}
