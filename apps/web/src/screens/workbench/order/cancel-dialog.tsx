import { useState } from 'react'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** Services of Госключ, which refuse to cancel. */
const goskeyCodes: ReadonlySet<string> = new Set(['10000000374', '60025907', '60080470'])

/** Cancelling is asked of the portal, with a reason if there is one. */
export function CancelDialog(props: {
  readonly order: BenchOrderDetail
  readonly onConfirm: (reason: string) => Promise<boolean>
  readonly onClose: () => void
}) {
  const { t } = useBenchSpeech()
  const { order, onConfirm, onClose } = props
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    await onConfirm(reason.trim())
    onClose()
  }

  return (
    <Dialog
      title={t('bench.cancel')}
      onClose={onClose}
      testId="cancel-dialog"
      foot={
        <>
          <Button data-safe onClick={onClose}>
            {t('bench.cancel.keep')}
          </Button>
          <Button
            kind="danger"
            busy={isBusy}
            onClick={() => void confirm()}
            data-testid="cancel-confirm"
          >
            {t('bench.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('bench.cancel.text', { number: order.orderNumber ?? '' })}</p>
      {goskeyCodes.has(order.serviceCode) ? (
        <p className="small dim">{t('bench.cancel.goskey')}</p>
      ) : null}
      <TextField
        label={t('bench.cancel.reason')}
        explain={t('bench.param.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  )
}
