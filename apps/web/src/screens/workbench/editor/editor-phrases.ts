import type { Translate } from '../../../i18n/message.ts'
import type { BenchCatalogue } from '../../../i18n/workbench/ru.ts'
import type { EditorPhrases } from './create-editor.ts'

/** The editor's own words, keyed by its English, in the language of the page. */
export function editorPhrases(t: Translate<BenchCatalogue>): EditorPhrases {
  return {
    Find: t('bench.editor.find'),
    Replace: t('bench.editor.replaceWith'),
    next: t('bench.editor.next'),
    previous: t('bench.editor.previous'),
    all: t('bench.editor.all'),
    'match case': t('bench.editor.case'),
    regexp: t('bench.editor.regexp'),
    'by word': t('bench.editor.word'),
    replace: t('bench.editor.replace'),
    'replace all': t('bench.editor.replaceAll'),
    close: t('bench.editor.close'),
    'current match': t('bench.editor.match'),
    'on line': t('bench.editor.onLine'),
    'replaced $ matches': t('bench.editor.replaced'),
    'Fold line': t('bench.editor.fold'),
    'Unfold line': t('bench.editor.unfold'),
    'folded code': t('bench.editor.folded'),
    'Folded lines': t('bench.editor.folded'),
    'Unfolded lines': t('bench.editor.unfolded'),
    unfold: t('bench.editor.unfold'),
    to: t('bench.editor.to'),
    Diagnostics: t('bench.editor.faults'),
    'No diagnostics': t('bench.editor.noFaults'),
  }
}
