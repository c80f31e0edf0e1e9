import type { XmlFault } from '../../../api/workbench-types.ts'
import type { Translate } from '../../../i18n/message.ts'
import type { BenchCatalogue } from '../../../i18n/workbench/ru.ts'

/** Codes of the check that have a sentence of their own. */
const known = [
  'root-unknown',
  'element-content',
  'element-abstract',
  'element-not-nillable',
  'element-fixed',
  'element-not-allowed',
  'text-not-allowed',
  'attribute-missing',
  'attribute-not-allowed',
  'attribute-fixed',
  'value-type',
  'value-pattern',
  'value-enumeration',
  'value-length',
  'value-too-short',
  'value-too-long',
  'value-too-small',
  'value-too-large',
  'value-digits',
  'value-fraction-digits',
  'key-broken',
  'tag-mismatch',
  'tag-unfinished',
  'document-empty',
  'document-continues',
  'document-ends',
  'name-invalid',
  'attribute-syntax',
  'attribute-twice',
  'entity-unknown',
  'entity-syntax',
  'character-invalid',
  'prefix-unknown',
  'comment-syntax',
  'sequence-not-allowed',
] as const

/** What is wrong in a sentence, by the code of the fault; for rare ones by its kind. */
export function faultSentence(t: Translate<BenchCatalogue>, { kind, code }: XmlFault): string {
  const found = known.find((each) => each === code)

  return found === undefined ? t(`bench.fault.${kind}`) : t(`bench.xsd.${found}`)
}
