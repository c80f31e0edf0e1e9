import { type EsiaOid, parseEsiaOid, parseRafp, type Rafp } from './goskey-numbers.ts'
import { type Bin, type Iin, parseBin, parseIin } from './iin-bin.ts'
import { type Ogrn, type Ogrnip, parseOgrn, parseOgrnip } from './ogrn.ts'
import type { Parsed } from './parse-digits.ts'
import { parseRussianInn, type RussianInn } from './russian-inn.ts'
import { parseSnils, type Snils } from './snils.ts'
import { type Pinfl, parsePinfl, parseUzbekInn, type UzbekInn } from './uzbek-numbers.ts'

/** The stored form of each kind of national identifier. */
export type IdentifierValues = {
  readonly snils: Snils
  readonly 'ru-inn': RussianInn
  readonly ogrn: Ogrn
  readonly ogrnip: Ogrnip
  readonly 'esia-oid': EsiaOid
  readonly rafp: Rafp
  readonly iin: Iin
  readonly bin: Bin
  readonly pinfl: Pinfl
  readonly 'uz-inn': UzbekInn
}

/** A kind of national identifier. Taxpayer numbers of Russia and Uzbekistan share only the name. */
export type IdentifierKind = keyof IdentifierValues

/** What is known of each kind. */
export type IdentifierRule<Kind extends IdentifierKind> = {
  readonly country: 'RU' | 'KZ' | 'UZ'
  /** Whom it names. */
  readonly names: 'person' | 'organisation' | 'either'
  readonly parse: (text: string) => Parsed<IdentifierValues[Kind]>
  /** What a wrong check digit means: Kazakh test certificates carry such numbers. */
  readonly wrongCheckDigit: 'refusal' | 'warning'
  /** How many digits at the end stay visible in lists, journals and notifications. */
  readonly visibleDigits: number
}

/** The table of kinds. */
export const identifierKinds: { readonly [Kind in IdentifierKind]: IdentifierRule<Kind> } =
  Object.freeze({
    snils: {
      country: 'RU',
      names: 'person',
      parse: parseSnils,
      wrongCheckDigit: 'refusal',
      visibleDigits: 5,
    },
    'ru-inn': {
      country: 'RU',
      names: 'either',
      parse: parseRussianInn,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
    ogrn: {
      country: 'RU',
      names: 'organisation',
      parse: parseOgrn,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
    ogrnip: {
      country: 'RU',
      names: 'person',
      parse: parseOgrnip,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
    'esia-oid': {
      country: 'RU',
      names: 'person',
      parse: parseEsiaOid,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
    rafp: {
      country: 'RU',
      names: 'organisation',
      parse: parseRafp,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
    iin: {
      country: 'KZ',
      names: 'person',
      parse: parseIin,
      wrongCheckDigit: 'warning',
      visibleDigits: 4,
    },
    bin: {
      country: 'KZ',
      names: 'organisation',
      parse: parseBin,
      wrongCheckDigit: 'warning',
      visibleDigits: 4,
    },
    pinfl: {
      country: 'UZ',
      names: 'person',
      parse: parsePinfl,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
    'uz-inn': {
      country: 'UZ',
      names: 'either',
      parse: parseUzbekInn,
      wrongCheckDigit: 'refusal',
      visibleDigits: 4,
    },
  })
