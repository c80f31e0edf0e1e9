import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { asProblem } from '../../api/problem.ts'
import { providersQuery, sessionQuery } from '../../api/queries.ts'
import { connectionsQuery, keysQuery } from '../../api/settings-queries.ts'
import type { Connection } from '../../api/settings-types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useSettingsSpeech, WithSettingsTexts } from '../../app/settings-texts.tsx'
import { useTitle } from '../../app/use-title.ts'
import { buttonClass } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { findProvider, providerName } from '../../services/registry.ts'

/** Accounts at services, and how each of them does. */
export function ConnectionsScreen() {
  return (
    <WithSettingsTexts>
      <Connections />
    </WithSettingsTexts>
  )
}

function Connections() {
  const { t } = useSettingsSpeech()
  const text = useProviderText()
  const { data: session } = useQuery(sessionQuery)
  const { data: providers } = useQuery(providersQuery)
  const connections = useQuery(connectionsQuery)
  const mayReadKeys = session?.scopes.includes('keys:read') === true
  const keys = useQuery({ ...keysQuery, enabled: mayReadKeys })
  useTitle(t('connections.title'))
  const mayWrite = session?.scopes.includes('settings:write') === true
  const items = connections.data?.items ?? []
  const keyNames = new Map(keys.data?.items.map(({ id, name }) => [id, name]))

  return (
    <>
      <div className="page-head">
        <div className="grow">
          <h1>{t('connections.title')}</h1>
          <p className="small dim">{t('connections.lead')}</p>
        </div>
        {mayWrite
          ? providers?.items
              .filter(({ id }) => findProvider(id) !== undefined)
              .map(({ id }) => (
                <Link
                  key={id}
                  to="/settings/connections/new"
                  search={{ provider: id }}
                  className={buttonClass({})}
                  data-testid={`add-${id}`}
                >
                  <Icon name="plus" />
                  <span>{providerName(text, id)}</span>
                </Link>
              ))
          : null}
      </div>
      <section className="card" aria-label={t('connections.title')}>
        {connections.isPending ? <SkeletonRows rows={3} /> : null}
        {connections.isError ? (
          <Fault
            problem={asProblem(connections.error)}
            onRetry={() => void connections.refetch()}
          />
        ) : null}
        {connections.data === undefined ? null : items.length === 0 ? (
          <Empty title={t('connections.empty')} text={t('connections.empty.text')} />
        ) : (
          <table className="key-table">
            <thead>
              <tr>
                <th scope="col">{t('connections.col.name')}</th>
                <th scope="col">{t('connections.col.state')}</th>
                <th scope="col" className="key-storage">
                  {t('connections.col.watch')}
                </th>
                <th scope="col" className="key-used">
                  {t('seals.key')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((each) => (
                <Row
                  key={each.id}
                  connection={each}
                  keyName={each.signerKey === null ? undefined : keyNames.get(each.signerKey)}
                />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  )
}

const tones = { enabled: 'small', disabled: 'small faint', unusable: 'small key-bad' } as const

function Row(props: { readonly connection: Connection; readonly keyName: string | undefined }) {
  const { t, format } = useSettingsSpeech()
  const text = useProviderText()
  const { connection, keyName } = props
  const { watch } = connection

  return (
    <tr className="key-row" data-testid="connection-row">
      <td>
        <Link to="/settings/connections/$id" params={{ id: connection.id }} className="key-name">
          {connection.name}
        </Link>
        <span className="caption faint">{providerName(text, connection.provider)}</span>
      </td>
      <td>
        <span className={tones[connection.state]}>
          {t(`connections.state.${connection.state}`)}
        </span>
      </td>
      <td className="key-storage">
        {watch === null ? (
          <span className="small faint">{t('connections.watch.none')}</span>
        ) : watch.failedCode === null ? (
          <span className="small">
            {watch.watchedAt === null
              ? t('connections.watch.none')
              : t('connections.watch.good', { time: format.dateTime(watch.watchedAt) })}
          </span>
        ) : (
          <span className="small key-bad">
            {t('connections.watch.failed', {
              time: format.dateTime(watch.failedSince ?? connection.createdAt),
            })}
            <br />
            <span className="code-line">{watch.failedCode}</span>
          </span>
        )}
      </td>
      <td className="key-used">
        <span className={keyName === undefined ? 'small faint' : 'small'}>
          {keyName ?? t('connections.key.none')}
        </span>
      </td>
    </tr>
  )
}
