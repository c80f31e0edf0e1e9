import type { ReactNode } from 'react'
import type { Envelope, Signing } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useNow } from '../../components/use-now.ts'
import { needsCode } from '../../seal/table.ts'
import { SigningRow } from './signing-row.tsx'

/** Signings in their order groups. The code stands open only for the first that needs one. */
export function SigningsCard(props: {
  readonly envelope: Envelope
  readonly freshAt: Date
  /** Signings proved while this page was open. */
  readonly pressed: ReadonlySet<string>
  readonly extra: (signing: Signing, isFirstOpen: boolean) => ReactNode
}) {
  const { t, format } = useAppSpeech()
  const now = useNow(1000)
  const { signings } = props.envelope
  const groups = [...new Set(signings.map(({ orderGroup }) => orderGroup))].sort((a, b) => a - b)
  const firstOpen = signings.find(needsCode)
  const isLive = props.envelope.state === 'sent'

  return (
    <section className="card" aria-labelledby="signings-title" id="signings">
      <header className="card-head">
        <h2 id="signings-title">{t('envelope.signings')}</h2>
        {isLive ? (
          <span className="row small dim">
            <span className="pulse" aria-hidden="true" />
            {t('envelope.fresh', { ago: format.ago(props.freshAt, now) })}
          </span>
        ) : null}
      </header>
      {groups.map((group, index) => {
        const members = signings.filter(({ orderGroup }) => orderGroup === group)

        return (
          <div key={group} data-testid="order-group">
            {groups.length > 1 ? (
              <div className="sig-group">
                <b>{group}</b>
                {t(
                  index === 0
                    ? 'group.first'
                    : members.length > 1
                      ? 'group.thenTogether'
                      : 'group.then',
                )}
              </div>
            ) : null}
            {members.map((signing) => (
              <SigningRow
                key={signing.id}
                signing={signing}
                now={now}
                isPressed={props.pressed.has(signing.id)}
              >
                {props.extra(signing, signing.id === firstOpen?.id)}
              </SigningRow>
            ))}
          </div>
        )
      })}
    </section>
  )
}
