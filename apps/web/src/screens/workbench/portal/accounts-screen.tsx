import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import { keysQuery } from '../../../api/settings-queries.ts'
import { benchAccountsQuery, chooseAccountKey, removeAccount } from '../../../api/workbench.ts'
import type { BenchAccount } from '../../../api/workbench-types.ts'
import { useTitle } from '../../../app/use-title.ts'
import { IconButton } from '../../../components/button.tsx'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { BenchHead } from '../bench-head.tsx'
import { KeyPicker } from '../pickers.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { AccountForm } from './account-form.tsx'
import { AccountSeal } from './account-seal.tsx'
import { AccountToken } from './account-token.tsx'

/** Whose API-Keys the workbench uses, and at which hosts. */
export function AccountsScreen() {
  const { t } = useBenchSpeech()
  const client = useQueryClient()
  const query = useQuery(benchAccountsQuery)
  const [removing, setRemoving] = useState<BenchAccount | undefined>()
  const keys = useQuery(keysQuery)
  const attended = new Set(
    keys.data?.items.filter(({ attendance }) => attendance === 'attended').map(({ id }) => id),
  )
  const accounts = query.data?.items ?? []
  useTitle(t('bench.tab.accounts'))
  const choose = async (id: string, key: string) => {
    await chooseAccountKey(id, key === '' ? null : key)
    await client.invalidateQueries({ queryKey: ['bench', 'accounts'] })
  }

  return (
    <>
      <BenchHead title={t('bench.accounts.title')} hint={t('bench.accounts.hint')} />
      <section className="card" aria-label={t('bench.accounts.title')}>
        {query.isPending ? <SkeletonRows /> : null}
        {query.isError ? (
          <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && accounts.length === 0 ? (
          <p className="card-body small dim">{t('bench.accounts.empty')}</p>
        ) : null}
        {accounts.length === 0 ? null : (
          <table className="bench-table">
            <thead>
              <tr>
                <th scope="col">{t('bench.account.name')}</th>
                <th scope="col">API-Key</th>
                <th scope="col">{t('bench.col.hosts')}</th>
                <th scope="col">{t('bench.col.token')}</th>
                <th scope="col">{t('col.action')}</th>
              </tr>
            </thead>
            <tbody>
              {accounts.map((account) => (
                <tr key={account.id} data-testid="account-row">
                  <th scope="row" className="wrap-anywhere">
                    {account.name}
                    {account.isReadable ? null : (
                      <p className="field-error">{t('bench.account.unreadable')}</p>
                    )}
                    {account.source === 'account' && attended.has(account.signerKey ?? '') ? (
                      <AccountSeal account={account} />
                    ) : null}
                    {account.source === 'account' && account.isReadable ? (
                      <div className="bench-account-key">
                        <KeyPicker
                          label={t('bench.account.key')}
                          emptyText={t('bench.key.choose')}
                          value={account.signerKey ?? ''}
                          onChange={(key) => void choose(account.id, key)}
                        />
                      </div>
                    ) : null}
                  </th>
                  <td className="mono nowrap" data-label="API-Key">
                    {account.apiKeyHint}
                  </td>
                  <td className="caption dim wrap-anywhere" data-label={t('bench.col.hosts')}>
                    {account.esiaUrl}
                    <br />
                    {account.epguUrl}
                  </td>
                  <td data-label={t('bench.col.token')}>
                    {account.isReadable ? <AccountToken account={account} /> : '—'}
                  </td>
                  <td>
                    {account.source === 'connection' ? (
                      <span className="small faint">{t('bench.account.ofConnection')}</span>
                    ) : (
                      <IconButton
                        icon="trash"
                        label={t('bench.account.remove', { name: account.name })}
                        onClick={() => setRemoving(account)}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <AccountForm />
      {removing === undefined ? null : (
        <ConfirmDialog
          title={t('bench.account.removeTitle')}
          confirm={t('bench.account.removeTitle')}
          kind="danger"
          testId="remove-account"
          onConfirm={async () => {
            await removeAccount(removing.id)
            await client.invalidateQueries({ queryKey: ['bench', 'accounts'] })
          }}
          onClose={() => setRemoving(undefined)}
        >
          <p>{t('bench.account.removeText', { name: removing.name })}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
