import type { ProblemError } from '../../../api/problem.ts'
import { Icon } from '../../../components/icon.tsx'
import { Note } from '../../../components/note.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

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
      <ul>
        {problem.fields.map((fault, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one rule may be broken twice in a file
          <li key={index} className="bench-fault small" data-testid="rule" data-rule={fault.code}>
            <Icon name="cross" />
            <div className="wrap-anywhere">
              <b>{fault.field}</b> <span className="code-line">{fault.code}</span>
              {fault.advice === '' ? null : (
                <div className="dim" lang="en">
                  {fault.advice}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
