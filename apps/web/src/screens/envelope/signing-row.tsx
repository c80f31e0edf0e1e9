import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sessionQuery } from '../../api/queries.ts'
import type { RecipientKind, Signing } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { MaskedId } from '../../components/masked-id.tsx'
import { StepBar, stepLooks } from '../../components/step-bar.tsx'
import { clause } from '../../format/texts.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'
import { signingEnds, signingSeal } from '../../seal/table.ts'
import { findProvider, providerName } from '../../services/registry.ts'
import { signingWords } from './signing-words.ts'

/** One signing: seal, person, service, masked number, state in words, what is next, when. */
export function SigningRow(props: {
  readonly signing: Signing
  readonly now: Date
  readonly isPressed: boolean
  readonly children: ReactNode
}) {
  const { signing, now } = props
  const speech = useAppSpeech()
  const { t, format } = speech
  const text = useProviderText()
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  const seal = signingSeal(signing)
  const steps = stepLooks(seal, findProvider(signing.methods[0]?.provider ?? '')).map(
    ({ step, look }) => ({ look, word: t(`step.${step}`) }),
  )
  const done = steps.filter(({ look }) => look === 'done').length

  return (
    <article
      className="sig"
      aria-label={`${signing.recipient.name}: ${t(`state.${seal}`)}`}
      data-testid="signing"
      data-state={seal}
      data-signing={signing.id}
    >
      <Seal state={seal} size="m" pressed={props.isPressed} />
      <div className="sig-main">
        <h3 className="wrap-anywhere">{signing.recipient.name}</h3>
        <p className="small faint">
          {signing.methods.map(({ provider, method }) => (
            <span key={`${provider} ${method}`}>
              {providerName(text, provider)}
              {methodName(text, provider, method)}
              {' · '}
            </span>
          ))}
          {Object.entries(signing.recipient.identifiersMasked)
            .filter((entry): entry is [RecipientKind, string] => entry[1] !== undefined)
            .map(([kind, masked], index) => (
              <span key={kind}>
                {index === 0 ? '' : ' · '}
                <MaskedId kind={kind} masked={masked} />
              </span>
            ))}
        </p>
        <p className="small sig-words" data-testid="signing-words">
          <Rich text={signingWords({ ...speech, self: session?.user, text }, signing)} />
        </p>
      </div>
      <div className="sig-side small">
        <time dateTime={signing.since} title={format.proofTime(signing.since)} className="nowrap">
          {format.ago(signing.since, now)}
        </time>
        {hasReport(signing) ? (
          <Link to="/verify/$id" params={{ id: signing.id }} data-testid="report-link">
            {t('envelope.report')}
          </Link>
        ) : null}
        {signingEnds.has(signing.state) ? null : (
          <StepBar
            steps={steps}
            label={t('step.label', {
              done,
              of: steps.length,
              word: steps[Math.max(0, done - 1)]?.word ?? '',
            })}
          />
        )}
      </div>
      {props.children}
    </article>
  )
}

function hasReport(signing: Signing): boolean {
  return (
    signing.report !== undefined ||
    signing.artifacts.some(({ indication }) => indication !== undefined)
  )
}

function methodName(
  text: (provider: string, key: string) => string,
  provider: string,
  method: string,
): string {
  const key = findProvider(provider)?.methods.find(({ id }) => id === method)?.nameKey

  return key === undefined ? '' : `, ${clause(text(provider, key))}`
}
