import { groupedHash, shortHash } from '../format/texts.ts'
import { useSpeech } from '../i18n/text-context.tsx'
import { IconButton } from './button.tsx'
import { useCopy } from './toast.tsx'

/** A digest: shortened in the middle, whole as tooltip and for screen readers, copied whole. */
export function Hash({ hex }: { readonly hex: string }) {
  const { t } = useSpeech()
  const copy = useCopy()

  return (
    <span className="hash">
      <span className="mono faint nowrap" title={groupedHash(hex)}>
        {shortHash(hex)}
      </span>
      <IconButton icon="copy" label={t('hash.copy')} onClick={() => copy(hex)} />
    </span>
  )
}
