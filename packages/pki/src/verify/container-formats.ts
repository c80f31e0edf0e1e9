import { PkiError } from '../error.ts'
import type { ContainerFormat, ContainerInput, ContainerReading } from './container-format.ts'
import { cmsContainerFormat } from './read-cms-container.ts'
import { pdfContainerFormat } from './read-pdf-container.ts'
import { rawContainerFormat } from './read-raw-signature.ts'
import { xmlContainerFormat } from './read-xml-container.ts'

/** Every container format, in the order in which they are asked: the sharpest mark first. */
export const containerFormats: readonly ContainerFormat[] = Object.freeze([
  rawContainerFormat,
  // Before CMS, which tries to read any text as base64: markup is told by its first character.
  xmlContainerFormat,
  cmsContainerFormat,
  // Last: signed content of another format may begin with the mark of a PDF.
  pdfContainerFormat,
])

/** Is it a signature, or was it one before it was damaged? Cheap: only the beginning is looked at. */
export const isSignatureContainer = (container: ContainerInput['container']): boolean =>
  containerFormats.some((format) => format.detect(container))

/**
 * Reads a signature container of any format, in whatever form it came.
 *
 * Throws `container.not-a-signature`, `container.unsupported-format`.
 */
export const readContainer = async (input: ContainerInput): Promise<ContainerReading> => {
  const format = containerFormats.find(({ detect }) => detect(input.container))
  if (format === undefined) {
    throw new PkiError({
      code: 'container.not-a-signature',
      message: 'The file is no signature of a known format.',
    })
  }
  return format.read(input)
}
