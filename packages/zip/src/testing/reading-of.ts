import { expect } from 'vitest'
import { ZipError } from '../error.ts'
import { inMemory, openZip } from '../open-zip.ts'
import { readZip } from '../read-zip.ts'

export const limits = { entries: 5_000, totalBytes: 2 * 1024 ** 3, ratio: 100 } as const

type Reading = string | readonly string[]

export const refusalOf = (error: unknown): string => {
  if (!(error instanceof ZipError)) {
    throw error
  }

  return error.data.limit === undefined ? error.code : `${error.code} ${error.data.limit}`
}

function readingInMemory(zip: Uint8Array, isFlat: boolean): Reading {
  try {
    return [...readZip(zip, { limits, isFlat }).keys()]
  } catch (error) {
    return refusalOf(error)
  }
}

async function readingAsStream(zip: Uint8Array, isFlat: boolean): Promise<Reading> {
  try {
    const entries = await openZip(inMemory(zip), { limits, isFlat })
    for (const entry of entries) {
      let size = 0
      for await (const chunk of entry.open()) {
        size += chunk.byteLength
      }
      expect(size).toBe(entry.size)
    }

    return entries.map(({ name }) => name)
  } catch (error) {
    return refusalOf(error)
  }
}

/** The code of a refusal, or the names of what was read: by both readers alike. */
export async function readingOf(zip: Uint8Array, isFlat = false): Promise<Reading> {
  const reading = readingInMemory(zip, isFlat)
  expect(await readingAsStream(zip, isFlat)).toEqual(reading)

  return reading
}
