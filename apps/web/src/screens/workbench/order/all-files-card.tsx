import type { BenchFile, BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Hash } from '../../../components/hash.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** Every file that the order sent, received or once had, each downloadable again. */
export function AllFilesCard({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const files = [...order.files].reverse()

  return (
    <section className="card" aria-labelledby="all-files-title" data-testid="all-files">
      <header className="card-head">
        <h2 id="all-files-title">{t('bench.all.title')}</h2>
      </header>
      {files.length === 0 ? <p className="card-body small dim">{t('bench.all.empty')}</p> : null}
      {files.length === 0 ? null : (
        <table className="bench-table bench-files">
          <thead>
            <tr>
              <th scope="col">{t('bench.col.file')}</th>
              <th scope="col">{t('bench.col.role')}</th>
              <th scope="col">{t('bench.col.size')}</th>
              <th scope="col">{t('bench.col.time')}</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <FileLine key={file.id} file={file} size={format.size(file.size)} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function FileLine({ file, size }: { readonly file: BenchFile; readonly size: string }) {
  const { t, format } = useBenchSpeech()

  return (
    <tr data-testid="any-file" data-role={file.role}>
      <th scope="row">
        <a href={file.href} download={file.name} className="wrap-anywhere">
          {file.name}
        </a>
        {file.removedAt === null ? null : (
          <span className="caption faint"> {t('bench.all.replaced')}</span>
        )}
        <div className="bench-digest">
          <span className="sr-only">SHA-256</span>
          <Hash hex={file.sha256} />
        </div>
      </th>
      <td data-label={t('bench.col.role')}>{t(`bench.role.${file.role}`)}</td>
      <td className="nowrap" data-label={t('bench.col.size')}>
        {size}
      </td>
      <td className="faint" data-label={t('bench.col.time')}>
        <time dateTime={file.createdAt} title={format.proofTime(file.createdAt, 'seconds')}>
          {format.dateTime(file.createdAt)}
        </time>
      </td>
    </tr>
  )
}
