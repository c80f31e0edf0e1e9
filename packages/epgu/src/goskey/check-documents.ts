import { foldPath } from '@muhr/zip'
import { extensionOf, stemOf } from './documents.ts'
import type { DocumentLimits } from './limits.ts'
import type { Violation } from './rules.ts'

/** Names that the package has itself. */
export const requestFileName = 'req.xml'
export const signConfigFileName = 'sign_config.xml'
export const signatureExtension = '.sig'

const isReserved = (name: string): boolean =>
  [requestFileName, signConfigFileName].includes(name.toLowerCase()) ||
  name.toLowerCase().endsWith(signatureExtension)

function checkName(name: string, limits: DocumentLimits): readonly Violation[] {
  if (isReserved(name)) {
    return [{ rule: 'name-reserved', field: name }]
  }
  const actual = [...name].length
  const limit = limits.nameLength

  return [
    ...(limits.extensions.includes(extensionOf(name))
      ? []
      : [
          {
            rule: 'type-extension',
            field: name,
            limit: limits.extensions.join(', '),
          } as const,
        ]),
    ...(limits.stem.test(stemOf(name))
      ? []
      : [{ rule: 'name-characters', field: name, limit: limits.stem.source } as const]),
    ...(actual > limit ? [{ rule: 'name-length', field: name, limit, actual } as const] : []),
  ]
}

/** Later ones of names that some system takes for the same. */
function checkDuplicates(names: readonly string[]): readonly Violation[] {
  const places = names.map(foldPath)

  return names
    .filter((_, index) => places.indexOf(places[index] ?? '') !== index)
    .map((field) => ({ rule: 'name-duplicate', field }) as const)
}

/** Everything that the names and sizes of documents break: count, sizes, names, extensions. */
export function checkDocuments(
  documents: readonly { readonly name: string; readonly size: number }[],
  limits: DocumentLimits,
): readonly Violation[] {
  const count = documents.length
  const total = documents.reduce((sum, { size }) => sum + size, 0)

  return [
    ...(count === 0 ? [{ rule: 'documents-missing', field: 'documents' } as const] : []),
    ...(count > limits.documents
      ? [
          {
            rule: 'documents-count',
            field: 'documents',
            limit: limits.documents,
            actual: count,
          } as const,
        ]
      : []),
    ...(total > limits.totalBytes
      ? [
          {
            rule: 'documents-size',
            field: 'documents',
            limit: limits.totalBytes,
            actual: total,
          } as const,
        ]
      : []),
    ...documents.flatMap(({ name }) => checkName(name, limits)),
    ...documents
      .filter(({ size }) => size === 0)
      .map(({ name }) => ({ rule: 'document-empty', field: name }) as const),
    ...checkDuplicates(documents.map(({ name }) => name)),
  ]
}
