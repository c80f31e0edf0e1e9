import type { GoskeyDoctorKey } from './ru.ts'

export const en = {
  'doctor.host.passed': 'The address answers.',
  'doctor.host.unreachable':
    'The address does not answer. Check its name, the network and the GOST TLS terminator before it.',
  'doctor.token.passed': 'ESIA gave a token for the API-Key.',
  'doctor.token.seal-wanted':
    'The signature over the API-Key waits for an employee. Confirm it in the browser.',
  'doctor.token.refused': 'ESIA gave no token.',
  'doctor.token.key': 'The signer key did not sign the API-Key. Check it by a trial signature.',
  'doctor.claims.passed': 'The token is of this system and an organisation.',
  'doctor.claims.client': 'The token is of another system. Correct the mnemonic of the connection.',
  'doctor.claims.organisation':
    'The token names no organisation. Check that the API-Key was issued to its employee.',
  'doctor.updated.passed': 'The EPGU gateway lists orders.',
  'doctor.updated.refused': 'The EPGU gateway refused.',
  'doctor.updated.failed': 'The EPGU gateway did not answer as it should.',
  'doctor.quota': 'The most orders of one service an hour that the API-Keys together allow.',
  'doctor.api-key.expired':
    'By the date of the cabinet the API-Key has expired. Issue a new one and replace it.',
  'doctor.api-key.expires': 'The API-Key expires soon. Issue a new one in time.',
  'advice.seal.no-key':
    'The connection has no signer key. Add one and choose it for the connection.',
  'advice.esia.ESIA-005002':
    'ESIA did not take the signature over the API-Key: another key, a certificate that has ended, was revoked or is not uploaded for the system, or a signature of more than 24 hours ago. Check the signer key and the clock of the server; with another program sign the API-Key text itself, detached.',
  'advice.esia.ESIA-037218':
    'The API-Key does not exist. Copy the API-Key from the CSV of the cabinet of this contour, test or production.',
  'advice.esia.ESIA-037219':
    'The employee to whom the API-Key was issued does not exist. Add the employee to the organisation in ESIA and issue another API-Key.',
  'advice.esia.ESIA-038000':
    'The organisation of the API-Key does not exist. Check the organisation in ESIA and issue another API-Key.',
  'advice.esia.ESIA-037214':
    'The API-Key is blocked. Unblock the API-Key in the cabinet under “My systems”, or issue another.',
  'advice.esia.ESIA-037213':
    'The API-Key has expired. Issue a new API-Key in the cabinet under “My systems” and put it in its place.',
  'advice.esia.ESIA-037215':
    'The employee who issued the API-Key is blocked. Have another empowered employee issue a new API-Key.',
  'advice.esia.ESIA-037216':
    'The employee to whom the API-Key was issued is blocked. Unblock the employee in ESIA, or use the API-Key of another.',
  'advice.esia.ESIA-037217':
    'Who issued the API-Key has no valid power of attorney for this vendor system. Have the head of the organisation renew the power of attorney, then issue a new key.',
  'advice.esia.ESIA-005027':
    'The scopes that the operator configured are unknown to ESIA. Write to the support of the operator and name the mnemonic of the system.',
  'advice.esia.ESIA-020000':
    'The parameters of the request are wrong. Check the API-Key, a UUID, and that the signature reaches ESIA in one piece.',
  'advice.epgu.bad_request': 'A parameter is wrong. Correct the parameter that the answer names.',
  'advice.epgu.service_not_found':
    'The service code is unknown. Check serviceCode and targetCode against the specification of the service.',
  'advice.epgu.access_denied_person_permissions':
    'The token has no permission that contains APIPGU. Have the person grant the system access to the API of the portal, then get a new token.',
  'advice.epgu.access_denied_personal_data':
    'The system is not cleared for files with personal data. Apply to the operator for clearance of the system for personal data.',
  'advice.epgu.access_denied_service':
    'The system is not approved for this service. Apply in the partner cabinet for access of the system to this service.',
  'advice.epgu.access_denied_system':
    'The system is not approved, or came over a channel without GOST TLS. Use the host of GOST TLS through a local terminator; else apply for access of the system.',
  'advice.epgu.access_denied_user':
    'This type of user (legal entity, entrepreneur, person) may not use the service. Use the API-Key of an organisation of the type that the service is for.',
  'advice.epgu.access_denied_user_legal':
    'The organisation of the token does not own the system. Use an API-Key that the owner of the system issued, or a system open to other organisations.',
  'advice.epgu.bad_delegation':
    'The employee lacks the needed power of attorney. Have the head of the organisation issue the power in the cabinet of ESIA.',
  'advice.epgu.config_delegation':
    'No such power exists for the service. Write to the support of the operator: the powers of the service are not configured.',
  'advice.epgu.push_denied':
    'Only the head or an empowered employee may send. Use the API-Key of the head, or of an employee with the power of attorney.',
  'advice.epgu.order_access':
    'The order belongs to somebody else. Ask with an API-Key of the organisation that sent the order.',
  'advice.epgu.cancel_not_allowed':
    'The order cannot be cancelled in its status. Wait for the end of the order; some services, Goskey among them, never cancel.',
  'advice.epgu.limitation_exception':
    'A quota is used up. Wait: 20 orders of a service in 10 minutes are allowed to one user.',
  'advice.epgu.not_found':
    'There is no such order. Check the number, the contour and the organisation that sent the order.',
  'advice.epgu.internal_error':
    'An incident on the side of the portal. Try again later; when it lasts, write to the support with the time and the order number.',
  'advice.esia.refused':
    'ESIA names no code. Check its address and the contour, then write to the support of the operator.',
  'advice.esia.unreachable':
    'ESIA cannot be reached. Check the address, the network and the GOST TLS terminator.',
  'advice.esia.unavailable':
    'ESIA does not work for now. Try again later; see the news of the operator when it lasts.',
  'advice.esia.unreadable-answer':
    'It is not ESIA that answers there. Check the address, and that no proxy or login page stands before it.',
  'advice.esia.invalid-api-key':
    'The API-Key has another form. Copy it from the CSV of the cabinet, without quotes and blanks.',
  'advice.esia.invalid-signature':
    'The signature over the API-Key is of no use. Check the signer key by a trial signature.',
  'advice.epgu.refused':
    'The portal refused and named no reason. Check address, path prefix and contour, then write to the support.',
  'advice.epgu.not-found':
    'The portal found nothing. Check the number, the contour and the organisation that sent it.',
  'advice.epgu.unknown-url':
    'There is no EPGU gateway at this address. Correct the address or the path prefix: api or gu-smev-api.',
  'advice.epgu.unauthorised':
    'The portal did not take the token. Check that ESIA and the portal are of one contour, and the clock of the server.',
  'advice.epgu.rate-limited': 'The portal asks for fewer requests. Wait and try again.',
  'advice.epgu.unavailable':
    'The portal does not work for now. Try again later; see the news of the operator when it lasts.',
  'advice.epgu.unreachable':
    'The portal cannot be reached. Check the address, the network and the GOST TLS terminator.',
  'advice.epgu.outcome-unknown':
    'The answer is lost and the call may have had its effect. Ask for the status first, do not send again.',
  'advice.epgu.unreadable-answer':
    'It is not the portal that answers there. Check the address, and that no proxy or login page stands before it.',
  'advice.epgu.redirect-refused':
    'The portal sent us to another address, where we did not go. Behind a terminator name the origin of the portal in the connection (publicOrigin).',
  'advice.epgu.download-too-large': 'The file is larger than we take. Tell your administrator.',
  'advice.epgu.chunk-window-overrun':
    'The parts did not arrive within five minutes. Reserve another number and send over a faster line.',
  'advice.epgu.quota-full':
    'The quota is full: 20 orders of a service in 10 minutes for each API-Key. Wait, or add the API-Key of another employee.',
  'advice.epgu.too-many-pages':
    'There are too many changes for one answer. Ask for a shorter time.',
  'advice.epgu.dictionary-refused':
    'There is no dictionary of this code, or no such branch. Check the code and the value of the parent.',
} as const satisfies Readonly<Record<GoskeyDoctorKey, string>>
