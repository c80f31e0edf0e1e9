import type { ReactNode } from 'react'
import type { SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Hash } from '../../components/hash.tsx'
import { algorithmText, commonName } from './key-words.ts'

/** Last five digits of a SNILS: it is a person's. */
const maskSnils = (snils: string) => `···-···-${snils.slice(-5, -2)} ${snils.slice(-2)}`

const joined = (...texts: readonly (string | null | undefined)[]) =>
  texts.filter((each) => each !== null && each !== undefined).join(', ')

/** What the certificate of a key says. */
export function KeyFacts({ signerKey: key }: { readonly signerKey: SignerKey }) {
  const speech = useSettingsSpeech()
  const { t, format } = speech
  const { signer } = key
  const numbers = joined(signer.organisationInn ?? signer.inn, signer.ogrn ?? signer.ogrnip)

  return (
    <dl className="key-pairs">
      <Fact name={t('keys.owner')}>{joined(signer.name, signer.title)}</Fact>
      <Fact name={t('keys.organisation')}>{signer.organisation}</Fact>
      <Fact name={t('keys.numbers')}>{numbers}</Fact>
      {signer.snils === undefined ? null : (
        <Fact name={t('id.snils')}>
          <span aria-hidden="true">{maskSnils(signer.snils)}</span>
          <span className="sr-only">{t('id.masked', { digits: signer.snils.slice(-5) })}</span>
        </Fact>
      )}
      <Fact name={t('keys.subject')}>
        <span className="caption mono">{withoutPersonalNumbers(key.subject)}</span>
      </Fact>
      <Fact name={t('keys.issuer')}>{commonName(key.issuer)}</Fact>
      <Fact name={t('keys.serial')}>
        <span className="mono">{key.serialNumber}</span>
      </Fact>
      <Fact name={t('keys.valid')}>
        {format.day(key.notBefore)} — {format.day(key.notAfter)}
      </Fact>
      <Fact name={t('keys.algorithm')}>
        {algorithmText(speech, key)} · {t(`keys.kind.${key.kind}`)}
      </Fact>
      <Fact name={t('keys.sha1')}>
        <Hash hex={key.sha1} />
      </Fact>
      <Fact name={t('keys.sha256')}>
        <Hash hex={key.sha256} />
      </Fact>
    </dl>
  )
}

/** Attributes that hold the number of a person: SNILS and INN, by name or by OID, as text or as DER. */
const personal = /((?:^|[,+])\s*(?:SNILS|INN|1\.2\.643\.100\.3|1\.2\.643\.3\.131\.1\.1)=)[^,+]*/gi

function withoutPersonalNumbers(subject: string): string {
  return subject.replace(personal, '$1···')
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === '' || children === null) return null

  return (
    <div className="pair">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
