import type { CommonCatalogue } from '../i18n/common/ru.ts'
import type { Translate } from '../i18n/message.ts'
import type { ProblemError } from './problem.ts'

/** What happened and what to do next, for a problem that no screen has words of its own for. */
export function faultText(t: Translate<CommonCatalogue>, problem: ProblemError): string {
  if (problem.code === 'network.lost') return t('fault.network.lost')
  if (problem.code === 'page.failed') return t('fault.page.failed')

  switch (problem.status) {
    case 403:
      return t('fault.forbidden')
    case 404:
      return t('fault.not-found')
    case 429:
      return t('fault.too-many')
    default:
      break
  }

  if (problem.status >= 500) return t('fault.server')

  return t('fault.other', { advice: problem.advice === '' ? problem.message : problem.advice })
}

/** Code and request id for the small line below a message. */
export function faultCode(t: Translate<CommonCatalogue>, problem: ProblemError): string {
  return problem.requestId === undefined
    ? problem.code
    : `${problem.code} · ${t('fault.request', { id: problem.requestId })}`
}
