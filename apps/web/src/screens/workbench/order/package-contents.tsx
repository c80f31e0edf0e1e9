import { useQuery } from '@tanstack/react-query'
import { benchPackageQuery } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Icon } from '../../../components/icon.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { RuleLines } from './rule-list.tsx'

type Line = { readonly name: string; readonly size: number; readonly isSigned: boolean }

/** What goes into the archive, or lies in it: each file with whether its `.sig` is there. */
export function PackageContents(props: {
  readonly order: BenchOrderDetail
  /** Of the package that was built; undefined: what will be packed is shown. */
  readonly sha256: string | undefined
}) {
  const { t, format } = useBenchSpeech()
  const { order, sha256 } = props
  const looked = useQuery(benchPackageQuery(order.id, sha256))
  const waiting: readonly Line[] = order.files
    .filter(({ role, removedAt }) => removedAt === null && (role === 'main' || role === 'document'))
    .map(({ name, size }) => ({ name, size, isSigned: false }))
  const packed = looked.data?.files.filter(({ name }) => !/\.sig$/i.test(name))
  const lines = sha256 === undefined ? waiting : (packed ?? [])

  if (lines.length === 0) return null

  return (
    <div className="small" data-testid="package-contents">
      <p className="faint">{t('bench.package.contents', { count: lines.length })}</p>
      <ul className="bench-archive">
        {lines.map(({ name, size, isSigned }) => (
          <li key={name}>
            <span className="wrap-anywhere">{name}</span>
            <span className="faint nowrap">{format.size(size)}</span>
            <span className={isSigned ? 'nowrap' : 'faint nowrap'} data-signed={isSigned}>
              {isSigned ? <Icon name="check" /> : null}
              {t(
                isSigned
                  ? 'bench.package.signed'
                  : sha256 === undefined
                    ? 'bench.package.willSign'
                    : 'bench.package.unsigned',
              )}
            </span>
          </li>
        ))}
      </ul>
      {looked.data === undefined || looked.data.faults.length === 0 ? null : (
        <RuleLines faults={looked.data.faults} />
      )}
    </div>
  )
}
