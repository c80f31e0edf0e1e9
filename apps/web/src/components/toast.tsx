import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useSpeech } from '../i18n/text-context.tsx'
import { IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'

const toastMs = 5000

const ToastContext = createContext<(text: string) => void>(() => {})

/** For things that leave no trace on the page (copied, saved). Never for errors. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const { t } = useSpeech()
  const [toast, setToast] = useState<{ readonly text: string; readonly id: number } | undefined>()

  useEffect(() => {
    if (toast === undefined) return

    const timer = setTimeout(() => setToast(undefined), toastMs)

    return () => clearTimeout(timer)
  }, [toast])

  const show = useCallback((text: string) => setToast({ text, id: performance.now() }), [])

  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toast === undefined ? null : (
          <div className="toast" key={toast.id} data-testid="toast">
            <span>{toast.text}</span>
            <IconButton
              icon="cross"
              label={t('action.close')}
              onClick={() => setToast(undefined)}
            />
          </div>
        )}
      </div>
    </ToastContext>
  )
}

/** Shows a short sentence for five seconds. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext)
}

/** Copies a text and says so. */
export function useCopy(): (text: string) => void {
  const { t } = useSpeech()
  const toast = useToast()

  return (text) => {
    void copyText(text).then((ok) => toast(t(ok ? 'toast.copied' : 'toast.copyFailed')))
  }
}
