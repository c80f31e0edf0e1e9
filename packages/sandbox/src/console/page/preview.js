// @ts-check
import { byId, h } from './dom.js'
import { t } from './i18n.js'

/** @type {string | undefined} */
let shownUrl

/**
 * Shows a document as the app would: text as text, PDF in the browser's own viewer, other types not at all.
 * @param {{ title: string, url: string, display: 'text' | 'pdf' | 'xml' | 'hidden' }} document
 */
export async function showPreview({ title, url, display }) {
  const dialog = byId('preview')
  if (!(dialog instanceof HTMLDialogElement)) return
  const save = byId('preview-save')
  const body = byId('preview-body')
  byId('preview-title').textContent = title
  save.hidden = display !== 'pdf'
  if (display === 'hidden') {
    body.replaceChildren(h('p', {}, t('preview.hidden')))
  } else {
    const blob = await (await fetch(url)).blob()
    if (shownUrl !== undefined) URL.revokeObjectURL(shownUrl)
    shownUrl = URL.createObjectURL(blob)
    save.setAttribute('href', shownUrl)
    save.setAttribute('download', `${title}.pdf`)
    body.replaceChildren(
      display === 'pdf'
        ? h('iframe', { src: `${shownUrl}#navpanes=0`, title })
        : h('pre', {}, await blob.text()),
    )
  }
  dialog.showModal()
}

byId('preview-close').addEventListener('click', () => {
  const dialog = byId('preview')
  if (dialog instanceof HTMLDialogElement) dialog.close()
})
