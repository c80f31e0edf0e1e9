/**
 * One broken rule of Goskey, to be told before anything leaves. `field` names the place: a field of
 * req.xml as it is spelled there, or the name of a file. Never a value that was typed.
 */
export type Violation = {
  readonly rule: GoskeyRule
  readonly field: string
  /** What the rule allows: a number, or a form in words. */
  readonly limit?: number | string
  readonly actual?: number
  /** Place in an XML file, both from 1. */
  readonly line?: number
  readonly column?: number
  /** What a parser said; without values of the document. */
  readonly detail?: string
}

/** Every rule that is looked at, with what it asks (spec §5.1 to §5.4). */
export const goskeyRules = Object.freeze({
  'profile-not-offered': 'The service is described in this profile of req.xml.',
  'recipient-kind': 'The service is for recipients of this kind.',
  'recipient-identifier-missing': 'A recipient is named by SNILS or by ESIA id (OID).',
  'recipient-identifier-ambiguous': 'Profile 1.9 takes either SNILS or OID, not both.',
  'snils-form': 'A SNILS is written 000-000-000 00.',
  'snils-check-digit': 'The last two digits of a SNILS follow from the others.',
  'oid-form': 'An OID has 1 to 20 characters without spaces.',
  'ogrn-form': 'An OGRN has 13 digits, that of an entrepreneur 15, a foreign one 11.',
  'ogrn-check-digit': 'The last digit of an OGRN follows from the others.',
  'rafp-form': 'An RAFP has 11 digits.',
  'inn-form': 'The INN of a signer has 12 digits.',
  'inn-check-digit': 'The last digits of an INN follow from the others.',
  'description-missing': 'A package has a description.',
  'description-length': 'A description fits its limit.',
  'backlink-length': 'A backlink fits its limit.',
  'expiration-form': 'The end of the signing time is a moment.',
  'expiration-past': 'The end of the signing time lies in the future.',
  'expiration-too-far': 'The end of the signing time is at most 24 hours ahead.',
  'attribute-count': 'There are no more attributes than are taken.',
  'attribute-name-missing': 'An attribute has a name.',
  'attribute-name-length': 'The name of an attribute fits its limit.',
  'attribute-value-form': 'The value of an attribute is one line.',
  'attribute-missing': 'Every attribute that the service needs is there.',
  'attribute-duplicate': 'An attribute stands once.',
  'forbidden-character': 'Texts have only characters that XML can hold.',
  'documents-missing': 'A package has at least one document.',
  'documents-count': 'A package has no more documents than the service takes.',
  'documents-size': 'The documents together are no larger than the service takes.',
  'document-empty': 'A document has content.',
  'name-reserved': 'No document has a name that the package has itself.',
  'name-characters': 'A file name has only characters that are taken.',
  'name-length': 'A file name fits its limit.',
  'name-duplicate': 'No two file names are equal but for case.',
  'type-extension': 'A file has an extension that is taken.',
  'type-content': 'The content of a file is what its extension says.',
  'text-encoding': 'A text file is in UTF-8 or windows-1251.',
  'archive-unreadable': 'The file is an ordinary zip archive.',
  'archive-not-flat': 'A package has no folders.',
  'archive-entry': 'Every entry of the archive is a plain file, named once.',
  'archive-size': 'The archive is no larger than can be sent.',
  'request-missing': 'A package has its request file.',
  'request-namespace': 'The namespace of req.xml belongs to the service that is asked.',
  'request-schema': 'The request file keeps to its schema.',
  'request-unreadable': 'The request file is XML that can be read.',
  'signature-missing': 'Every file has its signature beside it.',
  'signature-unreadable': 'A signature is a detached CMS container.',
  'signature-attached': 'A signature does not hold the file itself.',
  'signature-wrong': 'A signature is made over the file that it stands beside.',
  'signature-orphan': 'A signature stands beside its file.',
  'sign-config-unreadable': 'sign_config.xml is XML that can be read.',
  'sign-config-schema': 'sign_config.xml keeps to its schema.',
  'sign-config-file-missing': 'A file that sign_config.xml names is in the package.',
  'sign-config-duplicate': 'sign_config.xml names a signature once.',
} as const satisfies Record<string, string>)

/** The name of a rule; stable, a key for texts. */
export type GoskeyRule = keyof typeof goskeyRules
