import type { ProblemError } from '../../api/problem.ts'
import { PlugInError } from '../../plug-in/plug-in-error.ts'
import { reasonText } from '../keys/key-words.ts'
import { fieldFault } from './field-errors.ts'
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
  const speech = useBenchSpeech()
  const { t, format } = speech
  const advised = useAdviceWords()

  return (problem) => {
    if (problem.cause instanceof PlugInError) return t(problem.cause.code)

    const code = known.find((each) => each === problem.code)

    if (code !== undefined) return t(`bench.problem.${code}`)

    const { availableAt } = problem

    if (availableAt !== undefined) {
      return t('bench.problem.quota', { time: format.proofTime(availableAt, 'seconds') })
    }

    const [told] = problem.fields
    const field = problem.field ?? told?.field

    if (problem.code === 'workbench.field' && field !== undefined) {
      return fieldFault(speech, field)
    }

    if (told === undefined) return undefined

    if (problem.code === 'workbench.refused') {
      return t('bench.problem.refused', {
        code: told.code,
        advice: advised(told.code) ?? (told.advice || problem.advice),
      })
    }

    if (problem.code === 'key.refused') {
      return t('bench.problem.key.refused', {
        code: told.code,
        advice: reasonText(speech, told.code, told.advice || problem.advice),
      })
    }

    return undefined
  }
}
