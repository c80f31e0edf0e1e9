import type { SignatureReport } from '@muhr/pki'
import { groundWords } from './grounds.ts'
import { fill, type Words } from './words.ts'

/** The five questions of every report, always the same and in this order (ui: report and evidence). */
export const questionWords = {
  unchanged: {
    ru: 'Документ не изменён',
    kk: 'Құжат өзгертілмеген',
    uz: 'Hujjat oʻzgartirilmagan',
    en: 'Document unchanged',
  },
  key: {
    ru: 'Подпись сделана этим ключом',
    kk: 'Қолтаңба осы кілтпен қойылған',
    uz: 'Imzo shu kalit bilan qoʻyilgan',
    en: 'Made by this key',
  },
  trusted: {
    ru: 'Сертификату можно доверять',
    kk: 'Сертификатқа сенуге болады',
    uz: 'Sertifikatga ishonsa boʻladi',
    en: 'Certificate trusted',
  },
  'not-revoked': {
    ru: 'Сертификат не был отозван',
    kk: 'Сертификат қайтарып алынбаған',
    uz: 'Sertifikat bekor qilinmagan',
    en: 'Not revoked then',
  },
  time: {
    ru: 'Время доказано',
    kk: 'Уақыт дәлелденген',
    uz: 'Vaqt isbotlangan',
    en: 'Time proven',
  },
} as const satisfies Record<string, Words>

export type Question = keyof typeof questionWords

export const answerWords = {
  yes: { ru: 'да', kk: 'иә', uz: 'ha', en: 'yes' },
  unknown: { ru: 'неизвестно', kk: 'белгісіз', uz: 'nomaʼlum', en: 'unknown' },
  no: { ru: 'нет', kk: 'жоқ', uz: 'yoʻq', en: 'no' },
} as const satisfies Record<string, Words>

export type Answer = keyof typeof answerWords

type Check = SignatureReport['checks'][number]

/** One question, answered, with one line of ground. */
export type AnsweredQuestion = {
  readonly question: Question
  readonly answer: Answer
  readonly ground: Words
}

/** `2026-11-22T10:47:12.000Z` as people read it, the zone named. */
export function readableTime(iso: string): string {
  return iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/, '$1 $2 UTC')
}

function checksNamed(signature: SignatureReport, names: readonly string[]): readonly Check[] {
  return signature.checks.filter(({ name }) => names.includes(name))
}

function isAny(checks: readonly Check[], result: Check['result']): boolean {
  return checks.some((check) => check.result === result)
}

function detailsOf(checks: readonly Check[], result: Check['result']): string {
  return checks
    .filter((check) => check.result === result)
    .map(({ name, detail }) => detail ?? name)
    .join(', ')
}

function answerUnchanged(signature: SignatureReport): Omit<AnsweredQuestion, 'question'> {
  const checks = checksNamed(signature, ['content-digest'])
  if (isAny(checks, 'failed')) {
    return { answer: 'no', ground: groundWords['digest-differs'] }
  }
  // What a signed XML document shows beside the signed part may be anybody's.
  const coverage = checksNamed(signature, ['coverage'])
  if (isAny(coverage, 'failed')) {
    return { answer: 'no', ground: groundWords['covers-another'] }
  }
  if (isAny(coverage, 'indeterminate')) {
    return { answer: 'unknown', ground: groundWords['covers-part'] }
  }

  return isAny(checks, 'passed')
    ? { answer: 'yes', ground: groundWords['digest-equal'] }
    : { answer: 'unknown', ground: groundWords['content-absent'] }
}

function answerKey(signature: SignatureReport): Omit<AnsweredQuestion, 'question'> {
  const value = checksNamed(signature, ['signature-value'])
  const structure = checksNamed(signature, [
    'format',
    'signing-certificate',
    'embedded-values',
    'unsigned-attributes',
  ])
  if (isAny(value, 'failed')) {
    return { answer: 'no', ground: groundWords['value-fails'] }
  }
  if (isAny(structure, 'failed')) {
    return { answer: 'no', ground: groundWords['structure-damaged'] }
  }

  return isAny(value, 'passed')
    ? { answer: 'yes', ground: groundWords['value-holds'] }
    : { answer: 'unknown', ground: groundWords['value-open'] }
}

function answerTrusted(signature: SignatureReport): Omit<AnsweredQuestion, 'question'> {
  const path = checksNamed(signature, ['certificate-path'])
  const checks = checksNamed(signature, [
    'certificate-path',
    'certificate-validity',
    'algorithms',
    'key-usage',
    'sandbox',
  ])
  const isOpenPath = !isAny(path, 'failed') && !isAny(path, 'passed')
  if (isOpenPath) {
    return { answer: 'unknown', ground: groundWords['path-open'] }
  }
  if (isAny(checks, 'failed')) {
    return {
      answer: 'no',
      ground: fill(groundWords['path-wrong'], { detail: detailsOf(checks, 'failed') }),
    }
  }
  if (isAny(checks, 'indeterminate')) {
    return { answer: 'unknown', ground: groundWords['validity-open'] }
  }

  return {
    answer: 'yes',
    ground: fill(groundWords.path, {
      count: signature.chain.length,
      anchor: signature.anchor?.subject ?? '',
    }),
  }
}

function answerNotRevoked(signature: SignatureReport): Omit<AnsweredQuestion, 'question'> {
  const checks = checksNamed(signature, ['revocation'])
  const [own] = signature.revocation
  const values = {
    source: own?.source.toUpperCase() ?? '',
    time: readableTime(own?.thisUpdate ?? ''),
  }
  if (own?.status === 'revoked') {
    return isAny(checks, 'failed')
      ? { answer: 'no', ground: fill(groundWords.revoked, values) }
      : { answer: 'yes', ground: groundWords['revoked-later'] }
  }

  return own?.status === 'good' && !isAny(checks, 'failed')
    ? { answer: 'yes', ground: fill(groundWords.good, values) }
    : { answer: 'unknown', ground: groundWords['revocation-open'] }
}

function answerTime(signature: SignatureReport): Omit<AnsweredQuestion, 'question'> {
  const valid = signature.timestamps.find((stamp) => stamp.valid)
  const checks = checksNamed(signature, ['time-stamp'])
  if (valid !== undefined) {
    const time = readableTime(valid.genTime)

    return { answer: 'yes', ground: fill(groundWords.stamped, { time }) }
  }
  // A token that cannot be read is told by its check alone.
  const broken = detailsOf(checks, 'failed')
  if (broken.includes('broken')) {
    return { answer: 'no', ground: fill(groundWords['stamp-broken'], { detail: broken }) }
  }
  if (signature.timestamps.length > 0) {
    return { answer: 'unknown', ground: groundWords['stamp-open'] }
  }

  return signature.signingTime === undefined
    ? { answer: 'unknown', ground: groundWords['time-absent'] }
    : {
        answer: 'unknown',
        ground: fill(groundWords.claimed, { time: readableTime(signature.signingTime) }),
      }
}

const answers: Readonly<
  Record<Question, (signature: SignatureReport) => Omit<AnsweredQuestion, 'question'>>
> = {
  unchanged: answerUnchanged,
  key: answerKey,
  trusted: answerTrusted,
  'not-revoked': answerNotRevoked,
  time: answerTime,
}

/** A signature in the five questions that a lawyer asks, each with yes, unknown or no and its ground. */
export function answerQuestions(signature: SignatureReport): readonly AnsweredQuestion[] {
  return (Object.keys(questionWords) as Question[]).map((question) => ({
    question,
    ...answers[question](signature),
  }))
}
