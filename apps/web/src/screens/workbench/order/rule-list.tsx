import type { ProblemError } from '../../../api/problem.ts'
import type { PackageFault } from '../../../api/workbench-types.ts'
import { Icon } from '../../../components/icon.tsx'
import { Note } from '../../../components/note.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { ruleWords } from './rule-words.ts'

/** Rules that a package breaks, one by one: which, in which file, at which line. */
export function RuleList(props: { readonly problem: ProblemError; readonly isUpload: boolean }) {
  const { t } = useBenchSpeech()
  const { problem, isUpload } = props

  return (
    <div className="stack-tight" data-testid="rules">
      <Note kind="bad" code={problem.code}>
        {t(isUpload ? 'bench.rules.upload' : 'bench.rules.build', {
          count: problem.fields.length,
        })}
      </Note>
      <RuleLines
        faults={problem.fields.map(({ field, code, detail }) => ({ rule: code, field, detail }))}
      />
    </div>
  )
}

/** Each broken rule in a sentence, with its code and what the checker itself says of it. */
export function RuleLines({ faults }: { readonly faults: readonly PackageFault[] }) {
  const { t } = useBenchSpeech()

  return (
    <ul data-testid="rule-lines">
      {faults.map((fault, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one rule may be broken twice in a file
        <li key={index} className="bench-fault small" data-testid="rule" data-rule={fault.rule}>
          <Icon name="cross" />
          <div className="wrap-anywhere">
            <b>{placeOf(fault)}</b> {ruleWords(t, fault.rule)}{' '}
            <span className="code-line">{fault.rule}</span>
            {fault.detail === undefined ? null : (
              <details className="dim">
                <summary>{t('bench.check.details')}</summary>
                <span lang="en">{fault.detail}</span>
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

const placeOf = ({ field, line, column }: PackageFault): string =>
  line === undefined ? field : `${field}:${line}:${column ?? 1}`
