import type { FieldFinding } from '../../api/types.ts'
import { findProvider, identifiersOf } from '../../services/registry.ts'
import type { Draft } from './draft.ts'
import type { UploadQueue } from './upload-queue.ts'

/** A finding of the server with the id of the field on this page that it speaks of. */
export type ServerFinding = FieldFinding & {
  readonly at: string
  readonly place?: number | undefined
  readonly name?: string | undefined
}

/**
 * Finds the field of the form that a path of the request body names. Paths come as
 * `recipients[0].identifiers.iin`, `recipients.0.identifiers` or `/recipients/0/name`.
 */
export function locateField(
  path: string,
  form: { readonly draft: Draft; readonly queue: UploadQueue },
): Pick<ServerFinding, 'at' | 'place' | 'name'> {
  const [head, index, part, last] = path.split(/[.[\]/]+/).filter((piece) => piece !== '')
  const place = Number(index)

  if (head === 'recipients' && Number.isInteger(place)) {
    const recipient = form.draft.recipients[place]

    if (recipient === undefined) return { at: 'recipients' }

    const field =
      part === 'identifiers' || part === 'contact'
        ? (last ?? firstField(recipient))
        : part === 'methods'
          ? 'service'
          : (part ?? 'name')

    return { at: `${recipient.key}-${field}`, place: place + 1 }
  }

  if (head === 'documents' && Number.isInteger(place)) {
    const row = form.queue.filter(({ phase }) => phase === 'ready')[place]

    return row === undefined ? { at: 'documents' } : { at: row.key, name: row.fileName }
  }

  return { at: head === undefined || head === '' ? 'title' : head }
}

/** Findings of the server that the page does not already tell by itself about the same field. */
export function mergeServerFindings(
  findings: readonly FieldFinding[],
  options: {
    readonly form: { readonly draft: Draft; readonly queue: UploadQueue }
    readonly told: ReadonlySet<string>
  },
): readonly ServerFinding[] {
  const seen = new Set<string>()

  return findings
    .map((finding) => ({ ...finding, ...locateField(finding.field, options.form) }))
    .filter((finding) => {
      const mark = `${finding.at} ${finding.code}`

      if (options.told.has(finding.at) || seen.has(mark)) return false

      seen.add(mark)

      return true
    })
}

/** The field in which somebody says first who a recipient is. */
function firstField(recipient: Draft['recipients'][number]): string {
  return identifiersOf(findProvider(recipient.provider), recipient)[0]?.kind ?? 'name'
}
