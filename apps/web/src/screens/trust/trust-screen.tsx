import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { sessionQuery } from '../../api/queries.ts'
import { removeTrust, type TrustRoot, trustQuery } from '../../api/trust.ts'
import { useSettingsSpeech, WithSettingsTexts } from '../../app/settings-texts.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Empty } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { AddTrust } from './add-trust.tsx'
import { TrustTable } from './trust-table.tsx'

/** Anchors of the installation: whom it believes, and how that came about (ui.md §14). */
export function TrustScreen() {
  return (
    <WithSettingsTexts>
      <Trust />
    </WithSettingsTexts>
  )
}

function Trust() {
  const { t } = useSettingsSpeech()
  const { data: session } = useQuery(sessionQuery)
  const trust = useQuery(trustQuery)
  const client = useQueryClient()
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<TrustRoot | undefined>()
  useTitle(t('trust.title'))
  const { items = [], unreadable = [], changeable = false } = trust.data ?? {}
  const mayChange = changeable && session?.scopes.includes('settings:write') === true

  return (
    <>
      <div className="page-head">
        <div className="grow">
          <h1>{t('trust.title')}</h1>
          <p className="small dim">{t('trust.lead')}</p>
        </div>
        {mayChange ? (
          <Button
            kind="primary"
            icon="plus"
            aria-expanded={isAdding}
            onClick={() => setAdding(true)}
            data-testid="add-trust"
          >
            {t('trust.add')}
          </Button>
        ) : null}
      </div>
      <div className="page-notes stack-tight">
        {trust.data !== undefined && !changeable ? (
          <Note kind="info" testId="trust-shared">
            <Rich text={t('trust.shared')} />
          </Note>
        ) : null}
        {unreadable.length === 0 ? null : (
          <Note kind="warn" testId="trust-unreadable">
            <Rich text={t('trust.unreadable', { names: unreadable.join(', ') })} />
          </Note>
        )}
      </div>
      <div className="stack-loose">
        {isAdding ? <AddTrust onClose={() => setAdding(false)} /> : null}
        <section className="card" aria-label={t('trust.title')}>
          {trust.isPending ? <SkeletonRows rows={3} /> : null}
          {trust.isError ? (
            <Fault problem={asProblem(trust.error)} onRetry={() => void trust.refetch()} />
          ) : null}
          {trust.data === undefined ? null : items.length === 0 ? (
            <Empty title={t('trust.empty')} text={t('trust.empty.text')} />
          ) : (
            <TrustTable items={items} onRemove={mayChange ? setLeaving : undefined} />
          )}
        </section>
      </div>
      {leaving === undefined ? null : (
        <ConfirmDialog
          title={t('trust.remove.title', { name: leaving.name })}
          confirm={t('trust.remove')}
          kind="danger"
          testId="trust-dialog"
          onClose={() => setLeaving(undefined)}
          onConfirm={async () => {
            await removeTrust(leaving.sha256)
            await client.invalidateQueries({ queryKey: ['trust'] })
          }}
        >
          <p>{t('trust.remove.text')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
