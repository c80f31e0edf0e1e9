/**
 * Zip archives: read strictly under limits, written deterministically, in memory or as a stream.
 * @module
 */
export { createZipWriter, type ZipWriter } from './create-zip-writer.ts'
export { foldPath, isSafePath, maxPathLength, safeFileName } from './entry-name.ts'
export type { ReadingRules, ZipLimits } from './entry-rules.ts'
export { ZipError, type ZipErrorCode, type ZipErrorData } from './error.ts'
export {
  createMeter,
  type Measure,
  measureBytes,
  measureSource,
  type RereadableSource,
} from './measure.ts'
export {
  inMemory,
  type OpenOptions,
  openZip,
  type RandomAccess,
  type ZipEntry,
} from './open-zip.ts'
export { type PackedFile, packZip } from './pack-zip.ts'
export { readZip, type ZipFiles } from './read-zip.ts'
export {
  type ByteRange,
  layOutZip,
  type RangedZipSource,
  type ReadOptions,
  type WrittenZip,
  writeZip,
  type ZipSource,
  zipSize,
} from './write-zip.ts'
