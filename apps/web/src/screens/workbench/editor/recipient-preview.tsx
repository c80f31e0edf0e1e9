import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { SheetMark } from '../../../components/sheet-mark.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { type OutlineNode, outlineXml } from './outline.ts'

/** Every value of that name below a node. */
const valuesOf = (node: OutlineNode, name: string): readonly string[] => [
  ...(node.name === name && node.text !== undefined ? [node.text] : []),
  ...node.children.flatMap((child) => valuesOf(child, name)),
]

/** What the recipient of a request to Госключ sees in the app: who asks, what for, which documents, until when. */
export function RecipientPreview(props: {
  readonly text: string
  readonly order: Pick<BenchOrderDetail, 'files'>
}) {
  const { t, format } = useBenchSpeech()
  const { text, order } = props
  const root = text.includes('urn://mpkey.gosuslugi.ru/') ? outlineXml(text) : undefined

  if (root?.name !== 'SignRequest') return null

  const attributes = root.children.filter(({ name }) => name === 'Attribute')
  const sender = attributes
    .filter((each) => valuesOf(each, 'AttributeName')[0] === 'orgName')
    .flatMap((each) => valuesOf(each, 'AttributeValue'))[0]
  const [until] = valuesOf(root, 'SignExpiration')
  const documents = order.files.filter(
    ({ role, removedAt }) => role === 'document' && removedAt === null,
  )

  return (
    <div className="bench-phone" data-testid="recipient-preview">
      <p className="caption faint">{t('bench.preview.recipient')}</p>
      <p>
        <b className="wrap-anywhere">{valuesOf(root, 'Description')[0] ?? '—'}</b>
      </p>
      <p className="small wrap-anywhere">{sender ?? '—'}</p>
      <ul>
        {documents.map(({ id, name, size }) => (
          <li key={id} className="row small">
            <SheetMark fileName={name} />
            <span className="grow wrap-anywhere">{name}</span>
            <span className="faint nowrap">{format.size(size)}</span>
          </li>
        ))}
      </ul>
      {until === undefined || Number.isNaN(Date.parse(until)) ? null : (
        <p className="caption faint">
          {t('bench.preview.until', { time: format.proofTime(until) })}
        </p>
      )}
    </div>
  )
}
