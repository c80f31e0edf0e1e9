import { Link } from '@tanstack/react-router'
import type { BenchAccount } from '../../../api/workbench-types.ts'
import { useNow } from '../../../components/use-now.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** The clerk's signature over an API-Key: until when it serves, and where the next one is made. */
export function AccountSeal({ account }: { readonly account: BenchAccount }) {
  const { t, format } = useBenchSpeech()
  const now = useNow(30_000)
  const { sealedUntil } = account
  const serves = sealedUntil !== undefined && Date.parse(sealedUntil) > now.getTime()

  return (
    <p className="bench-account-seal caption dim">
      {serves
        ? t('bench.account.sealed', { time: format.proofTime(sealedUntil) })
        : t('bench.account.unsealed')}{' '}
      <Link to="/seals">{t('bench.package.toSeals')}</Link>
    </p>
  )
}
