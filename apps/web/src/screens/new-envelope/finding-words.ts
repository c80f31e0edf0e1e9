import type { FullCatalogue } from '../../app/use-app-speech.ts'
import { clause } from '../../format/texts.ts'
import type { Translate } from '../../i18n/message.ts'
import type { Finding } from './check-draft.ts'
import type { ServerFinding } from './server-findings.ts'

export type FindingWords = {
  readonly level: 'obstacle' | 'warning'
  /** Id of the element that the link leads to. */
  readonly target: string
  readonly where: string
  readonly what: string
}

/** A finding of the page in words: where it stands (a link) and what it is. */
export function findingWords(t: Translate<FullCatalogue>, finding: Finding): FindingWords {
  return {
    level: finding.level,
    target: `f-${finding.field}`,
    where: whereOf(t, finding),
    what: t(`finding.${finding.code}`),
  }
}

function whereOf(t: Translate<FullCatalogue>, finding: Finding): string {
  const { place, kind, kinds, name } = finding

  if (place !== undefined) {
    const fields = kinds ?? (kind === undefined ? [] : [kind])

    return fields.length === 0
      ? t('where.recipient', { place })
      : t('where.number', { place, number: fields.map((each) => t(`id.${each}`)).join(' / ') })
  }

  if (name !== undefined) return name

  switch (finding.field) {
    case 'title':
      return t('new.title')
    case 'deadline':
      return t('new.deadline')
    case 'recipients':
      return t('new.recipients')
    default:
      return t('new.documents')
  }
}

/** Codes of the server that the page has words of its own for. */
const serverWords: Readonly<Record<string, Finding['code']>> = {
  'title.missing': 'title.missing',
  'document.missing': 'documents.missing',
  'document.duplicate': 'documents.refused',
  'recipient.missing': 'recipients.missing',
  'recipient.name': 'recipient.nameless',
  'recipient.method': 'recipient.no-service',
  'recipient.identifier': 'number.missing',
  'identifier.length': 'number.length',
  'identifier.not-digits': 'number.not-digits',
  'identifier.zeros': 'number.zeros',
  'identifier.check-digit': 'number.check-digit',
  'deadline.past': 'deadline.past',
  'deadline.invalid': 'deadline.unreadable',
}

/** A finding of the server in words; one without words of ours shows the server's advice. */
export function serverFindingWords(
  t: Translate<FullCatalogue>,
  finding: ServerFinding,
  about: {
    readonly level: FindingWords['level']
    /** Rule of a service in its own words; empty where it has none. */
    readonly rule: (code: string) => string
  },
): FindingWords {
  const known = serverWords[finding.code]
  const own = about.rule(finding.code)
  const { place, name } = finding

  return {
    level: about.level,
    target: `f-${finding.at}`,
    where:
      place !== undefined
        ? t('where.recipient', { place })
        : (name ?? (finding.at === 'title' ? t('new.title') : t('new.documents'))),
    what:
      known === undefined
        ? own === ''
          ? finding.advice || finding.code
          : clause(own)
        : t(`finding.${known}`),
  }
}

/** Why a file was refused or broke, by code, with what to do. */
export function fileWords(
  t: Translate<FullCatalogue>,
  row: { readonly code?: string | undefined; readonly twinOf?: string | undefined },
  limit: string,
): string {
  switch (row.code) {
    case 'file.empty':
    case 'document.empty':
      return t('file.empty')
    case 'file.too-large':
    case 'document.too-large':
    case 'store.too-large':
      return t('file.tooLarge', { limit })
    case 'file.too-many':
      return t('file.tooMany')
    case 'file.nameless':
      return t('file.nameless')
    case 'file.name-too-long':
      return t('file.nameTooLong')
    case 'file.twin':
      return t('file.twin', { name: row.twinOf ?? '' })
    case 'file.digest-differs':
      return t('file.digestDiffers')
    case 'file.unreadable':
      return t('file.unreadable')
    case 'network.lost':
      return t('file.lost')
    default:
      return t('file.refused')
  }
}
