import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import { keyQuery } from '../../api/settings-queries.ts'
import type { Connection, KeyTrial, SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { useSay } from '../../components/live-region.tsx'
import { Seal } from '../../seal/seal.tsx'
import { ChooseConnection } from './choose-connection.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyHistory } from './key-history.tsx'
import { TrialNote } from './trial-note.tsx'

type Grave = 'remove' | 'acknowledge'

/** All of a key's certificate, what is done with it, and its history. */
export function KeyDetail(props: {
  readonly signerKey: SignerKey
  readonly connections: readonly Connection[]
  readonly mayWrite: boolean
  readonly isLive: boolean
  readonly onRemoved: () => void
}) {
  const { t } = useSettingsSpeech()
  const { signerKey: key } = props
  const say = useSay()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Grave | undefined>()
  const history = useQuery(keyQuery(key.id))
  const refresh = () =>
    Promise.all(
      [['keys'], ['key', key.id], ['connections'], ['seals']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  const trial = useMutation({
    mutationFn: () => request<KeyTrial>(`/v1/keys/${key.id}/check`, { method: 'POST' }),
    onSuccess: async ({ passed }) => {
      say(t(passed ? 'keys.check.said' : 'keys.check.saidNot', { name: key.name }))
      await refresh()
    },
  })
  const isProven = trial.data?.passed === true && trial.data.signed
  const used = props.connections.filter(({ id }) => key.connections.includes(id))

  return (
    <aside className="card key-detail" aria-labelledby="key-heading" data-testid="key-detail">
      <header className="card-head">
        <Seal state={isProven ? 'signed' : 'draft'} size="m" />
        <h2 id="key-heading" className="key-heading">
          {key.name}
        </h2>
      </header>
      <div className="card-body">
        <KeyFacts signerKey={key} />
      </div>
      <div className="card-body stack-tight">
        {trial.data === undefined ? null : <TrialNote trial={trial.data} />}
        {trial.isError ? <Fault problem={asProblem(trial.error)} /> : null}
        <div className="row row-wrap">
          {props.mayWrite ? (
            <Button
              size="s"
              busy={trial.isPending}
              onClick={() => trial.mutate()}
              data-testid="check-key"
            >
              {t(key.attendance === 'attended' ? 'keys.check.clerk' : 'keys.check')}
            </Button>
          ) : null}
          <a
            className="button button-s"
            href={`data:application/pkix-cert;base64,${key.certificate}`}
            download={`${key.sha1}.cer`}
          >
            <span>{t('keys.download')}</span>
          </a>
          {props.mayWrite ? (
            <Button
              size="s"
              kind="danger"
              onClick={() => setAsked('remove')}
              data-testid="remove-key"
            >
              {t('keys.remove')}
            </Button>
          ) : null}
        </div>
      </div>
      {props.mayWrite ? (
        <ChooseConnection
          signerKey={key}
          connections={props.connections}
          onChosen={() => void refresh()}
        />
      ) : null}
      {key.isSoftware ? (
        <div className="card-body stack-tight" data-testid="acknowledgement">
          <h3>{t('keys.ack.title')}</h3>
          <p className="small dim">{t('keys.ack.text')}</p>
          {key.acknowledged === null ? (
            props.mayWrite ? (
              <Button
                size="s"
                onClick={() => setAsked('acknowledge')}
                data-testid="acknowledge-key"
              >
                {t('keys.ack.do')}
              </Button>
            ) : null
          ) : (
            <Acknowledged at={key.acknowledged.at} />
          )}
        </div>
      ) : null}
      <KeyHistory events={history.data?.events ?? []} names={props.connections} />
      {asked === 'remove' ? (
        <ConfirmDialog
          title={t('keys.remove.title', { name: key.name })}
          confirm={t('keys.remove')}
          kind="danger"
          testId="remove-dialog"
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await request(`/v1/keys/${key.id}`, { method: 'DELETE' })
            await refresh()
            props.onRemoved()
          }}
        >
          <p>{t('keys.remove.text')}</p>
          {used.length === 0 ? null : (
            <p>{t('keys.remove.stops', { names: used.map(({ name }) => name).join(', ') })}</p>
          )}
        </ConfirmDialog>
      ) : null}
      {asked === 'acknowledge' ? (
        <ConfirmDialog
          title={t('keys.ack.title')}
          confirm={t('keys.ack.do')}
          kind="primary"
          testId="acknowledge-dialog"
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await request(`/v1/keys/${key.id}/acknowledge`, { method: 'POST' })
            await refresh()
          }}
        >
          <p>{t('keys.ack.text')}</p>
        </ConfirmDialog>
      ) : null}
    </aside>
  )
}

function Acknowledged({ at }: { readonly at: string }) {
  const { t, format } = useSettingsSpeech()

  return <p className="small">{t('keys.ack.done', { time: format.proofTime(at) })}</p>
}
