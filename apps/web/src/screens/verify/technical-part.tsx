import type { ReportedSignature } from '../../api/report-types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { algorithmName, groupedHash } from '../../format/texts.ts'

/** Folded: algorithms with OIDs, chain, revocation, time-stamps, every check by its code. */
export function TechnicalPart({ signature }: { readonly signature: ReportedSignature }) {
  const { t, format, locale } = useAppSpeech()

  return (
    <details className="technical" data-testid="technical">
      <summary className="small">{t('tech.title')}</summary>
      <dl className="pairs small">
        <dt>{t('tech.signature')}</dt>
        <dd>
          {algorithmName(signature.signatureAlgorithm.name, locale)}{' '}
          <span className="mono faint">{signature.signatureAlgorithm.oid}</span>
        </dd>
        <dt>{t('tech.digest')}</dt>
        <dd>
          {algorithmName(signature.digestAlgorithm.name, locale)}{' '}
          <span className="mono faint">{signature.digestAlgorithm.oid}</span>
          <div className="mono faint">{groupedHash(signature.contentDigest)}</div>
        </dd>
        <dt>{t('tech.subject')}</dt>
        <dd className="mono">{signature.signer.subject}</dd>
        <dt>{t('tech.chain')}</dt>
        <dd>
          <ol>
            {signature.chain.map((certificate) => (
              <li key={certificate.sha256}>
                {certificate.subject}
                <div className="mono faint">
                  {certificate.serialNumber} · SHA-256 {groupedHash(certificate.sha256)}
                </div>
              </li>
            ))}
          </ol>
        </dd>
        <dt>{t('tech.revocation')}</dt>
        <dd>
          {signature.revocation.map((entry) => (
            <div key={`${entry.serialNumber} ${entry.source}`}>
              {entry.source.toUpperCase()}: {entry.status}{' '}
              <span className="mono faint">{entry.serialNumber}</span>
              {entry.thisUpdate === undefined
                ? null
                : `, ${format.proofTime(entry.thisUpdate, 'seconds')}`}
            </div>
          ))}
        </dd>
        <dt>{t('tech.stamps')}</dt>
        <dd>
          {signature.timestamps.length === 0
            ? '–'
            : signature.timestamps.map((stamp) => (
                <div key={stamp.genTime}>
                  {format.proofTime(stamp.genTime, 'seconds')}: {stamp.valid ? 'valid' : 'invalid'}
                </div>
              ))}
        </dd>
        <dt>{t('tech.checks')}</dt>
        <dd className="mono">
          {signature.checks.map((check) => (
            <div key={`${check.name} ${check.detail ?? ''}`}>
              {check.name}: {check.result}
              {check.detail === undefined ? '' : ` (${check.detail})`}
            </div>
          ))}
        </dd>
      </dl>
    </details>
  )
}
