import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { sessionQuery } from '../../api/queries.ts'
import { keysQuery, sealsQuery } from '../../api/settings-queries.ts'
import type { SealTask } from '../../api/settings-types.ts'
import { useSettingsSpeech, WithSettingsTexts } from '../../app/settings-texts.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { useNow } from '../../components/use-now.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { plugInCode, plugInText } from './plug-in-words.ts'
import { SealCard } from './seal-card.tsx'
import { useConfirm } from './use-confirm.ts'

const tickMs = 5_000

/** What waits for the clerk's own key: seen, confirmed once, signed by the browser plug-in. */
export function SealsScreen() {
  return (
    <WithSettingsTexts>
      <Seals />
    </WithSettingsTexts>
  )
}

function Seals() {
  const { t } = useSettingsSpeech()
  const { data: session } = useQuery(sessionQuery)
  const seals = useQuery(sealsQuery)
  const mayRead = session?.scopes.includes('keys:read') === true
  const keys = useQuery({ ...keysQuery, enabled: mayRead })
  const client = useQueryClient()
  const now = useNow(tickMs)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const confirm = useConfirm()
  const tasks = seals.data?.items ?? []
  useTitle(t('seals.title'), tasks.length)
  const isPast = ({ due, kind }: SealTask) =>
    (kind === 'request' || kind === 'order') &&
    due !== undefined &&
    Date.parse(due) <= now.getTime()
  const open = tasks.filter((task) => !isPast(task))
  const chosen = open.filter(({ id }) => !left.has(id))
  const count = chosen.reduce((sum, { items }) => sum + items.length, 0)
  const reload = () => {
    confirm.reset()
    void client.invalidateQueries({ queryKey: ['seals'] })
  }
  const toggle = (id: string) =>
    setLeft((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)

      return next
    })

  return (
    <>
      <div className="page-head">
        <div className="grow">
          <h1>{t('seals.title')}</h1>
          <p className="small dim">{t('seals.lead')}</p>
        </div>
        {open.length === 0 ? null : (
          <Button
            kind="primary"
            icon="stamp"
            busy={confirm.isPending}
            blocked={count === 0}
            onClick={() => confirm.mutate(chosen)}
            data-testid="confirm-seals"
          >
            {confirm.isPending && confirm.signed > 0
              ? t('seals.progress', { done: confirm.signed, of: count })
              : t('seals.confirm', { count })}
          </Button>
        )}
      </div>
      <div className="page-notes stack-tight">
        <Outcome confirm={confirm} onReload={reload} />
      </div>
      {seals.isError ? (
        <Fault problem={asProblem(seals.error)} onRetry={() => void seals.refetch()} />
      ) : null}
      {seals.isPending ? <SkeletonRows rows={2} /> : null}
      {seals.data === undefined || tasks.length > 0 ? null : (
        <section className="card">
          <Empty title={t('seals.empty')} text={t('seals.empty.text')} />
        </section>
      )}
      <div className="stack" aria-busy={confirm.isPending}>
        {tasks.map((task) => (
          <SealCard
            key={task.id}
            task={task}
            keyName={keys.data?.items.find(({ id }) => id === task.signerKey)?.name}
            isPast={isPast(task)}
            isChosen={!left.has(task.id)}
            isHeld={confirm.isPending}
            refusal={confirm.data?.refused.find(({ id }) => id === task.id)}
            onToggle={() => toggle(task.id)}
            onReload={reload}
          />
        ))}
      </div>
    </>
  )
}

function Outcome(props: {
  readonly confirm: ReturnType<typeof useConfirm>
  readonly onReload: () => void
}) {
  const { t } = useSettingsSpeech()
  const { confirm } = props
  if (confirm.error !== null) {
    const problem = asProblem(confirm.error)
    const isOurs = problem.code !== 'page.failed'

    return isOurs ? (
      <Fault problem={problem} onRetry={props.onReload} />
    ) : (
      <Note kind="bad" code={plugInCode(confirm.error)} testId="plugin-fault">
        <Rich text={plugInText(t, confirm.error)} />
      </Note>
    )
  }
  if (confirm.data === undefined) return null
  const { made, stale } = confirm.data

  return (
    <>
      {made === 0 ? null : (
        <Note kind="ok" testId="seals-made">
          <Rich text={t('seals.made', { count: made })} />
        </Note>
      )}
      {stale === 0 ? null : (
        <Note kind="warn" testId="seals-stale">
          <Rich text={t('seals.stale')} />
        </Note>
      )}
    </>
  )
}
