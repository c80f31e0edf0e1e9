import type { SigningSummary } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { shortName } from '../../format/texts.ts'
import { Seal } from '../../seal/seal.tsx'
import { signingSeal } from '../../seal/table.ts'
import { providerShortName } from '../../services/registry.ts'

const shownWhole = 4
const shownCut = 3

/** A seal per recipient with the service under it; of more than four, three and a number. */
export function MiniSeals({ signings }: { readonly signings: readonly SigningSummary[] }) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const shown = signings.length > shownWhole ? signings.slice(0, shownCut) : signings
  const rest = signings.length - shown.length

  return (
    <ul className="mini">
      {shown.map((signing) => {
        const seal = signingSeal(signing)
        const label = `${shortName(signing.name)}: ${t(`state.${seal}`)}`

        return (
          <li key={signing.id} title={label}>
            <Seal state={seal} size="xs" label={label} />
            <i>{providerShortName(text, signing.provider ?? '')}</i>
          </li>
        )
      })}
      {rest > 0 ? <li className="mini-rest">+{rest}</li> : null}
    </ul>
  )
}
