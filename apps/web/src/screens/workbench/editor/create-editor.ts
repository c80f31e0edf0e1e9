import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { xml } from '@codemirror/lang-xml'
import {
  bracketMatching,
  codeFolding,
  foldAll,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  unfoldAll,
} from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { XmlFault } from '../../../api/workbench-types.ts'
import { rangeOfFault } from './fault-range.ts'

/** Words of the editor's own parts: what its search panel and gutters say. */
export type EditorPhrases = Readonly<Record<string, string>>

export type EditorOptions = {
  readonly parent: HTMLElement
  readonly text: string
  readonly label: string
  /** Id of the element that tells how to leave the editor. */
  readonly describedBy: string
  readonly phrases: EditorPhrases
  readonly isReadOnly: boolean
  readonly onChange: (text: string) => void
  readonly onSave: () => void
  readonly onSend: () => void
  /** Escape: the focus goes behind the editor, since Tab indents inside. */
  readonly onLeave: () => void
  readonly onPlace: (place: { readonly line: number; readonly column: number }) => void
}

export type XmlEditor = {
  /** Replaces the whole text in one step that can be undone; the same text does nothing. */
  readonly setText: (text: string) => void
  readonly setFaults: (faults: readonly XmlFault[]) => void
  readonly setReadOnly: (isReadOnly: boolean) => void
  /** Puts the cursor on a line (from 1), in the middle of the view, and the focus with it. */
  readonly goTo: (line: number) => void
  readonly foldAll: () => void
  readonly unfoldAll: () => void
  readonly destroy: () => void
}

/** Colours by the tokens of the page, so that light and dark follow by themselves. */
const colours = HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--lapis)' },
  { tag: tags.attributeName, color: 'var(--turq)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--green)' },
  {
    tag: [tags.angleBracket, tags.processingInstruction, tags.documentMeta],
    color: 'var(--text-3)',
  },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: tags.character, color: 'var(--saffron)' },
  { tag: tags.invalid, color: 'var(--pome)' },
])

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontSize: '13px', lineHeight: '21px' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--row-hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--lapis-soft)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--sunken)',
    borderColor: 'var(--line-strong)',
    color: 'var(--text-2)',
    padding: '0 6px',
  },
  '.cm-panels': { backgroundColor: 'var(--bg)', color: 'var(--text)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', borderColor: 'var(--line-strong)' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    borderColor: 'var(--line-strong)',
    borderRadius: '6px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    color: 'var(--text)',
    maxWidth: 'min(460px, 90vw)',
  },
  '.cm-diagnostic': { fontFamily: 'var(--font)', fontSize: '13px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--pome-fill)' },
  '.cm-searchMatch': { backgroundColor: 'var(--saffron-soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--sunken)' },
})

const attributesOf = ({ label, describedBy }: EditorOptions) =>
  EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-describedby': describedBy,
    spellcheck: 'false',
    autocorrect: 'off',
    autocapitalize: 'off',
  })

/** A change that came from the page, which knows of it. */
const fromOutside = Annotation.define<boolean>()

/**
 * An XML editor in `parent`: highlighting, folding, search, undo, faults in the gutter and under the text.
 * Ctrl+S saves, Ctrl+Enter sends, F8 goes to the next fault, Escape leaves.
 */
export function createEditor(options: EditorOptions): XmlEditor {
  const writing = new Compartment()
  const writable = (isReadOnly: boolean) => [
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    // What cannot be typed into still can be reached and read by keyboard.
    isReadOnly ? EditorView.contentAttributes.of({ tabindex: '0' }) : [],
  ]
  const view = new EditorView({
    parent: options.parent,
    doc: options.text,
    extensions: [
      lintGutter(),
      lineNumbers(),
      foldGutter(),
      codeFolding(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightSelectionMatches(),
      search({ top: true }),
      xml(),
      syntaxHighlighting(colours),
      look,
      EditorState.phrases.of(options.phrases),
      attributesOf(options),
      writing.of(writable(options.isReadOnly)),
      Prec.high(
        keymap.of([
          {
            key: 'Mod-s',
            run: () => {
              options.onSave()

              return true
            },
            preventDefault: true,
          },
          {
            key: 'Mod-Enter',
            run: () => {
              options.onSend()

              return true
            },
            preventDefault: true,
          },
        ]),
      ),
      keymap.of([
        ...searchKeymap,
        ...lintKeymap,
        ...foldKeymap,
        ...historyKeymap,
        ...defaultKeymap.filter(({ key }) => key !== 'Escape'),
        indentWithTab,
        {
          key: 'Escape',
          run: () => {
            options.onLeave()

            return true
          },
        },
      ]),
      EditorView.updateListener.of((update) => {
        const isOurs = update.transactions.some((each) => each.annotation(fromOutside) === true)

        if (update.docChanged && !isOurs) options.onChange(update.state.doc.toString())

        if (update.selectionSet || update.docChanged) {
          const { head } = update.state.selection.main
          const line = update.state.doc.lineAt(head)
          options.onPlace({ line: line.number, column: head - line.from + 1 })
        }
      }),
    ],
  })

  return {
    setText: (text) => {
      if (text !== view.state.doc.toString()) {
        view.dispatch({
          changes: { from: 0, to: view.state.doc.length, insert: text },
          annotations: fromOutside.of(true),
        })
      }
    },
    setFaults: (faults) => {
      view.dispatch(
        setDiagnostics(
          view.state,
          faults.map((fault) => ({
            ...rangeOfFault(view.state.doc, fault),
            severity: 'error',
            message: fault.message,
          })),
        ),
      )
    },
    setReadOnly: (isReadOnly) => {
      view.dispatch({ effects: writing.reconfigure(writable(isReadOnly)) })
    },
    goTo: (number) => {
      const line = view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines))
      view.dispatch({
        selection: { anchor: line.from },
        effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
      })
      view.focus()
    },
    foldAll: () => {
      foldAll(view)
    },
    unfoldAll: () => {
      unfoldAll(view)
    },
    destroy: () => view.destroy(),
  }
}
