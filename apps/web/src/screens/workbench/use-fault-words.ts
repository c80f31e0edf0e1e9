import type { ProblemError } from '../../api/problem.ts'
import { PlugInError } from '../../plug-in/plug-in-error.ts'
import { useAdviceWords } from './use-advice-words.ts'
import { useBenchSpeech } from './use-bench-speech.ts'

const known = [
  'workbench.state',
  'workbench.account',
  'workbench.key',
  'workbench.token-seal',
  'workbench.outcome-unknown',
  'workbench.unavailable',
  'workbench.rules-broken',
  'workbench.file-name',
  'workbench.host',
  'workbench.xml',
  'workbench.schema',
] as const

/** Words of the workbench for its own codes; undefined: the common words serve. */
export function useFaultWords(): (problem: ProblemError) => string | undefined {
  const { t } = useBenchSpeech()
  const advised = useAdviceWords()

  return (problem) => {
    if (problem.cause instanceof PlugInError) return t(problem.cause.code)

    const code = known.find((each) => each === problem.code)

    if (code !== undefined) return t(`bench.problem.${code}`)

    const [told] = problem.fields

    if (problem.code === 'workbench.refused' && told !== undefined) {
      return t('bench.problem.refused', {
        code: told.code,
        advice: advised(told.code) ?? (told.advice || problem.advice),
      })
    }

    return undefined
  }
}
