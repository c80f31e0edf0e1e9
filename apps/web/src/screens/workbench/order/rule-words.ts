import type { Translate } from '../../../i18n/message.ts'
import type { BenchCatalogue } from '../../../i18n/workbench/ru.ts'

/** Rules of packages that have a sentence of their own. */
const known = [
  'documents-missing',
  'documents-count',
  'documents-size',
  'document-empty',
  'name-reserved',
  'name-characters',
  'name-length',
  'name-duplicate',
  'type-extension',
  'type-content',
  'text-encoding',
  'archive-unreadable',
  'archive-not-flat',
  'archive-entry',
  'archive-size',
  'request-missing',
  'request-namespace',
  'request-schema',
  'request-unreadable',
  'signature-missing',
  'signature-unreadable',
  'signature-attached',
  'signature-wrong',
  'signature-orphan',
  'sign-config-unreadable',
  'sign-config-schema',
  'sign-config-file-missing',
  'sign-config-duplicate',
] as const

/** A broken rule in a sentence; nothing for a rule that is told by its code and detail alone. */
export function ruleWords(t: Translate<BenchCatalogue>, rule: string): string {
  const found = known.find((each) => each === rule)

  return found === undefined ? '' : t(`bench.rule.${found}`)
}
