import type { ReactNode } from 'react'
import { MaskedId } from '../components/masked-id.tsx'
import { SheetMark } from '../components/sheet-mark.tsx'
import { groupDigits, groupedHash } from '../format/texts.ts'
import { Rich } from '../i18n/text-context.tsx'
import type { SignerApi } from './api.ts'
import { useSignSpeech } from './use-sign-speech.ts'
import { documentTitle, expectedNumber, organisationName, type SignerView } from './view.ts'

/**
 * The order of trust: who asks, who must sign, until when, what exactly (ui.md §11). The documents
 * can be read before anything is signed.
 */
export function TrustPart(props: {
  readonly view: SignerView
  readonly api: SignerApi
  readonly ways: ReactNode
}) {
  const { view, api } = props
  const { t, locale, format } = useSignSpeech()
  const number = expectedNumber(view.recipient.identifiersMasked)

  return (
    <section className="card" aria-labelledby="asks">
      <div className="signer-who proof">
        <p className="dim">
          {organisationName(view, locale)}
          {view.organisation.bin === undefined ? null : (
            <>, {t('sign.bin', { bin: groupDigits(view.organisation.bin, [3, 3, 3, 3]) })}</>
          )}
        </p>
        <h1 id="asks">{t('sign.asks', { count: view.documents.length })}</h1>
        <p className="dim small">
          <Rich text={t('sign.signer', { name: view.recipient.name })} />
          {number === undefined ? null : (
            <>
              , <MaskedId kind={number.kind} masked={number.masked} />
            </>
          )}
          {view.deadline === undefined ? null : (
            <> · {t('sign.until', { time: format.proofTime(view.deadline) })}</>
          )}
        </p>
      </div>
      <div className="signer-pane">
        <p className="wrap-anywhere">{t('sign.envelope', { title: view.title })}</p>
        <ul className="signer-files">
          {view.documents.map((document) => {
            const title = documentTitle(document, locale)

            return (
              <li key={document.position}>
                <SheetMark fileName={document.fileName} />
                <span className="grow">
                  <b className="wrap-anywhere">{title}</b>
                  <br />
                  <span className="small faint">{format.size(document.size)}</span>
                </span>
                <a
                  className="button button-s"
                  href={api.documentUrl(document.position)}
                  target="_blank"
                  rel="noopener"
                  aria-label={t('sign.read.label', { name: title })}
                >
                  {t('sign.read')}
                </a>
              </li>
            )
          })}
        </ul>
        <div className="signer-exact small faint">
          <p>{t('sign.exact')}</p>
          <details>
            <summary>{t('sign.hashes')}</summary>
            <dl>
              {view.documents.map((document) => (
                <div key={document.position}>
                  <dt>{document.fileName}</dt>
                  <dd className="mono">SHA-256 {groupedHash(document.sha256)}</dd>
                </div>
              ))}
            </dl>
          </details>
        </div>
        {props.ways}
      </div>
    </section>
  )
}
