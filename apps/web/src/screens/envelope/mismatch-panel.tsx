import { useQuery } from '@tanstack/react-query'
import { reportQuery } from '../../api/queries.ts'
import type { RecipientKind, ReportSigner, Signing } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import { MaskedId } from '../../components/masked-id.tsx'
import { findProvider, showsCode } from '../../services/registry.ts'
import { ownWords } from '../../services/service-words.ts'
import { attentionKind } from './signing-words.ts'

/** Loads what the certificate of the refused signature says, for the two columns. */
export function MismatchPanel(props: {
  readonly signing: Signing
  readonly isAsking: boolean
  readonly onAskAgain: () => void
  readonly onVoid: () => void
}) {
  const { data } = useQuery({ ...reportQuery(props.signing.id), retry: false })
  const came = data?.report.signatures[0]?.signer ?? props.signing.report?.signer

  return <Compare {...props} came={came} />
}

/** "Expected" beside "came", the differing value marked; never a default among the decisions. */
export function Compare(props: {
  readonly signing: Signing
  readonly came: ReportSigner | undefined
  readonly isAsking: boolean
  readonly onAskAgain: () => void
  readonly onVoid: () => void
}) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const { signing, came } = props
  const provider = signing.methods[0]?.provider ?? ''
  const canAskAgain = showsCode(findProvider(provider))
  const code = signing.requests.find(({ attention }) => attention !== undefined)?.attention?.code

  return (
    <div className="compare" data-testid="mismatch">
      {attentionKind(signing) === 'person' ? (
        <div className="compare-two">
          <div>
            <h4 className="caption faint">{t('compare.expected')}</h4>
            <b className="wrap-anywhere">{signing.recipient.name}</b>
            {Object.entries(signing.recipient.identifiersMasked)
              .filter((entry): entry is [RecipientKind, string] => entry[1] !== undefined)
              .map(([kind, masked]) => (
                <div key={kind} className="small">
                  <MaskedId kind={kind} masked={masked} />
                </div>
              ))}
          </div>
          <div>
            <h4 className="caption faint">{t('compare.came')}</h4>
            {came === undefined ? (
              <span className="dim">{t('compare.unknown')}</span>
            ) : (
              <>
                <b className="wrap-anywhere">{came.name}</b>
                {(['iin', 'bin', 'snils', 'inn', 'ogrn'] as const)
                  .filter((kind) => came[kind] !== undefined)
                  .map((kind) => (
                    <div key={kind} className="small">
                      <mark>
                        {t(`id.${kind}`)} {came[kind]}
                      </mark>
                    </div>
                  ))}
              </>
            )}
          </div>
        </div>
      ) : null}
      {code === undefined ? null : <p className="code-line">{code}</p>}
      {canAskAgain ? null : (
        <p className="small dim">
          {ownWords(text, { provider, key: 'mismatch.itself' }) ?? t('mismatch.itself')}
        </p>
      )}
      <div className="note-actions">
        {canAskAgain ? (
          <Button size="s" onClick={props.onAskAgain} busy={props.isAsking}>
            {t('compare.askAgain')}
          </Button>
        ) : null}
        <Button size="s" kind="danger" onClick={props.onVoid}>
          {t('void.open')}
        </Button>
      </div>
    </div>
  )
}
