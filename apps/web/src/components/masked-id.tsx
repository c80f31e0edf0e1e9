import type { RecipientKind } from '../api/types.ts'
import { useSpeech } from '../i18n/text-context.tsx'

/** What a person is known by, masked: dots for the eye, "last digits 0017" for the ear. */
export function MaskedId(props: { readonly kind: RecipientKind; readonly masked: string }) {
  const { t } = useSpeech()

  return (
    <span className="nowrap">
      {t(`id.${props.kind}`)} <span aria-hidden="true">{props.masked}</span>
      <span className="sr-only">
        {props.kind === 'email'
          ? props.masked.replace(/·+/g, '… ')
          : t('id.masked', { digits: props.masked.replace(/\D/g, '') })}
      </span>
    </span>
  )
}
