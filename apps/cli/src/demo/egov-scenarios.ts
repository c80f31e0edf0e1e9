/** One way through eGov Mobile, and the envelope state in which the spec says it must end. */
export type EgovScenario = {
  readonly name: string
  readonly method: 'CMS_WITH_DATA' | 'CMS_SIGN_ONLY'
  readonly algorithm: 'kz-2015-512' | 'rsa-2048'
  readonly documents: number
  readonly fault?: string | undefined
  /** A second recipient in a later group, who never signs: what counts double would complete it. */
  readonly second?: true | undefined
  readonly expected: 'completed' | 'sent' | 'declined'
}

const good = (
  method: EgovScenario['method'],
  algorithm: EgovScenario['algorithm'],
): EgovScenario => ({
  name: `${method.toLowerCase().replaceAll('_', '-')}-${algorithm === 'rsa-2048' ? 'rsa' : 'gost'}`,
  method,
  algorithm,
  documents: 1,
  expected: 'completed',
})

/** Both methods with both key types: real documents to real evidence. */
export const egovScenarios: readonly EgovScenario[] = [
  good('CMS_WITH_DATA', 'kz-2015-512'),
  good('CMS_WITH_DATA', 'rsa-2048'),
  good('CMS_SIGN_ONLY', 'kz-2015-512'),
  good('CMS_SIGN_ONLY', 'rsa-2048'),
]

const bad = (
  fault: string,
  expected: EgovScenario['expected'],
  more: Partial<EgovScenario> = {},
): EgovScenario => ({
  name: `fault-${fault}`,
  method: 'CMS_SIGN_ONLY',
  algorithm: 'kz-2015-512',
  documents: 1,
  fault,
  expected,
  ...more,
})

/**
 * Every fault of the simulated phone. A refused signature leaves the envelope `sent`: the link stays open
 * and the citizen may try again (kz-egov-mobile §7; design §4). A person who declines ends it (§5).
 */
export const egovFaultScenarios: readonly EgovScenario[] = [
  // Without the status it is only an unsigned document sent back: refused, the link stays open.
  bad('cancel', 'sent'),
  bad('cancel-with-status', 'declined'),
  bad('wrong-token', 'sent'),
  bad('changed-id', 'sent'),
  bad('swapped-documents', 'sent', { documents: 2 }),
  bad('other-bytes', 'sent'),
  bad('wrong-byte-order', 'sent'),
  bad('foreign-ca', 'sent'),
  bad('expired-certificate', 'sent'),
  bad('revoked-certificate', 'sent'),
  bad('auth-certificate', 'sent', { algorithm: 'rsa-2048' }),
  bad('other-person', 'sent'),
  bad('missing-timestamp', 'sent'),
  bad('timestamp-over-content', 'sent'),
  bad('truncated-body', 'sent'),
  bad('dropped-connection', 'sent'),
  bad('lower-case-fields', 'sent'),
  // These are signed once; the second recipient shows that nothing was counted twice.
  bad('double-put', 'sent', { second: true }),
  bad('double-put-at-once', 'sent', { second: true }),
  bad('double-put-changed', 'sent', { second: true }),
  bad('slow-put', 'sent', { second: true }),
]
