import type { SignerKey } from '../../api/settings-types.ts'
import type { FullCatalogue } from '../../app/use-app-speech.ts'
import type { SettingsCatalogue, SettingsKey } from '../../i18n/settings/ru.ts'
import type { Speech } from '../../i18n/text-context.tsx'

export type SettingsSpeech = Speech<FullCatalogue & SettingsCatalogue>

type ReasonKey = Extract<SettingsKey, `reason.${string}`>

/** Codes that have words of their own. */
const reasons: readonly string[] = [
  'signer-key.expired',
  'signer-key.not-yet-valid',
  'signer-key.no-organisation',
  'signer-key.revoked',
  'signer-key.not-gost-2012',
  'signer-key.key-usage',
  'signer-key.certificate-mismatch',
  'signer-key.no-certificate',
  'signer-key.several-keys',
  'signer-key.wrong-pin',
  'signer-key.pin-blocked',
  'signer-key.needs-pin',
  'signer-key.unreadable',
  'signer-key.bad-settings',
  'signer-key.tool-missing',
  'signer-key.tool-failed',
  'signer-key.tool-timeout',
  'signer-key.key-not-found',
  'signer-key.service-address',
  'signer-key.service-unreachable',
  'signer-key.service-denied',
  'signer-key.seal-not-cades',
  'signer-key.seal-signing-time',
  'signer-key.seal-other-certificate',
  'signer-key.seal-other-content',
  'signer-key.seal-invalid',
  'key.duplicate',
  'key.secret-unreadable',
  'key.unacknowledged',
  'connection.masked',
  'connection.policy',
  'connection.signer-key',
]

/** Why a key does not sign, in the language of the page; the server's advice where it has no words. */
export function reasonText(
  { t }: SettingsSpeech,
  code: string | undefined,
  advice: string | undefined,
): string {
  return code !== undefined && reasons.includes(code)
    ? t(`reason.${code}` as ReasonKey)
    : (advice ?? code ?? '')
}

const dayMs = 86_400_000
/** From when on the end of a certificate is told, days. */
const soonDays = 30

export type Validity = {
  readonly tone: 'ok' | 'warn' | 'bad'
  readonly text: string
  /** How much of the life of the certificate is left, percent; all of it once it has ended. */
  readonly percent: number
  /** Days until its end, where that is soon. */
  readonly daysLeft: number | undefined
}

/** How long a certificate may sign, in words and as a bar. */
export function validityOf(
  { t, format }: SettingsSpeech,
  { notBefore, notAfter }: Pick<SignerKey, 'notBefore' | 'notAfter'>,
  now: Date,
): Validity {
  const from = Date.parse(notBefore)
  const until = Date.parse(notAfter)
  const at = now.getTime()
  if (at > until) {
    const text = t('keys.ended', { day: format.day(notAfter) })

    return { tone: 'bad', text, percent: 100, daysLeft: undefined }
  }
  if (at < from) {
    const text = t('keys.from', { day: format.day(notBefore) })

    return { tone: 'warn', text, percent: 100, daysLeft: undefined }
  }
  const percent = Math.max(2, Math.round(((until - at) / (until - from)) * 100))
  const days = Math.ceil((until - at) / dayMs)

  return days <= soonDays
    ? { tone: 'warn', text: t('keys.left', { count: days }), percent, daysLeft: days }
    : {
        tone: 'ok',
        text: t('keys.until', { day: format.day(notAfter) }),
        percent,
        daysLeft: undefined,
      }
}

/** Common name out of a distinguished name (RFC 4514), as people call the issuer. */
export function commonName(name: string): string {
  const found = /(?:^|[,+])\s*CN=((?:\\.|[^,+\\])*)/i.exec(name)?.[1]

  return (found ?? name).replace(/\\([0-9a-f]{2}|.)/gi, (_, sign: string) =>
    sign.length === 2 ? String.fromCharCode(Number.parseInt(sign, 16)) : sign,
  )
}

/** `ГОСТ Р 34.10-2012, 256`. */
export function algorithmText({ t }: Pick<SettingsSpeech, 't'>, { algorithm }: SignerKey): string {
  return algorithm.bits === null
    ? algorithm.name
    : t('keys.algorithm.gost', { bits: algorithm.bits })
}

/** Trouble first: ended, then what ends soon, then the rest by their end. */
export function byTrouble(keys: readonly SignerKey[], now: Date): readonly SignerKey[] {
  const weight = (key: SignerKey) =>
    key.faults.length > 0 ? 0 : Date.parse(key.notAfter) - now.getTime()

  return [...keys].sort((a, b) => weight(a) - weight(b))
}
