import type { CommonCatalogue, CommonKey } from '../i18n/common/ru.ts'
import type { Translate } from '../i18n/message.ts'
import type { ProblemError } from './problem.ts'

type PlainFault = Exclude<Extract<CommonKey, `fault.${string}`>, 'fault.other' | 'fault.request'>

/** Codes of the server, and of this page itself, that have words of their own. */
const knownCodes: Readonly<Record<string, PlainFault>> = {
  'network.lost': 'fault.network.lost',
  'page.failed': 'fault.page.failed',
  'envelope.state': 'fault.moved',
  'signing.state': 'fault.moved',
  'connection.changed': 'fault.moved',
  'connection.refused': 'fault.fields',
  'envelope.refused': 'fault.fields',
  'request.invalid': 'fault.fields',
  'recipient.identifier': 'fault.fields',
  'recipient.method': 'fault.fields',
  'container.not-a-signature': 'fault.notSignature',
  'container.unsupported-format': 'fault.unsupportedFormat',
  'verification.too-costly': 'fault.tooCostly',
  'request.too-large': 'fault.tooLarge',
  'envelope.too-large': 'fault.tooLarge',
}

/** What happened and what to do next, for a problem that no screen has words of its own for. */
export function faultText(t: Translate<CommonCatalogue>, problem: ProblemError): string {
  const known = knownCodes[problem.code]

  if (known !== undefined) return t(known)

  switch (problem.status) {
    case 401:
      return t('fault.session')
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
