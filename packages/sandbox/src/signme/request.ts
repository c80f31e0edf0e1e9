import type { OutcomeFault } from './faults.ts'

/** 0 not signed, 1 signed, 2 rejected, 3 file deleted (seed 1.4). */
export type FileStatus = 0 | 1 | 2 | 3

/** A file of a request. Each has a suffix of its own, also in a group, so that it can be signed alone. */
export type SignFile = {
  /** First half of the suffix. */
  readonly rid: number
  /** Second half, 32 hex digits. */
  readonly hex: string
  readonly name: string
  /** Hex, lower case. */
  readonly md5: string
  /** Under which the octets are kept. */
  readonly sha256: string
  readonly size: number
  status: FileStatus
  /** Reason of a refusal. */
  comment: string
  /** When it was signed or rejected, ms. */
  closedAt?: number
}

/** Who must sign, as the request named them. */
export type Addressee = {
  readonly phone?: string
  readonly email?: string
  readonly snils?: string
  readonly inn?: string
  readonly ogrn?: string
}

/** A request for signature: one file (seed 1.1) or several (seed 2.1). */
export type SignRequest = {
  /** The rid of its first file. */
  readonly id: number
  readonly kind: 'single' | 'multi'
  /** Of a group; version 1. */
  readonly uuid?: string
  readonly siteKey: string
  readonly files: readonly SignFile[]
  readonly addressee: Addressee
  /** Whom the addressee is; nobody when none was named. */
  readonly userId?: string
  readonly companyInn?: string
  /** Return address, or what follows `GET:`. */
  readonly url?: string
  readonly isPush: boolean
  readonly isForceSms: boolean
  /** `IF`: a notification for every signature. */
  readonly isNotified: boolean
  readonly hasNoMail: boolean
  readonly createdAt: number
  /** What goes wrong when it is signed. */
  outcome?: OutcomeFault
}

/** A signature that was made, found by the MD5 of the file alone (seed 1.2). */
export type Signature = {
  readonly number: number
  readonly rid: number
  readonly md5: string
  readonly userId: string
  readonly companyInn?: string
  /** Signing time, ms. */
  readonly at: number
  /** CMS SignedData, DER, base64. */
  readonly container: string
  /** The signer's certificate, DER, base64. */
  readonly certificate: string
  /** Status says signed, and no check or container shows it. */
  readonly isHidden?: boolean
  /** The check counts one more than it lists. */
  readonly isMiscounted?: boolean
}

/** `320186/df79…`, what 1.1 answers. */
export const suffixOf = ({ rid, hex }: SignFile): string => `${rid}/${hex}`

/** Status of a request: that of its files when all have the same, else 4 (seed 2.2). */
export function statusOf({ files }: SignRequest): FileStatus | 4 {
  const first = files[0]?.status ?? 0

  return files.every(({ status }) => status === first) ? first : 4
}

export const isOpen = ({ files }: SignRequest): boolean => files.some(({ status }) => status === 0)
