import type { ReactNode } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { Rich } from '../i18n/text-context.tsx'
import { Seal } from '../seal/seal.tsx'
import type { SealState } from '../seal/table.ts'
import type { SignerApi } from './api.ts'
import { useSignSpeech } from './use-sign-speech.ts'
import { documentTitle, type SignerView } from './view.ts'

/** A face of the page that needs no hands: seal, what it is, what comes next. */
export function Face(props: {
  readonly seal: SealState
  readonly title: string
  readonly more?: string | undefined
  readonly pressed?: boolean
  readonly children?: ReactNode
}) {
  return (
    <div className="signer-face proof" data-testid="signer-face" data-state={props.seal}>
      <Seal state={props.seal} size="xl" pressed={props.pressed} />
      <h2 className="title-s">{props.title}</h2>
      {props.more === undefined ? null : <p className="dim">{props.more}</p>}
      {props.children}
    </div>
  )
}

/** The verdict and the signer's own copy. Shown only for the state `signed`. */
export function SignedFace(props: {
  readonly view: SignerView
  readonly api: SignerApi
  readonly pressed: boolean
}) {
  const { view, api } = props
  const { t, locale, format } = useSignSpeech()
  const { report } = view
  const at = report?.at ?? report?.timestamp ?? report?.signingTime

  return (
    <>
      <Face
        seal="signed"
        title={t('sign.signed')}
        more={at === undefined ? undefined : t('sign.signed.more', { time: format.proofTime(at) })}
        pressed={props.pressed}
      >
        {report?.signer === undefined ? null : (
          <p className="dim">
            <Rich text={t('sign.signed.by', { name: report.signer.name })} />
          </p>
        )}
        {report !== undefined && report.indication !== 'TOTAL-PASSED' ? (
          <p className="dim">{t('sign.signed.accepted')}</p>
        ) : null}
      </Face>
      <div className="signer-act">
        <h3>{t('sign.copies')}</h3>
        <ul className="signer-copies">
          {view.documents.map((document) => {
            const name = documentTitle(document, locale)

            return (
              <li key={document.position}>
                <span className="wrap-anywhere">{name}</span>
                <span className="row row-wrap">
                  <ButtonLink
                    size="s"
                    icon="download"
                    href={api.documentUrl(document.position)}
                    download={document.fileName}
                    aria-label={t('sign.copy.document.label', { name })}
                  >
                    {t('sign.copy.document')}
                  </ButtonLink>
                  <ButtonLink
                    size="s"
                    icon="download"
                    href={api.signatureUrl(document.position)}
                    download
                    aria-label={t('sign.copy.signature.label', { name })}
                    data-testid="own-signature"
                  >
                    {t('sign.copy.signature')}
                  </ButtonLink>
                </span>
              </li>
            )
          })}
        </ul>
        <p className="small faint">{t('sign.signed.next')}</p>
      </div>
    </>
  )
}
