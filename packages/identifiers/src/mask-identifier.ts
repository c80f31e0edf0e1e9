import { type IdentifierKind, identifierKinds } from './identifier-kinds.ts'
import type { Bin, Iin } from './iin-bin.ts'
import type { Ogrn, Ogrnip } from './ogrn.ts'
import type { RussianInn } from './russian-inn.ts'
import type { Snils } from './snils.ts'
import type { Pinfl, UzbekInn } from './uzbek-numbers.ts'

/** Stands for text that is no identifier: its length would tell something too. */
const ALL_HIDDEN = '········'

/**
 * Hides all but the last four digits (SNILS: five) behind middle dots, for lists, journals and
 * notifications: `········0017`, `···-···-729 38`. Text that is not an identifier of the kind, such
 * as a mistyped one, is hidden wholly.
 */
export function maskIdentifier(kind: IdentifierKind, text: string): string {
  const parsed = identifierKinds[kind].parse(text)
  if (!parsed.ok) return ALL_HIDDEN
  let hidden = parsed.value.replace(/[^0-9]/g, '').length - identifierKinds[kind].visibleDigits

  return parsed.value.replace(/[0-9]/g, (digit) => (hidden-- > 0 ? '·' : digit))
}

/**
 * The digits that the mask leaves visible, without separators: for the accessible text "last digits
 * 0017". Empty for text that is not an identifier of the kind.
 */
export function lastDigits(kind: IdentifierKind, text: string): string {
  const parsed = identifierKinds[kind].parse(text)
  if (!parsed.ok) return ''

  return parsed.value.replace(/[^0-9]/g, '').slice(-identifierKinds[kind].visibleDigits)
}

/** `···-···-729 38` */
export const maskSnils = (value: Snils): string => maskIdentifier('snils', value)
/** `······3893` or `········2259` */
export const maskRussianInn = (value: RussianInn): string => maskIdentifier('ru-inn', value)
/** `·········2195` */
export const maskOgrn = (value: Ogrn): string => maskIdentifier('ogrn', value)
/** `···········0157` */
export const maskOgrnip = (value: Ogrnip): string => maskIdentifier('ogrnip', value)
/** `········0017` */
export const maskIin = (value: Iin): string => maskIdentifier('iin', value)
/** `········0017` */
export const maskBin = (value: Bin): string => maskIdentifier('bin', value)
/** `··········0017` */
export const maskPinfl = (value: Pinfl): string => maskIdentifier('pinfl', value)
/** `·····0017` */
export const maskUzbekInn = (value: UzbekInn): string => maskIdentifier('uz-inn', value)
