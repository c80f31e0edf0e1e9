import type { CheckResult, Report } from '../../api/report-types.ts'
import type { Indication } from '../../api/types.ts'

const revocation: Readonly<Record<Indication, CheckResult>> = {
  'TOTAL-PASSED': 'passed',
  INDETERMINATE: 'indeterminate',
  'TOTAL-FAILED': 'passed',
}

const subIndications: Readonly<Record<Indication, string | undefined>> = {
  'TOTAL-PASSED': undefined,
  INDETERMINATE: 'TRY_LATER',
  'TOTAL-FAILED': 'HASH_FAILURE',
}

/** An invented report for the page of states; it never leaves that page. */
export function sampleReport(indication: Indication): Report {
  const subIndication = subIndications[indication]
  const isProven = indication !== 'INDETERMINATE'

  return {
    indication,
    subIndication,
    policy: 'sandbox',
    validationTime: '2026-11-22T11:09:31.000Z',
    sandbox: true,
    signatures: [
      {
        indication,
        subIndication,
        format: isProven ? 'CAdES-T' : 'CMS',
        country: 'KZ',
        signatureAlgorithm: { oid: '1.2.398.3.10.1.1.2.3.2', name: 'GOST 34.10-2015 (512)' },
        digestAlgorithm: { oid: '1.2.398.3.10.1.3.3', name: 'GOST R 34.11-2012 (512)' },
        cryptography: indication === 'TOTAL-FAILED' ? 'invalid' : 'valid',
        contentDigest: '9f2c41d0'.repeat(16),
        level: 'unqualified',
        signer: {
          name: 'ҮЛГІҰЛЫ СЫНАҚ',
          subject: 'CN=ҮЛГІҰЛЫ СЫНАҚ,SERIALNUMBER=IIN000140000012,C=KZ',
          serialNumber: '5b11aa40c2',
          iin: '000140000012',
        },
        chain: ['ҮЛГІҰЛЫ СЫНАҚ', 'TEST CA', 'TEST ROOT'].map((name, index) => ({
          subject: `CN=${name},C=KZ`,
          serialNumber: `5b11aa40c${index}`,
          sha256: `${index}4be9a17`.repeat(8),
        })),
        revocation: isProven
          ? [
              {
                serialNumber: '5b11aa40c2',
                source: 'ocsp',
                status: 'good',
                thisUpdate: '2026-11-22T10:48:00.000Z',
              },
            ]
          : [{ serialNumber: '5b11aa40c2', source: 'none', status: 'unavailable' }],
        signingTime: '2026-11-22T10:47:12.000Z',
        timestamps: isProven ? [{ genTime: '2026-11-22T10:47:12.000Z', valid: true }] : [],
        checks: [
          {
            name: 'content-digest',
            result: indication === 'TOTAL-FAILED' ? 'failed' : 'passed',
          },
          { name: 'signature-value', result: 'passed' },
          { name: 'certificate-path', result: 'passed' },
          { name: 'revocation', result: revocation[indication] },
          { name: 'time-stamp', result: isProven ? 'passed' : 'indeterminate' },
        ],
      },
    ],
  }
}
