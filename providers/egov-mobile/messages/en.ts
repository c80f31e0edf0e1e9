import type { EgovMobileMessageKey } from './ru.ts'

export const en: Readonly<Record<EgovMobileMessageKey, string>> = {
  'refusal.malformed-body': 'The answer of the app could not be read. Scan the code again.',
  'refusal.unauthenticated': 'No access to the documents. Scan the code again.',
  'refusal.signature-invalid': 'The signature did not pass the check. Sign again.',
  'refusal.signature-unreadable': 'The signature could not be read. Sign again.',
  'refusal.signature-missing': 'A document came back unsigned. Sign again.',
  'refusal.other-content': 'Another document was signed. Scan the code and sign the one shown.',
  'refusal.other-person': 'Signed by another person. The one to whom it was sent has to sign.',
  'refusal.certificate-expired': 'The certificate has expired. Choose a valid key.',
  'refusal.certificate-revoked': 'The certificate is revoked. Choose a valid key.',
  'refusal.certificate-untrusted':
    'The certificate is from an unknown authority. Choose a key of NCA RK.',
  'refusal.certificate-purpose': 'This key is not for signing documents. Choose a signing key.',
  'refusal.timestamp-missing': 'The signature has no valid time-stamp. Sign again.',
  'refusal.check-unavailable': 'The signature cannot be checked yet. Repeat in a few minutes.',
  'refusal.documents-changed': 'Other documents came back. Scan the code again.',
  'refusal.sign-method-changed': 'The way of signing was changed. Scan the code again.',
  'refusal.unknown-session': 'The request was not found. Ask the sender for a new code.',
  'refusal.method-not-allowed': 'Such a call is not accepted. Update eGov Mobile and repeat.',
  'refusal.already-signed': 'The documents are signed already. Nothing to do.',
  'refusal.expired': 'The code has expired. Scan the new one.',
  'refusal.canceled': 'Signing was cancelled. Ask the sender for a new code.',
  'refusal.replaced': 'This code is no longer valid. Go on from the signing page.',
  'refusal.withdrawn': 'The documents were withdrawn. Ask the sender.',
  'refusal.too-large': 'The answer of the app is too large. Tell the sender.',
  'refusal.unavailable': 'The service is not available now. Repeat in a minute.',

  'plan.method.not-supported':
    'We have no such method for eGov Mobile. Choose CMS_WITH_DATA or CMS_SIGN_ONLY.',
  'plan.sender.name':
    'The organisation has no name. Give it one: the app shows who asks for the signature.',
  'plan.sender.bin':
    'The organisation has no BIN. Give its 12 digits: the app shows who asks for the signature.',
  'plan.recipient.identifier':
    'The recipient has no IIN and no BIN. Without a number nobody can tell whose signature came.',
  'plan.document.none': 'There are no documents. Add at least one.',
  'plan.document.too-many': 'Too many documents. Send at most 100 at once.',
  'plan.document.too-large':
    'The documents are too large for a phone. Together they may have at most 100 MiB.',
  'plan.document.empty': 'The file is empty. Add it again.',
  'plan.document.type': 'eGov Mobile shows only PDF and plain text. Save the document as PDF.',
  'plan.deadline.past': 'The deadline has passed. Set a time in the future.',

  'connection.auth': 'Access to the documents',
  'connection.auth.hint': 'Token: the app shows a token. None: the address alone is enough.',
  'connection.linkLifeSeconds': 'Life of the code, seconds',
  'connection.linkLifeSeconds.hint': 'From 30 to 86400. Then a new code takes its place.',
  'connection.launcher': 'Link for the phone',
  'connection.launcher.hint':
    'm.egov.kz works now; page.link was switched off in 2025 and serves old builds only.',
  'connection.encoder': 'Encoding of the address in the link',
  'connection.encoder.hint': "seed: as in eGov Mobile's own document.",
  'connection.pdfMime': 'Mark for PDF',
  'connection.pdfMime.hint': '@file/pdf is what older versions of the app understand.',
  'connection.otherTypes': 'Documents that the app does not show',
  'connection.otherTypes.hint': 'Sent like this, they are signed unseen.',
  'connection.whenIndeterminate': 'When data for the check is missing',
  'connection.whenIndeterminate.hint':
    'Refuse, or accept and check later. Only the check completes a signing.',
  'connection.success': 'Answer of success',
  'connection.success.hint': 'JSON, or the word success alone.',
  'connection.leadBack': 'Lead back to the signing page',
  'connection.leadBack.hint': 'The app offers to return to backUrl.',
  'connection.cancelStatus': 'Status that answers a cancellation',
  'connection.cancelStatus.hint': 'Not documented; usually 200.',
  'fault.connection.not-object': 'The settings are no object. Give them as a JSON object.',
  'fault.connection.unknown-setting': 'There is no such setting. Check its spelling.',
  'fault.connection.choice': 'Choose a value of the list.',
  'fault.connection.seconds': 'Give whole seconds from 30 to 86400.',
  'fault.connection.launcher':
    'Choose a link of the list, or give an https template with one place for the address.',
  'connection.launcher.m-egov-kz': 'm.egov.kz, works now',
  'connection.launcher.seed-page-link': 'page.link, for old builds',
  'connection.otherTypes.refuse': 'do not send',
  'connection.otherTypes.send': 'send as they are',
  'connection.whenIndeterminate.refuse': 'refuse',
  'connection.whenIndeterminate.accept-and-recheck': 'accept and check later',

  'doctor.url.passed': 'The public address suits eGov Mobile.',
  'doctor.url.loopback':
    'The address is seen on this computer only. For a phone set MUHR_PUBLIC_URL to an https address; the simulator can do with this one.',
  'doctor.url.scheme': 'eGov Mobile opens https only. Set MUHR_PUBLIC_URL to an https address.',
  'doctor.url.invalid':
    'The public address cannot stand in a QR code. Set MUHR_PUBLIC_URL to https://name, without spaces, # and user name.',
  'doctor.path.passed': 'The addresses for eGov Mobile answer as they should.',
  'doctor.path.unreachable':
    'The public address does not answer. Check the name in DNS, the firewall and the reverse proxy.',
  'doctor.path.tls':
    'The TLS certificate was not accepted. Install a valid one, with its whole chain and this name.',
  'doctor.path.redirect':
    'A proxy redirects the calls. Let /cb/ and /s/ through without a redirect.',
  'doctor.path.other':
    'Something other than Muhr answers at this address. Point /cb/ and /s/ of the reverse proxy here.',
  'doctor.allow-list':
    'The app opens only addresses on its own list, which cannot be checked from here. Ask the operator of eGov Mobile whether yours is on it.',
}
