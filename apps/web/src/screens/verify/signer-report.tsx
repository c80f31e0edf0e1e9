import type { ReportedSignature } from '../../api/report-types.ts'
import type { IdentifierKind } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'
import { Note } from '../../components/note.tsx'
import { algorithmName, shortHash } from '../../format/texts.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'
import { sealLooks, verdictSeal } from '../../seal/table.ts'
import { type Answer, type Answered, adviceKey, answerQuestions } from './questions.ts'
import { TechnicalPart } from './technical-part.tsx'

const numbers: readonly IdentifierKind[] = ['snils', 'iin', 'pinfl', 'inn', 'bin', 'ogrn', 'uzInn']

/** One signature: who, when, by what, the five questions, what to do. */
export function SignerReport({ signature }: { readonly signature: ReportedSignature }) {
  const { t, locale } = useAppSpeech()
  const seal = verdictSeal(signature.indication)
  const { signer } = signature

  return (
    <article
      className={`card signer-report report-${sealLooks[seal].tone}`}
      data-testid="signer-report"
      data-indication={signature.indication}
    >
      <header className="report-head">
        <Seal state={seal} size="m" />
        <div className="grow">
          <h2 className="title-s wrap-anywhere">{signer.name || t('report.nameless')}</h2>
          {signer.organisation === undefined ? null : (
            <p className="small dim wrap-anywhere">{signer.organisation}</p>
          )}
        </div>
        <span className={`chip tone-${sealLooks[seal].tone}`}>{t(`report.chip.${seal}`)}</span>
      </header>
      <dl className="pairs report-part">
        <dt>{t('report.who')}</dt>
        <dd>
          {numbers
            .filter((kind) => signer[kind] !== undefined)
            .map((kind) => `${t(`id.${kind}`)} ${written(kind, signer[kind] ?? '')}`)
            .join(' · ')}{' '}
          <span className="small faint">{t('report.fromCertificate')}</span>
        </dd>
        <dt>{t('report.when')}</dt>
        <dd>
          <When signature={signature} />
        </dd>
        <dt>{t('report.by')}</dt>
        <dd>
          <Issued signature={signature} />
        </dd>
        <dt>{t('report.algorithm')}</dt>
        <dd>
          {algorithmName(signature.signatureAlgorithm.name, locale)}, {signature.format}
        </dd>
      </dl>
      <ol className="report-part questions">
        {answerQuestions(signature).map((answered) => (
          <QuestionLine key={answered.question} answered={answered} />
        ))}
      </ol>
      <div className="report-part stack-tight">
        {signature.indication === 'TOTAL-PASSED' ? null : (
          <Note
            kind={signature.indication === 'TOTAL-FAILED' ? 'bad' : 'warn'}
            icon="info"
            testId="what-to-do"
          >
            <Rich text={t(adviceKey(signature.subIndication))} />
          </Note>
        )}
        <p className="code-line">
          {signature.indication}
          {signature.subIndication === undefined ? '' : ` / ${signature.subIndication}`}
        </p>
        <TechnicalPart signature={signature} />
      </div>
    </article>
  )
}

/** A SNILS is read in the form of the card, `000-729-729 38`; certificates hold its digits. */
function written(kind: IdentifierKind, number: string): string {
  return kind === 'snils' ? number.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4') : number
}

/** Which certificate, and who issued it where that is known. */
function Issued({ signature }: { readonly signature: ReportedSignature }) {
  const { t } = useAppSpeech()
  const serial = shortHash(signature.signer.serialNumber ?? '')
  const issuer = commonName(signature.chain[1]?.subject ?? '')

  return issuer === ''
    ? t('report.certificateAlone', { serial })
    : t('report.certificate', { serial, issuer })
}

/** When, and by whose clock. */
function When({ signature }: { readonly signature: ReportedSignature }) {
  const { t, format } = useAppSpeech()
  const stamp = signature.timestamps.find(({ valid }) => valid)

  if (stamp !== undefined) {
    return (
      <>
        <b>{format.proofTime(stamp.genTime, 'seconds')}</b>
        <br />
        <span className="small dim">{t('report.clock.stamp')}</span>
      </>
    )
  }

  if (signature.signingTime !== undefined) {
    return (
      <>
        <b>{format.proofTime(signature.signingTime, 'seconds')}</b>
        <br />
        <span className="small dim">{t('report.clock.signer')}</span>
      </>
    )
  }

  return <span className="dim">{t('report.clock.none')}</span>
}

const marks: Readonly<
  Record<Answer, { readonly icon: 'check' | 'question' | 'cross'; readonly tone: string }>
> = {
  yes: { icon: 'check', tone: 'ok' },
  unknown: { icon: 'question', tone: 'warn' },
  no: { icon: 'cross', tone: 'bad' },
}

function QuestionLine({ answered }: { readonly answered: Answered }) {
  const { t } = useAppSpeech()
  const { icon, tone } = marks[answered.answer]

  return (
    <li data-testid={`question-${answered.question}`} data-answer={answered.answer}>
      <span className={`word-${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <b>{t(`question.${answered.question}`)}</b>
        <div className="small dim">
          <Ground answered={answered} />
        </div>
      </div>
      <b className={`small word-${tone} nowrap`}>{t(`answer.${answered.answer}`)}</b>
    </li>
  )
}

function Ground({ answered }: { readonly answered: Answered }) {
  const { t, format } = useAppSpeech()
  const time = answered.at === undefined ? '' : format.proofTime(answered.at)

  switch (answered.ground) {
    case 'part':
      return t(answered.answer === 'no' ? 'ground.part.no' : 'ground.part.unknown')
    case 'ocsp':
      return t('ground.ocsp', { time })
    case 'crl':
      return t('ground.crl', { time })
    case 'chain':
      return t('ground.chain', { count: answered.count ?? 0 })
    case 'stamp':
      return t('ground.stamp')
    case 'claimed':
      return t('ground.claimed')
    case 'none':
      return t(
        answered.question === 'revoked' ? `ground.revoked.${answered.answer}` : 'ground.noTime',
      )
    default:
      return answered.question === 'unchanged' ||
        answered.question === 'key' ||
        answered.question === 'trusted'
        ? t(`ground.${answered.question}.${answered.answer}`)
        : ''
  }
}

/** The CN of a distinguished name; the whole name where there is none. */
export function commonName(subject: string): string {
  return /(?:^|,\s*)CN=((?:\\.|[^,\\])+)/.exec(subject)?.[1]?.replace(/\\(.)/g, '$1') ?? subject
}
