import type { SignmeMessageKey } from './ru.ts'

export const en = {
  'reason.signme.rejected': 'The recipient rejected the request at Sign.Me and gave no reason.',
  'reason.signme.deleted':
    'Sign.Me deleted the file before it was signed. Send the documents again.',
  'reason.signme.wrong-user-phone':
    'Sign.Me does not know this phone. Check it, and that the recipient is registered and activated.',
  'reason.signme.wrong-user-email':
    'Sign.Me does not know this e-mail. Check it, and that the recipient is registered and activated.',
  'reason.signme.wrong-user':
    'Sign.Me knows no such signer. Check that phone, e-mail and SNILS belong to one person.',
  'reason.signme.wrong-company-inn':
    'Sign.Me knows no company of this INN. Check the number, and that the company is registered there.',
  'reason.signme.wrong-company-ogrn':
    'Sign.Me knows no company of this OGRN. Check the number, and that the company is registered there.',
  'reason.signme.wrong-company':
    'Sign.Me knows no such company, or the recipient is not on its staff. Check INN, OGRN and the staff list at Sign.Me.',
  'reason.signme.signer-unregistered':
    'The recipient is not registered at Sign.Me, so no document went there. Ask them to register, then send again.',
  'reason.signme.company-unregistered':
    'The company is not registered at Sign.Me, so no document went there. Register it, then send again.',
  'reason.signme.wrong-method':
    'Sign.Me could not read our request. Tell the administrator: something between Muhr and Sign.Me changes it.',
  'reason.signme.no-file':
    'Sign.Me could not read our request. Tell the administrator: something between Muhr and Sign.Me changes it.',
  'reason.signme.no-filename':
    'Sign.Me could not read our request. Tell the administrator: something between Muhr and Sign.Me changes it.',
  'reason.signme.wrong-file':
    'Sign.Me could not read our request. Tell the administrator: something between Muhr and Sign.Me changes it.',
  'reason.signme.wrong-json':
    'Sign.Me could not read our request. Tell the administrator: something between Muhr and Sign.Me changes it.',
  'reason.signme.cannot-create-file': 'Sign.Me could not store the file. Rename it and send again.',
  'reason.signme.cannot-create-request':
    'Sign.Me met an error of its own. Send later; if it comes again, write to Sign.Me with the time.',
  'reason.signme.get-api-key':
    'Sign.Me does not take the access key: it is wrong, closed, or the call left from another address. Tell the administrator.',
  'reason.signme.unexplained':
    'Sign.Me refused and did not say why. Send later, or write to Sign.Me.',
  'reason.signme.invalid-argument':
    'The request cannot be put by the rules of Sign.Me. Tell the administrator.',
  'reason.signme.redirected':
    'Sign.Me redirected the call elsewhere, where we do not go. Check the address in the connection.',
  'reason.signme.unreachable': 'Sign.Me cannot be reached. We try again by ourselves.',
  'reason.signme.unavailable': 'Sign.Me is down for the moment. We try again by ourselves.',
  'reason.signme.resting':
    'Sign.Me failed several times in a row. We wait, then try again by ourselves.',
  'reason.signme.outcome-unknown': 'The answer of Sign.Me was lost: the request may have arrived.',
  'reason.signme.unreadable-answer':
    'The answer of Sign.Me cannot be read: the request may have arrived.',
  'reason.signme.not-found': 'Sign.Me does not find this request. Ask its support.',
  'attention.signme.said-rejected':
    'We were told that the recipient rejected the request, and cannot ask Sign.Me whether it is so: its answer was lost. Ask the recipient; void the envelope if they refused.',
  'attention.signme.signed-earlier':
    'An earlier signature of this person is under the file: it does not count. We wait for a new one; see that the signer knows.',
  'attention.signme.unreadable-answer':
    'Sign.Me says that it is signed, but its answer with the signature cannot be read. We ask again; where that does not help, write to Sign.Me.',
  'attention.collect-refused':
    'Sign.Me gives the signatures in a form that nobody can read. We ask for them again; if it goes on, write to Sign.Me.',
  'plan.method-not-allowed': 'Sign.Me has no such way. Choose a person or a company.',
  'plan.signme.signer-missing':
    'Give the phone, the e-mail or the SNILS by which Sign.Me knows the signer.',
  'plan.signme.company-missing':
    'Give the INN or the OGRN of the company on whose behalf is signed.',
  'plan.recipient-kind':
    'A person signs without the OGRN or the INN of a company. Leave them out, or choose the company.',
  'plan.signme.contact-proves-nothing':
    'The connection takes nobody by phone or e-mail alone. Give the SNILS or the INN too.',
  'plan.signme.strange-number':
    'Among the numbers is one that no certificate at Sign.Me carries. Leave it out, or give the SNILS, INN or OGRN.',
  'plan.signme.file-empty': 'The file is empty. Choose another.',
  'plan.signme.too-many-files':
    'There are more files than the connection allows. Make two envelopes of them.',
  'plan.signme.too-large':
    'Together the files are larger than the connection allows. Make two envelopes of them.',
} as const satisfies Readonly<Record<SignmeMessageKey, string>>
