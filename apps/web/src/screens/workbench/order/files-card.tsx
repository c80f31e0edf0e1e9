import { removeOrderFile } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { IconButton } from '../../../components/button.tsx'
import { DropZone } from '../../../components/drop-zone.tsx'
import { SheetMark } from '../../../components/sheet-mark.tsx'
import { useFileDrop } from '../../../components/use-file-drop.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { PartFault } from './part-fault.tsx'
import { type BenchUpload, useBenchUploads } from './use-bench-uploads.ts'
import type { OrderSteps } from './use-order-steps.ts'
import { isOpen } from './use-xml-draft.ts'

/** Documents of the package. Dropping works anywhere on the page; the field is its twin. */
export function FilesCard(props: { readonly order: BenchOrderDetail; readonly steps: OrderSteps }) {
  const { t, format } = useBenchSpeech()
  const { order, steps } = props
  const canChange = isOpen(order)
  const uploads = useBenchUploads(order)
  const isOver = useFileDrop((files) => {
    if (canChange) uploads.add(files)
  })
  const documents = order.files.filter(
    ({ role, removedAt }) => role === 'document' && removedAt === null,
  )

  return (
    <section className="card" aria-labelledby="files-title">
      <header className="card-head">
        <h2 id="files-title">
          {t('bench.files.title')}{' '}
          <span className="faint weight-normal">
            {t('count.files', { count: documents.length })}
          </span>
        </h2>
      </header>
      {canChange ? (
        <div className="card-body">
          <DropZone
            isOver={isOver}
            hint={t('bench.files.hint')}
            testId="bench-file-input"
            onFiles={uploads.add}
          />
        </div>
      ) : null}
      <PartFault part="files" steps={steps} />
      <ul>
        {documents.map((file) => (
          <li key={file.id} className="bench-file" data-testid="bench-document">
            <SheetMark fileName={file.name} />
            <div className="grow">
              <a href={file.href} download={file.name} className="wrap-anywhere">
                {file.name}
              </a>
              <div className="caption faint">{format.size(file.size)}</div>
            </div>
            {canChange ? (
              <IconButton
                icon="trash"
                label={t('bench.files.remove', { name: file.name })}
                onClick={() => void steps.run('files', () => removeOrderFile(order.id, file.id))}
              />
            ) : null}
          </li>
        ))}
        {uploads.queue.map((upload) => (
          <UploadRow key={upload.key} upload={upload} onDismiss={uploads.dismiss} />
        ))}
      </ul>
    </section>
  )
}

function UploadRow(props: {
  readonly upload: BenchUpload
  readonly onDismiss: (key: string) => void
}) {
  const { t, format } = useBenchSpeech()
  const { upload } = props

  return (
    <li className="bench-file" data-testid="bench-upload">
      <SheetMark fileName={upload.name} />
      <div className="grow">
        <span className="wrap-anywhere">{upload.name}</span>
        {upload.refusal === undefined ? (
          <>
            <div className="caption faint">
              {t('bench.files.sent', {
                sent: format.size(upload.sentBytes),
                size: format.size(upload.size),
              })}
            </div>
            <div className="bar" aria-hidden="true">
              <i style={{ width: `${(100 * upload.sentBytes) / Math.max(1, upload.size)}%` }} />
            </div>
          </>
        ) : (
          <p className="field-error" role="alert">
            {upload.refusal}
          </p>
        )}
      </div>
      <IconButton
        icon="cross"
        label={t('bench.files.dismiss', { name: upload.name })}
        onClick={() => props.onDismiss(upload.key)}
      />
    </li>
  )
}
