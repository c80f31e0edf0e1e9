import type { Envelope } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Hash } from '../../components/hash.tsx'
import { Icon } from '../../components/icon.tsx'
import { SheetMark } from '../../components/sheet-mark.tsx'
import { Seal } from '../../seal/seal.tsx'

const maxSeals = 5

/** The documents with their digests and how many signatures cover each. */
export function DocumentsCard({ envelope }: { readonly envelope: Envelope }) {
  const { t, format } = useAppSpeech()
  const { documents, signings } = envelope
  const bytes = documents.reduce((sum, { size }) => sum + size, 0)

  return (
    <section className="card" aria-labelledby="documents-title" id="documents">
      <header className="card-head">
        <h2 id="documents-title">
          {t('envelope.documents')}{' '}
          <span className="faint weight-normal">
            {t('count.files', { count: documents.length })}, {format.size(bytes)}
          </span>
        </h2>
      </header>
      <ul>
        {documents.map((document) => (
          <li key={document.id} className="doc" data-testid="document">
            <SheetMark fileName={document.fileName} />
            <div className="doc-name">
              <b className="wrap-anywhere">{document.fileName}</b>
              <div className="caption faint">{format.size(document.size)}</div>
            </div>
            <div className="doc-hash">
              <span className="sr-only">SHA-256</span>
              <Hash hex={document.sha256} />
            </div>
            <div className="doc-seals row">
              {signings.length > maxSeals ? null : (
                <span className="row doc-marks" aria-hidden="true">
                  {signings.map(({ id }, index) => (
                    <Seal
                      key={id}
                      state={index < document.signatures ? 'signed' : 'waiting'}
                      size="xs"
                    />
                  ))}
                </span>
              )}
              <span className="small dim nowrap">
                {t('envelope.signatures', { done: document.signatures, of: signings.length })}
              </span>
            </div>
            <div className="row doc-acts">
              <a
                className="icon-button"
                href={`/v1/documents/${document.id}/content`}
                target="_blank"
                rel="noopener"
                title={t('file.open', { name: document.fileName })}
                aria-label={t('file.open', { name: document.fileName })}
              >
                <Icon name="eye" />
              </a>
              <a
                className="icon-button"
                href={`/v1/documents/${document.id}/content`}
                download={document.fileName}
                title={t('file.download', { name: document.fileName })}
                aria-label={t('file.download', { name: document.fileName })}
              >
                <Icon name="download" />
              </a>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How much is proven, and the bundle that proves it. */
export function EvidenceCard({ envelope }: { readonly envelope: Envelope }) {
  const { t } = useAppSpeech()
  const { proven, of, ready } = envelope.evidence
  const isWhole = of > 0 && proven === of
  const isOpen = envelope.state === 'sent' || envelope.state === 'draft'

  return (
    <section className="card" aria-labelledby="evidence-title" id="evidence" data-testid="evidence">
      <div className="proof evidence-head">
        <Seal state={isWhole ? 'completed' : proven > 0 ? 'received' : 'waiting'} size="l" />
        <div>
          <h2 id="evidence-title" className="title-s">
            {isWhole
              ? t('evidence.whole', { count: of })
              : proven === 0
                ? t('evidence.none')
                : t('evidence.part', { proven, of, count: proven })}
          </h2>
          <p className="small dim">{t(evidenceNext(envelope, isWhole))}</p>
        </div>
      </div>
      <div className="card-body card-tail stack-tight">
        {ready ? (
          <ButtonLink
            className="w-full"
            icon="shield"
            href={`/v1/envelopes/${envelope.id}/evidence`}
            download
            data-testid="download-evidence"
          >
            {t('evidence.download')}
          </ButtonLink>
        ) : isOpen ? (
          <p className="small">{t('evidence.notYet')}</p>
        ) : null}
        <p className="caption faint">{t('evidence.inside')}</p>
      </div>
    </section>
  )
}

function evidenceNext(envelope: Envelope, isWhole: boolean) {
  if (isWhole) return 'evidence.next.whole'

  return envelope.state === 'sent' || envelope.state === 'draft'
    ? 'evidence.next.open'
    : 'evidence.next.ended'
}
