import { useMutation, useQueryClient } from '@tanstack/react-query'
import { asProblem } from '../../../api/problem.ts'
import { sealPath } from '../../../api/workbench.ts'
import type { BenchAccount } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { useNow } from '../../../components/use-now.ts'
import { sealByPlugIn } from '../seal-by-plug-in.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'

/** The clerk's signature over an API-Key: until when it serves, and the next one. */
export function AccountSeal({ account }: { readonly account: BenchAccount }) {
  const { t, format } = useBenchSpeech()
  const words = useFaultWords()
  const client = useQueryClient()
  const now = useNow(30_000)
  const seal = useMutation({
    mutationFn: () => sealByPlugIn(sealPath('accounts', account.id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['bench', 'accounts'] }),
  })
  const { sealedUntil } = account
  const serves = sealedUntil !== undefined && Date.parse(sealedUntil) > now.getTime()

  return (
    <div className="bench-account-seal stack-tight">
      <p className="caption dim">
        {serves
          ? t('bench.account.sealed', { time: format.proofTime(sealedUntil) })
          : t('bench.account.unsealed')}
      </p>
      <Button size="s" icon="stamp" busy={seal.isPending} onClick={() => seal.mutate()}>
        {t('bench.account.seal')}
      </Button>
      {seal.isError ? (
        <Fault problem={asProblem(seal.error)} text={words(asProblem(seal.error))} />
      ) : null}
    </div>
  )
}
