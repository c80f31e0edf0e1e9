import type { GoskeyMessageKey } from './ru.ts'

export const en = {
  'reason.goskey.rejected': 'The recipient refused to sign in Goskey.',
  'reason.goskey.expired': 'The recipient did not sign within a day. Send the documents again.',
  'reason.goskey.recipient-not-found':
    'Goskey knows nobody of this SNILS. Check the number, and that the recipient has the app.',
  'reason.goskey.sender-signature':
    'The portal did not verify the sender’s signature within 8 hours. Check the certificate and send again.',
  'reason.goskey.internal': 'Goskey met an error of its own. Send the documents again.',
  'reason.goskey.portal': 'The portal ended the order with an error. Send the documents again.',
  'reason.goskey.cancelled': 'The order was cancelled on the portal. Send the documents again.',
  'reason.epgu.LIMITATION_EXCEPTION': 'The quota of orders is used up. Send the documents later.',
  'reason.epgu.INVALID_FILES_STRUCTURE':
    'The portal refused the archive: it has folders. Tell the administrator.',
  'reason.epgu.VALIDATION_ERROR':
    'The portal refused the files: they break its rules. Check their names and types.',
  'reason.epgu.REQ_NOT_FOUND': 'The portal found no req.xml. Tell the administrator.',
  'reason.epgu.MPC_NOT_FOUND': 'The portal found no file of the order. Tell the administrator.',
  'reason.epgu.REQ_VERIFY_FAILED':
    'The data of the order are not those of the applicant. Check the organisation in the connection.',
  'reason.epgu.FILES_VERIFICATION_FAILED':
    'The portal refused the sender’s signature. Check the signer key and its certificate.',
  'reason.epgu.INTERNAL_ERROR': 'The portal met a technical error. Send the documents again.',
  'reason.epgu.CREATE_ORDER_FORBIDDEN':
    'The employee has no power for this service. Issue one in the cabinet of ESIA.',
  'reason.epgu.refused':
    'The portal refused and gave no reason. Check the connection, then write to the support of the portal.',
  'reason.epgu.not-found':
    'The portal did not find the order. Check the contour in the connection and send the documents again.',
  'reason.epgu.unknown-url':
    'There is no EPGU gateway at this address. Correct the address or the path prefix in the connection.',
  'reason.epgu.unauthorised':
    'The portal did not take a new token. Check that token and portal are of one contour.',
  'reason.epgu.rate-limited':
    'The portal asks for fewer calls. Try again later: an employee may start 20 orders of a service in 10 minutes.',
  'reason.epgu.redirect-refused':
    'The portal sent us to a foreign address for the file. We do not go there; write to the support of the portal.',
  'reason.epgu.download-too-large':
    'The file is larger than allowed and was not fetched. Check the number of the order.',
  'reason.epgu.chunk-window-overrun':
    'The parts did not make it within five minutes. Send again in larger parts, or over a faster line.',
  'reason.epgu.source-changed':
    'A file of the package changed while it was sent. Build the package again and send it.',
  'reason.epgu.quota-full':
    'The quota of orders is used up. Wait: earlier the portal would refuse.',
  'reason.epgu.too-many-pages':
    'The list of the portal does not end. Ask for a shorter time, or by numbers.',
  'reason.epgu.dictionary-refused':
    'The dictionary refused. Check its code and the value of the group.',
  'reason.esia.invalid-api-key':
    'The API-Key is written another way. Copy all 36 characters from the CSV of the cabinet.',
  'reason.esia.invalid-signature':
    'The signature over the API-Key will not do. Sign the API-Key again with the key of the organisation.',

  'attention.collect-refused':
    'The portal keeps the signatures back: check that the system is cleared for personal data. We ask for them again.',
  'attention.goskey.signature-missing':
    'Not every document has its signature. Nothing is completed; ask for the signature again.',
  'attention.goskey.signature-doubled':
    'A document has two signatures. Neither is taken; write to the support of the portal.',
  'attention.goskey.unexpected-file':
    'The portal sent a file too many. Its document has no signature; write to the support of the portal.',
  'attention.goskey.foreign-object':
    'The portal sent a file of another order. It was not fetched; write to the support of the portal.',
  'attention.goskey.unreadable-link':
    'The link of a signature has an unknown form. It was not fetched; write to the support of the portal.',

  'plan.method-not-allowed': 'The connection does not have this method. Choose another one.',
  'plan.profile-not-offered': 'The service is not in this profile. Choose profile 1.9.',
  'plan.recipient-kind': 'A person signs without an OGRN. Leave it out, or choose UKEP_LEGAL.',
  'plan.recipient-identifier-missing':
    'The recipient has no SNILS. Give it: Goskey finds people by it.',
  'plan.snils-form': 'The SNILS has another form. Write it as 000-000-000 00.',
  'plan.snils-check-digit':
    'The check digits of the SNILS do not match. Compare it with the paper.',
  'plan.ogrn-form': 'The OGRN has another form. Give 13 digits, of an entrepreneur 15.',
  'plan.ogrn-check-digit': 'The check digit of the OGRN does not match. Compare it with the paper.',
  'plan.recipient-identifier-ambiguous':
    'Both OGRN and NZA are given. Keep the OGRN of a Russian organisation, or the NZA of a foreign one.',
  'plan.recipient-unprovable':
    'The ESIA OID finds a person, but no certificate carries it. Give the SNILS or the INN beside it.',
  'plan.oid-form': 'The ESIA OID has another form. Give 1 to 20 digits.',
  'plan.rafp-form': 'The NZA has another form. Give 11 digits of the RAFP register.',
  'plan.inn-form': 'The INN of the signer has another form. Give 12 digits.',
  'plan.inn-check-digit': 'The check digits of the INN do not match. Compare it with the paper.',
  'plan.description-missing': 'There is no title. Give one: the recipient sees it.',
  'plan.expiration-past': 'The deadline has passed. Set a time in the future.',
  'plan.forbidden-character': 'A text has a character that XML cannot hold. Remove it.',
  'plan.documents-missing': 'There are no documents. Add at least one.',
  'plan.documents-count': 'There are more documents than Goskey takes. Send at most 15 at once.',
  'plan.documents-size':
    'Together the documents have more than 100,000,000 bytes. Send them in parts.',
  'plan.document-empty': 'The file is empty. Add it again.',
  'plan.name-reserved': 'The name belongs to the package itself. Rename the file.',
  'plan.name-characters':
    'The file name has a character that is not taken. Keep Latin letters, digits, blanks and underscores.',
  'plan.name-length': 'The file name is longer than 50 characters. Shorten it.',
  'plan.name-duplicate': 'Two file names are equal but for case. Rename one of them.',
  'plan.type-extension': 'Goskey does not take such files. Save it as PDF, TIFF, XML or TXT.',
  'plan.type-content': 'The content is not what the name says. Check the file.',
  'plan.text-encoding': 'The text has another encoding. Save it in UTF-8 or windows-1251.',
} as const satisfies Readonly<Record<GoskeyMessageKey, string>>
