import type { Catalogue } from '../message.ts'
import type { CommonKey } from './ru.ts'

export const commonEn = {
  'app.skip': 'To the content',
  'app.languages': 'Language',
  'strip.name': 'Sandbox',
  'strip.text': 'Test keys and simulated services. Signatures have no legal force.',
  'strip.report': 'Checked against test trust roots. Such a report is of no use in court.',
  'strip.phone': 'Open the simulator:',

  'state.draft': 'Draft',
  'state.waiting': 'Waiting',
  'state.sealing': 'Sender’s signature needed',
  'state.unsealed': 'Sender’s signature needed',
  'state.dispatching': 'Sending',
  'state.sent': 'Sent',
  'state.viewed': 'Opened',
  'state.received': 'Checking',
  'state.held': 'Signature matches, data is missing',
  'state.signed': 'Signed',
  'state.completed': 'Completed',
  'state.declined': 'Declined',
  'state.expired': 'Expired',
  'state.voided': 'Voided',
  'state.unknown': 'Outcome unknown',
  'state.mismatch': 'Wrong signature',
  'state.failed': 'Failed',
  'state.passed': 'Signature is valid',
  'state.indeterminate': 'Not enough data',
  'state.refuted': 'Signature is not valid',

  'id.snils': 'SNILS',
  'id.inn': 'INN',
  'id.ogrn': 'OGRN',
  'id.esiaOid': 'ESIA OID',
  'id.rafp': 'NZA (RAFP)',
  'id.iin': 'IIN',
  'id.bin': 'BIN',
  'id.pinfl': 'PINFL',
  'id.uzInn': 'INN (STIR)',
  'id.phone': 'Phone',
  'id.email': 'E-mail',
  'id.masked': 'last digits {digits}',

  'hash.copy': 'Copy the hash',
  'action.copy': 'Copy',
  'action.retry': 'Retry',
  'action.cancel': 'Cancel',
  'action.close': 'Close',
  'action.refresh': 'Refresh',
  'toast.copied': 'Copied',
  'toast.copyFailed': 'Could not copy: the browser did not allow it',

  'qr.renew': 'New code',
  'qr.expired': 'The code is over',
  'qr.expiredAt': 'The code was over at {time}',
  'qr.left': 'The code renews itself in **{time}**',
  'qr.left.60': 'The code renews itself in one minute',
  'qr.left.10': 'The code renews itself in 10 seconds',

  'live.lost': '**Connection lost, data as of {time}.** It will come back by itself.',

  'fault.network.lost': '**The server does not answer.** Check the network and retry.',
  'fault.page.failed':
    '**The page did not open.** Reload it; if it happens again, give the code below to your administrator.',
  'fault.not-found': '**Nothing is here.** Check the address or go back to the list.',
  'fault.forbidden': '**You have no right to do this.** Ask the owner of the organisation.',
  'fault.too-many': '**Too many requests.** Wait a minute and retry.',
  'fault.server':
    '**The server failed.** Your data is safe. Retry; if it happens again, give the code below to your administrator.',
  'fault.session': '**The session is over.** Log in by a new link: what you typed is kept.',
  'fault.moved': '**The state has changed since.** Reload the page and look again.',
  'fault.fields': '**Not accepted.** What stands in the way is named at the fields.',
  'fault.notSignature':
    '**This is not a signature.** A .sig, .p7s, .p7m or .cms file, a signed .xml or an evidence bundle .zip is needed.',
  'fault.unsupportedFormat':
    '**Signatures inside a PDF are not checked here yet.** Ask for the signature as a .sig or .p7s file of its own.',
  'fault.tooCostly':
    '**The file asks for more work than a real signature.** Ask the sender for the signature again.',
  'fault.tooLarge':
    '**The file is too large.** Make it smaller or ask the administrator to raise the limit.',
  'fault.other': '**That did not work.** {advice}',
  'fault.request': 'request {id}',
} as const satisfies Catalogue<CommonKey>
