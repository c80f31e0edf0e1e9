import { useEffect, useRef, useState } from 'react'
import { readStored, writeStored } from '../../app/preferences.ts'
import { type Draft, isDraftEmpty, type KeptDraft, readDraft, writeDraft } from './draft.ts'
import type { UploadQueue } from './upload-queue.ts'

const saveEveryMs = 2000

/** A draft belongs to one person of one organisation on this machine. */
export function draftKey(organisation: string, user: string): string {
  return `muhr.draft.${organisation}.${user}`
}

/** The draft that was kept under this key. */
export function loadKeptDraft(key: string): KeptDraft | undefined {
  return readDraft(readStored(key))
}

export function forgetDraft(key: string): void {
  writeStored(key, undefined)
}

/** Keeps the draft every two seconds and when the page is left; tells when it was kept last. */
export function useKeptDraft(
  key: string,
  form: { readonly draft: Draft; readonly queue: UploadQueue },
): { readonly savedAt: Date | undefined; readonly stop: () => void } {
  const [savedAt, setSavedAt] = useState<Date | undefined>()
  const latest = useRef(form)
  const written = useRef<string | undefined>(undefined)
  const isOver = useRef(false)

  useEffect(() => {
    latest.current = form
  })

  useEffect(() => {
    const save = () => {
      const { draft, queue } = latest.current
      const mark = JSON.stringify([draft, queue.map(({ key: row, phase }) => [row, phase])])

      if (isOver.current || mark === written.current) return
      // Nothing typed yet is nothing to keep, and must not wipe what another tab kept.
      if (written.current === undefined && isDraftEmpty(draft, queue)) return

      const now = new Date()
      written.current = mark

      if (writeStored(key, writeDraft(draft, queue, now))) setSavedAt(now)
    }
    const timer = setInterval(save, saveEveryMs)
    window.addEventListener('blur', save)
    window.addEventListener('pagehide', save)

    return () => {
      save()
      clearInterval(timer)
      window.removeEventListener('blur', save)
      window.removeEventListener('pagehide', save)
    }
  }, [key])

  return {
    savedAt,
    stop: () => {
      isOver.current = true
    },
  }
}
