import { useMemo } from 'react'
import { Note } from '../../../components/note.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { type OutlineNode, outlineXml } from './outline.ts'

/** The document without its signs: groups that open and close, values beside their names. */
export function XmlPreview({ text }: { readonly text: string }) {
  const { t } = useBenchSpeech()
  const root = useMemo(() => outlineXml(text), [text])

  return (
    <div className="bench-preview" data-testid="xml-preview">
      {root === undefined ? (
        <Note kind="warn">{t('bench.preview.unreadable')}</Note>
      ) : (
        <Branch node={root} depth={0} />
      )}
    </div>
  )
}

/** Deeper groups are closed at first. */
const openDepth = 4

function Branch({ node, depth }: { readonly node: OutlineNode; readonly depth: number }) {
  if (node.children.length === 0) return <Leaf node={node} />

  return (
    <details className="bench-branch" open={depth < openDepth}>
      <summary>
        <b>{node.name}</b>
        <Attributes node={node} />
      </summary>
      <div className="bench-branch-body">
        {node.text === undefined ? null : <p className="wrap-anywhere">{node.text}</p>}
        {node.children.map((child) => (
          <Branch key={child.key} node={child} depth={depth + 1} />
        ))}
      </div>
    </details>
  )
}

function Leaf({ node }: { readonly node: OutlineNode }) {
  return (
    <dl className="bench-leaf">
      <dt>
        {node.name}
        <Attributes node={node} />
      </dt>
      <dd className="wrap-anywhere">{node.text ?? '—'}</dd>
    </dl>
  )
}

function Attributes({ node }: { readonly node: OutlineNode }) {
  return (
    <>
      {node.attributes.map(({ name, value }) => (
        <span key={name} className="caption faint wrap-anywhere">
          {' '}
          {name}: {value}
        </span>
      ))}
    </>
  )
}
