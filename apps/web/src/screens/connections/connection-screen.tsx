import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { sessionQuery } from '../../api/queries.ts'
import { request } from '../../api/request.ts'
import { connectionQuery, keysQuery } from '../../api/settings-queries.ts'
import type { Connection } from '../../api/settings-types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useSettingsSpeech, WithSettingsTexts } from '../../app/settings-texts.tsx'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { useToast } from '../../components/toast.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { loadConnectionForm } from '../../services/connection-forms.ts'
import { providerName } from '../../services/registry.ts'
import { CheckCard } from './check-card.tsx'
import { ConnectionFormCard, type ConnectionWish } from './connection-form.tsx'

/** A connection: its settings, what the doctor sees of it, and its switch. */
export function ConnectionScreen() {
  const { id } = useParams({ from: '/shell/settings/connections/$id' })

  return (
    <WithSettingsTexts>
      <Known id={id} />
    </WithSettingsTexts>
  )
}

/** A connection that is not there yet. */
export function NewConnectionScreen() {
  return (
    <WithSettingsTexts>
      <Fresh />
    </WithSettingsTexts>
  )
}

function useForm(provider: string | undefined) {
  const { locale } = useSettingsSpeech()

  return useQuery({
    queryKey: ['texts', 'connection', provider ?? '', locale],
    queryFn: async () => (await loadConnectionForm(provider ?? '', locale)) ?? null,
    enabled: provider !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  })
}

function Head({ title, lead }: { readonly title: string; readonly lead: string }) {
  const { t } = useSettingsSpeech()
  useTitle(title)

  return (
    <div className="page-head">
      <div className="grow">
        <nav className="crumbs" aria-label={t('connections.title')}>
          <Link to="/settings/connections">{t('connections.title')}</Link>
        </nav>
        <h1>{title}</h1>
        <p className="small dim">{lead}</p>
      </div>
    </div>
  )
}

function Fresh() {
  const { t } = useSettingsSpeech()
  const text = useProviderText()
  const { provider = 'egov-mobile' } = useSearch({ from: '/shell/settings/connections/new' })
  const form = useForm(provider)
  const keys = useQuery(keysQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const add = useMutation({
    mutationFn: (wish: ConnectionWish) =>
      request<Connection>('/v1/connections', { method: 'POST', body: { provider, ...wish } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['connections'] })
      await client.invalidateQueries({ queryKey: ['providers'] })
      await navigate({ to: '/settings/connections/$id', params: { id } })
    },
  })

  return (
    <>
      <Head
        title={t('connections.new', { service: providerName(text, provider) })}
        lead={t('connections.new.lead')}
      />
      {form.data === undefined ? (
        <SkeletonRows />
      ) : (
        <ConnectionFormCard
          form={form.data ?? undefined}
          connection={undefined}
          keys={keys.data?.items ?? []}
          isBusy={add.isPending}
          problem={add.isError ? asProblem(add.error) : undefined}
          onSave={(wish) => add.mutate(wish)}
        />
      )}
    </>
  )
}

function Known({ id }: { readonly id: string }) {
  const { t } = useSettingsSpeech()
  const text = useProviderText()
  const { data: session } = useQuery(sessionQuery)
  const connection = useQuery(connectionQuery(id))
  const form = useForm(connection.data?.provider)
  const mayReadKeys = session?.scopes.includes('keys:read') === true
  const keys = useQuery({ ...keysQuery, enabled: mayReadKeys })
  const client = useQueryClient()
  const toast = useToast()
  const [isAsking, setAsking] = useState(false)
  const mayWrite = session?.scopes.includes('settings:write') === true
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['connection', id] })
    await client.invalidateQueries({ queryKey: ['connections'] })
    await client.invalidateQueries({ queryKey: ['providers'] })
    await client.invalidateQueries({ queryKey: ['keys'] })
  }
  const save = useMutation({
    mutationFn: (wish: ConnectionWish) =>
      request<Connection>(`/v1/connections/${id}`, {
        method: 'PATCH',
        body: { revision: connection.data?.revision, ...wish },
      }),
    onSuccess: async () => {
      toast(t('connections.saved'))
      await refresh()
    },
  })
  const turn = async (to: 'disable' | 'enable') => {
    await request(`/v1/connections/${id}/${to}`, { method: 'POST' })
    await refresh()
  }
  if (connection.isError) {
    return <Fault problem={asProblem(connection.error)} onRetry={() => void connection.refetch()} />
  }
  if (connection.data === undefined || form.data === undefined) return <SkeletonRows />
  const { name, provider, state, faults, revision } = connection.data

  return (
    <>
      <Head title={name} lead={providerName(text, provider)} />
      <div className="page-notes stack-tight">
        {state === 'unusable' ? (
          <Note kind="bad" code={faults[0]?.code}>
            <Rich text={t('connections.unusable')} />
          </Note>
        ) : null}
        {state === 'disabled' ? (
          <Note kind="warn">
            <Rich text={t('connections.disabled')} />
          </Note>
        ) : null}
      </div>
      <div className="keys-grid">
        <ConnectionFormCard
          key={revision}
          form={form.data ?? undefined}
          connection={connection.data}
          keys={keys.data?.items ?? []}
          isBusy={save.isPending}
          isReadOnly={!mayWrite}
          problem={save.isError ? asProblem(save.error) : undefined}
          onSave={(wish) => save.mutate(wish)}
        />
        {mayWrite ? (
          <div className="stack">
            <CheckCard id={id} onChecked={() => void refresh()} />
            <section className="card card-body stack-tight">
              <p className="small dim">{t('connections.switch.text')}</p>
              {state === 'disabled' ? (
                <Button size="s" onClick={() => void turn('enable')} data-testid="enable">
                  {t('connections.enable')}
                </Button>
              ) : (
                <Button
                  size="s"
                  kind="danger"
                  onClick={() => setAsking(true)}
                  data-testid="disable"
                >
                  {t('connections.disable')}
                </Button>
              )}
            </section>
          </div>
        ) : null}
      </div>
      {isAsking ? (
        <ConfirmDialog
          title={t('connections.disable.title', { name })}
          confirm={t('connections.disable')}
          kind="danger"
          testId="disable-dialog"
          onClose={() => setAsking(false)}
          onConfirm={() => turn('disable')}
        >
          <p>{t('connections.switch.text')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
