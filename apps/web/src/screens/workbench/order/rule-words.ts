import type { Translate } from '../../../i18n/message.ts'
import type { BenchCatalogue } from '../../../i18n/workbench/ru.ts'

/** Rules of packages that have a sentence of their own. */
const known = [
  'profile-not-offered',
  'recipient-kind',
  'recipient-identifier-missing',
  'recipient-identifier-ambiguous',
  'snils-form',
  'snils-check-digit',
  'oid-form',
  'ogrn-form',
  'ogrn-check-digit',
  'rafp-form',
  'inn-form',
  'inn-check-digit',
  'description-missing',
  'description-length',
  'backlink-length',
  'expiration-form',
  'expiration-past',
  'expiration-too-far',
  'attribute-count',
  'attribute-name-missing',
  'attribute-name-length',
  'attribute-value-form',
  'attribute-missing',
  'attribute-duplicate',
  'forbidden-character',
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
