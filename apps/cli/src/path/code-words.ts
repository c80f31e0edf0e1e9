import type { PathOutcomeCode } from './judge-path.ts'

/** What a code means, and what to do next. */
export const codeWords: Readonly<
  Record<PathOutcomeCode, { readonly what: string; readonly next: string }>
> = {
  'issuer-not-found': {
    what: 'No certificate of the issuer is at hand.',
    next: 'Name it with --cert, or with --trust if you trust it.',
  },
  'issuer-key-mismatch': {
    what: 'Certificates of the issuer’s name are at hand, but none with the key that signed.',
    next: 'Name the certificate with the right key with --cert.',
  },
  'signature-invalid': {
    what: 'A signature does not verify under the key that should have made it.',
    next: 'Do not rely on what it signs. Get it from its owner again.',
  },
  'untrusted-root': {
    what: 'The chain ends at a root that is not among those you trust.',
    next: 'If you trust that root, name it with --trust.',
  },
  'algorithm-unsupported': {
    what: 'A signature is of an algorithm or key that is never verified.',
    next: 'Ask for a certificate with a current algorithm.',
  },
  'algorithm-weak': {
    what: 'A signature is of an algorithm that is no longer believed.',
    next: 'Ask for a certificate with a current algorithm.',
  },
  expired: {
    what: 'A certificate has expired.',
    next: 'To look at the past, give the time with --at.',
  },
  'not-yet-valid': {
    what: 'Something is not valid yet at that time.',
    next: 'Check the clock and --at.',
  },
  'not-a-ca': {
    what: 'A certificate issued another without being an authority.',
    next: 'Do not rely on what it issued.',
  },
  'no-key-cert-sign': {
    what: 'The key of an authority may not sign certificates.',
    next: 'Do not rely on what it issued.',
  },
  'path-length-exceeded': {
    what: 'There are more authorities below one than it may have.',
    next: 'Do not rely on what stands below it.',
  },
  'unknown-critical-extension': {
    what: 'Something critical is said in a way that nobody here understands.',
    next: 'Do not rely on it: its author forbids that.',
  },
  'name-not-permitted': {
    what: 'A name is not among those that an authority may give.',
    next: 'Do not rely on the certificate.',
  },
  'name-excluded': {
    what: 'A name is one that an authority may not give.',
    next: 'Do not rely on the certificate.',
  },
  'name-constraints-unsupported': {
    what: 'An authority limits names in a way that cannot be checked.',
    next: 'Do not rely on the certificate.',
  },
  'name-chaining': {
    what: 'Issuer and subject do not bear the same name.',
    next: 'Do not rely on the certificate.',
  },
  'policy-required': {
    what: 'A policy is required, and the path is valid under none that will do.',
    next: 'Check --policy, or ask for a certificate of the policy that you need.',
  },
  'policy-mapping-invalid': {
    what: 'An authority maps any policy, which the standard forbids.',
    next: 'Do not rely on what stands below it.',
  },
  'policy-malformed': {
    what: 'A certificate names one policy twice.',
    next: 'Do not rely on the certificate.',
  },
  'search-limit': {
    what: 'More chains lead up than can be tried.',
    next: 'Name fewer certificates with --cert.',
  },
  revoked: { what: 'A certificate is revoked.', next: 'Do not rely on it after that time.' },
  unknown: {
    what: 'The OCSP responder does not know a certificate.',
    next: 'Ask the authority, or give its revocation list with --crl.',
  },
  'no-revocation-data': {
    what: 'Nothing is known of the revocation of a certificate.',
    next: 'Give the list of its issuer with --crl, or an answer with --ocsp.',
  },
  unreadable: {
    what: 'Revocation data cannot be read.',
    next: 'Fetch the list or answer again.',
  },
  'try-later': { what: 'The OCSP responder asked to be asked later.', next: 'Ask it again.' },
  'responder-failed': { what: 'The OCSP responder gave an error.', next: 'Ask it again.' },
  'unsupported-response': {
    what: 'The OCSP answer is of an unknown type.',
    next: 'Give the list of the issuer with --crl.',
  },
  'responder-not-found': {
    what: 'The certificate of the OCSP responder is not at hand.',
    next: 'Name it with --cert.',
  },
  'responder-not-authorised': {
    what: 'Whoever signed the OCSP answer has no right to answer for the issuer.',
    next: 'Do not rely on the answer. Ask the responder of the authority.',
  },
  'responder-revoked': {
    what: 'The certificate of the OCSP responder is revoked.',
    next: 'Do not rely on the answer. Give the list of the issuer with --crl.',
  },
  'other-certificate': {
    what: 'The OCSP answers are about other certificates.',
    next: 'Ask about every certificate of the path.',
  },
  'nonce-mismatch': { what: 'The OCSP answer is to another question.', next: 'Ask again.' },
  'nonce-missing': { what: 'The OCSP answer is to no question of ours.', next: 'Ask again.' },
  stale: {
    what: 'Revocation data was out of date at that time.',
    next: 'Fetch the current list or answer.',
  },
  'issuer-mismatch': {
    what: 'No list of the issuer was given.',
    next: 'Give the list of every authority of the path with --crl.',
  },
  'no-crl-sign': {
    what: 'The key that signed a list may not sign lists.',
    next: 'Do not rely on the list.',
  },
  'signer-not-found': {
    what: 'No valid certificate of whoever issued a list is at hand.',
    next: 'Name it with --cert.',
  },
  'scope-mismatch': {
    what: 'The lists at hand do not cover a certificate.',
    next: 'Give the list of its distribution point with --crl.',
  },
  'delta-without-base': {
    what: 'There is a delta list and no complete one that it continues.',
    next: 'Give the complete list with --crl too.',
  },
  'reasons-incomplete': {
    what: 'The lists at hand cover only some reasons of revocation.',
    next: 'Give the lists of all distribution points with --crl.',
  },
}
