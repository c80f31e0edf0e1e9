import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { envelopeQuery, reportQuery, sessionQuery } from '../../api/queries.ts'
import type { RecipientKind, Signing } from '../../api/types.ts'
import { PublicFrame } from '../../app/public-frame.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { Note } from '../../components/note.tsx'
import { deciderName } from '../../components/person-name.ts'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { isVouched } from '../envelope/said.ts'
import { Vouched } from '../envelope/said-panel.tsx'
import { PackagePart } from './package-part.tsx'
import { documentReports, worstOf } from './package-reports.ts'
import { ReportView } from './report-view.tsx'

/** The stored report of one signing. */
export function ReportScreen() {
  const { id } = useParams({ from: '/verify/$id' })
  const { t } = useAppSpeech()
  const query = useQuery(reportQuery(id))
  const { data: session } = useQuery(sessionQuery)
  const envelopeId = query.data?.envelope
  const { data: envelope } = useQuery({
    ...envelopeQuery(envelopeId ?? ''),
    enabled: envelopeId !== undefined,
  })
  const signing = envelope?.signings.find((each) => each.id === id)
  const [chosen, setChosen] = useState<string | undefined>()
  const reports =
    query.data === undefined || envelope === undefined ? [] : documentReports(query.data, envelope)
  const shown = reports.find((each) => each.id === chosen) ?? worstOf(reports)
  useTitle(t('report.title'))

  return (
    <PublicFrame
      name={t('report.title')}
      about="report"
      isSandbox={session?.mode === 'sandbox' || query.data?.report.sandbox}
    >
      <main className="report" id="main">
        {envelope === undefined ? null : (
          <div className="crumbs no-print">
            <Link to="/envelopes/$id" params={{ id: envelope.id }}>
              {envelope.title}
            </Link>{' '}
            <Icon name="chevron" /> <span>{t('report.title')}</span>
          </div>
        )}
        {query.isPending ? <SkeletonRows /> : null}
        {query.isError ? (
          <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.data === undefined ? null : (
          <ReportView
            report={shown?.report ?? query.data.report}
            name={`muhr-report-${id}`}
            version={session?.version}
            command="npx muhr verify evidence.zip --trust ROOT.pem --json"
            between={
              <>
                {signing === undefined ? null : <Expected signing={signing} self={session?.user} />}
                {reports.length < 2 ? null : (
                  <PackagePart reports={reports} shown={shown?.id} onShow={setChosen} />
                )}
                {reports.length < 2 || shown === undefined ? null : (
                  <p className="report-of wrap-anywhere">
                    {t('package.shown', { name: shown.fileName })}
                  </p>
                )}
              </>
            }
          />
        )}
      </main>
    </PublicFrame>
  )
}

/** Whom the envelope expected, and who took the decision when a person did. */
function Expected(props: {
  readonly signing: Signing
  readonly self: { readonly id: string; readonly name: string } | undefined
}) {
  const { signing, self } = props
  const { t, format } = useAppSpeech()
  const masked = Object.entries(signing.recipient.identifiersMasked)
    .map(([kind, number]) => `${t(`id.${kind as RecipientKind}`)} ${number}`)
    .join(', ')

  return (
    <div className="stack report-between">
      <p className="small">
        {t('report.expected', { name: signing.recipient.name, number: masked })}
      </p>
      {isVouched(signing) ? (
        <Vouched signing={signing} provider={signing.requests.at(-1)?.provider ?? ''} />
      ) : null}
      {signing.acceptedBy === undefined ? null : (
        <Note kind="warn">
          <Rich
            text={t('report.accepted', {
              name: deciderName(signing.acceptedBy, { self, otherwise: t('actor.user') }),
              time: format.proofTime(signing.acceptedBy.at),
              reason: signing.acceptedBy.reason,
            })}
          />
        </Note>
      )}
    </div>
  )
}
