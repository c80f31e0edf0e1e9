import type { IdentifierKind } from '../api/types.ts'
import { useSpeech } from '../i18n/text-context.tsx'

/** A masked national number: dots for the eye, "last digits 0017" for the ear. */
export function MaskedId(props: { readonly kind: IdentifierKind; readonly masked: string }) {
  const { t } = useSpeech()

  return (
    <span className="nowrap">
      {t(`id.${props.kind}`)} <span aria-hidden="true">{props.masked}</span>
      <span className="sr-only">{t('id.masked', { digits: props.masked.replace(/\D/g, '') })}</span>
    </span>
  )
}
