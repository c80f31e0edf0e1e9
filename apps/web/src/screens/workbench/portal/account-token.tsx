import { useMutation, useQueryClient } from '@tanstack/react-query'
import { asProblem } from '../../../api/problem.ts'
import { fetchToken } from '../../../api/workbench.ts'
import type { BenchAccount } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { useNow } from '../../../components/use-now.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'

/** The token of an account: until when it lives, what it says of itself, and a call for one. */
export function AccountToken({ account }: { readonly account: BenchAccount }) {
  const { t, format } = useBenchSpeech()
  const words = useFaultWords()
  const client = useQueryClient()
  const now = useNow(30_000)
  const token = useMutation({
    mutationFn: () => fetchToken(account.id),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['bench', 'accounts'] }),
        client.invalidateQueries({ queryKey: ['bench', 'calls'] }),
        client.invalidateQueries({ queryKey: ['seals'] }),
      ]),
  })
  const { tokenUntil } = account
  const lives = tokenUntil !== undefined && Date.parse(tokenUntil) > now.getTime()

  return (
    <div className="stack-tight">
      <p className="caption dim" data-testid="token-life">
        {lives
          ? t('bench.account.tokenUntil', { time: format.proofTime(tokenUntil) })
          : t('bench.account.tokenNone')}
      </p>
      {token.data === undefined ? null : (
        <p className="caption" data-testid="token-says">
          {t('bench.account.tokenSays', {
            client: token.data.clientId ?? '—',
            subject: token.data.subjectOid ?? '—',
          })}
        </p>
      )}
      <Button
        size="s"
        icon="key"
        busy={token.isPending}
        onClick={() => token.mutate()}
        data-testid="get-token"
      >
        {t('bench.account.token')}
      </Button>
      {token.isError ? (
        <Fault problem={asProblem(token.error)} text={words(asProblem(token.error))} />
      ) : null}
    </div>
  )
}
