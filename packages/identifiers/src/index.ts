/**
 * National identifiers of Russia, Kazakhstan and Uzbekistan, and the error base of the house.
 * @module
 */
export { checkIdentifier, type IdentifierCheck, type IdentifierReason } from './check-identifier.ts'
export {
  type ContactRefusal,
  type Email,
  maskEmail,
  maskPhone,
  type ParsedContact,
  type Phone,
  parseEmail,
  parsePhone,
} from './contact.ts'
export { MuhrError, type MuhrErrorInit } from './error.ts'
export { type EsiaOid, parseEsiaOid, parseRafp, type Rafp } from './goskey-numbers.ts'
export {
  type IdentifierKind,
  type IdentifierRule,
  type IdentifierValues,
  identifierKinds,
} from './identifier-kinds.ts'
export { type Bin, type Iin, parseBin, parseIin } from './iin-bin.ts'
export {
  lastDigits,
  maskBin,
  maskIdentifier,
  maskIin,
  maskOgrn,
  maskOgrnip,
  maskPinfl,
  maskRussianInn,
  maskSnils,
  maskUzbekInn,
} from './mask-identifier.ts'
export { type Ogrn, type Ogrnip, parseOgrn, parseOgrnip } from './ogrn.ts'
export type { Branded, CheckDigit, Parsed, ParseRefusal } from './parse-digits.ts'
export { parseRussianInn, type RussianInn } from './russian-inn.ts'
export { parseSnils, type Snils } from './snils.ts'
export { type Pinfl, parsePinfl, parseUzbekInn, type UzbekInn } from './uzbek-numbers.ts'
