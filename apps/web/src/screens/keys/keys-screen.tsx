import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { sessionQuery } from '../../api/queries.ts'
import { connectionsQuery, keysQuery } from '../../api/settings-queries.ts'
import type { SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech, WithSettingsTexts } from '../../app/settings-texts.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { useNow } from '../../components/use-now.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { AddKeyForm } from './add-key-form.tsx'
import { KeyDetail } from './key-detail.tsx'
import { KeyTable } from './key-table.tsx'
import { byTrouble, validityOf } from './key-words.ts'

const minuteMs = 60_000

/** Signer keys: what seals in the name of the organisation, and what of it ends. */
export function KeysScreen() {
  return (
    <WithSettingsTexts>
      <Keys />
    </WithSettingsTexts>
  )
}

function Keys() {
  const { t } = useSettingsSpeech()
  const { data: session } = useQuery(sessionQuery)
  const keys = useQuery(keysQuery)
  const connections = useQuery(connectionsQuery)
  const { key: chosen } = useSearch({ from: '/shell/settings/keys' })
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  const now = useNow(minuteMs)
  useTitle(t('keys.title'))
  const mayWrite = session?.scopes.includes('keys:write') === true
  const items = byTrouble(keys.data?.items ?? [], now)
  const names = new Map(connections.data?.items.map(({ id, name }) => [id, name]))
  const selected =
    items.find(({ id }) => id === chosen) ?? (chosen === undefined ? items[0] : undefined)
  const select = (id: string | undefined) =>
    void navigate({
      to: '/settings/keys',
      search: id === undefined ? {} : { key: id },
      resetScroll: false,
    })

  return (
    <>
      <div className="page-head">
        <div className="grow">
          <h1>{t('keys.title')}</h1>
          <p className="small dim">{t('keys.lead')}</p>
        </div>
        {mayWrite ? (
          <Button
            kind="primary"
            icon="plus"
            data-testid="add-key"
            aria-expanded={isAdding}
            onClick={() => setAdding(true)}
          >
            {t('keys.add')}
          </Button>
        ) : null}
      </div>
      <Ending keys={items} now={now} />
      <div className={selected === undefined ? 'stack-loose' : 'keys-grid'}>
        <div className="stack-loose">
          {isAdding ? (
            <AddKeyForm
              isLive={session?.mode === 'live'}
              onClose={() => setAdding(false)}
              onAdded={(key) => {
                setAdding(false)
                select(key.id)
              }}
            />
          ) : null}
          <section className="card" aria-label={t('keys.title')} aria-busy={keys.isPending}>
            {keys.isPending ? <SkeletonRows rows={3} /> : null}
            {keys.isError ? (
              <Fault problem={asProblem(keys.error)} onRetry={() => void keys.refetch()} />
            ) : null}
            {keys.data === undefined ? null : items.length === 0 ? (
              <Empty
                title={t('keys.empty')}
                text={t('keys.empty.text')}
                action={
                  mayWrite && !isAdding ? (
                    <Button icon="plus" onClick={() => setAdding(true)}>
                      {t('keys.add')}
                    </Button>
                  ) : undefined
                }
              />
            ) : (
              <KeyTable keys={items} selected={selected?.id} now={now} names={names} />
            )}
          </section>
        </div>
        {selected === undefined ? null : (
          <KeyDetail
            key={selected.id}
            signerKey={selected}
            connections={connections.data?.items ?? []}
            mayWrite={mayWrite}
            isLive={session?.mode === 'live'}
            onRemoved={() => select(undefined)}
          />
        )}
      </div>
    </>
  )
}

/** Each certificate that ends within thirty days, with what to do about it. */
function Ending({ keys, now }: { readonly keys: readonly SignerKey[]; readonly now: Date }) {
  const speech = useSettingsSpeech()
  const ending = keys.flatMap((key) => {
    const { daysLeft } = validityOf(speech, key, now)

    return daysLeft === undefined ? [] : [{ key, daysLeft }]
  })

  return (
    <div className="page-notes stack-tight">
      {ending.map(({ key, daysLeft }) => (
        <Note key={key.id} kind="warn" testId="key-ending">
          <Rich text={speech.t('keys.ending', { name: key.name, count: daysLeft })} />
        </Note>
      ))}
    </div>
  )
}
