import { useMemo } from 'react'
import type { XmlFault } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { Icon } from '../../../components/icon.tsx'
import { useNow } from '../../../components/use-now.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { faultSentence } from './fault-words.ts'
import { type Fix, fixOf, type Hint, hintsOf } from './fixes.ts'
import type { XmlCheck } from './use-xml-check.ts'

const shownAtMost = 100

type Acts = {
  readonly onGo: (line: number) => void
  /** Takes the text as a fix leaves it; undefined where nothing may be changed. */
  readonly onFix: ((text: string) => void) | undefined
}

/** What the check found: each fault a way to its place, in words, with its fix where there is one. */
export function FaultList(
  props: Acts & {
    readonly check: XmlCheck
    readonly text: string
    readonly hasSchema: boolean
  },
) {
  const { t } = useBenchSpeech()
  const { check, text, hasSchema, onGo, onFix } = props
  const { faults, problem, phase } = check
  const now = useNow(60_000)
  const hints = useMemo(() => hintsOf(text, now), [text, now])

  return (
    <div className="bench-faults" data-testid="faults" data-phase={phase}>
      <div className="bench-faults-head small">
        <b>{t(hasSchema ? 'bench.check.schema' : 'bench.check.plain')}</b>
        {phase === 'checking' ? <span className="faint">{t('bench.check.running')}</span> : null}
        {phase === 'done' && faults.length === 0 ? (
          <span className="chip tone-ok" data-testid="xml-valid">
            <Icon name="check" />
            {t('bench.check.none')}
          </span>
        ) : null}
        {faults.length > 0 ? (
          <span className="chip tone-bad">{t('bench.check.count', { count: faults.length })}</span>
        ) : null}
        {hints.length > 0 ? (
          <span className="chip tone-warn">{t('bench.check.hints', { count: hints.length })}</span>
        ) : null}
      </div>
      {problem === undefined ? null : (
        <div className="bench-faults-fault">
          <Fault problem={problem} onRetry={check.retry} />
        </div>
      )}
      <ol>
        {faults.slice(0, shownAtMost).map((fault, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may stand twice on a line
          <FaultLine key={index} {...{ fault, text, onGo, onFix }} />
        ))}
        {hints.map((hint) => (
          <HintLine key={`${hint.kind} ${hint.line}`} {...{ hint, onGo, onFix }} />
        ))}
      </ol>
    </div>
  )
}

function FaultLine(props: Acts & { readonly fault: XmlFault; readonly text: string }) {
  const { t } = useBenchSpeech()
  const { fault, text, onGo, onFix } = props
  const fix = fixOf(text, fault)

  return (
    <li className="bench-fault small" data-testid="xml-fault" data-code={fault.code}>
      <Icon name="cross" />
      <div className="wrap-anywhere">
        <button type="button" className="link-button" onClick={() => onGo(fault.line)}>
          {t('bench.check.line', { line: fault.line })}
        </button>{' '}
        {fault.element === undefined ? null : <code>{fault.element}</code>}
        {fault.attribute === undefined
          ? null
          : `, ${t('bench.check.attribute', { name: fault.attribute })}`}{' '}
        <b>{faultSentence(t, fault)}</b>
        <div className="dim">
          {t(fix?.kind === 'snils' ? 'bench.why.snils' : `bench.why.${fault.kind}`)}
        </div>
        <details className="dim">
          <summary>{t('bench.check.details')}</summary>
          <span lang="en">{fault.message}</span>
        </details>
      </div>
      <FixButton fix={fix} onFix={onFix} />
    </li>
  )
}

function HintLine(props: Acts & { readonly hint: Hint }) {
  const { t } = useBenchSpeech()
  const { hint, onGo, onFix } = props

  return (
    <li className="bench-fault bench-hint-line small" data-testid="xml-hint" data-hint={hint.kind}>
      <Icon name="warn" />
      <div className="wrap-anywhere">
        <button type="button" className="link-button" onClick={() => onGo(hint.line)}>
          {t('bench.check.line', { line: hint.line })}
        </button>{' '}
        <b>{t(`bench.hint.${hint.kind}`)}</b>
      </div>
      <FixButton fix={hint.fix} onFix={onFix} />
    </li>
  )
}

function FixButton({
  fix,
  onFix,
}: {
  readonly fix: Fix | undefined
  readonly onFix: Acts['onFix']
}) {
  const { t } = useBenchSpeech()

  if (fix === undefined || onFix === undefined) return null

  return (
    <Button size="s" onClick={() => onFix(fix.text)} data-testid="fix">
      {t(`bench.fix.${fix.kind}`, { value: fix.value })}
    </Button>
  )
}
