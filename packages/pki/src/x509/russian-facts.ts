import { expectEnd, expectSequence, smallIntegerOf } from '../asn1/access.ts'
import { stringOf } from '../asn1/access-text.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { isPkiError } from '../error.ts'
import { extensionOid } from './oids.ts'
import type { Certificate } from './parse-certificate.ts'

/** Classes of signing tools, from the weakest: the last arc of their policy, counted from 1. */
export const ruToolClasses = ['KC1', 'KC2', 'KC3', 'KB1', 'KB2', 'KA1'] as const

export type RuToolClass = (typeof ruToolClasses)[number]

/** What a Russian certificate says of tools and identification. The CA's word; nothing is checked. */
export type RussianFacts = {
  /** The owner's signing tool. */
  readonly subjectSignTool?: string
  /** Tools of the CA: its signing tool, the CA itself, and what attests the conformity of each. */
  readonly issuerSignTool?: {
    readonly signTool: string
    readonly caTool: string
    readonly signToolCertificate: string
    readonly caToolCertificate: string
  }
  /**
   * How the owner was identified: 0 in person, 1 by a qualified signature, 2 by a foreign passport,
   * 3 by the unified biometric system (authority.md §2.3).
   */
  readonly identificationKind?: number
  /** Classes of the owner's tool, by the policies 1.2.643.100.113.N. */
  readonly toolClasses: readonly RuToolClass[]
  /** Classes of the CA's tools, by the policies 1.2.643.100.114.N. */
  readonly caToolClasses: readonly RuToolClass[]
  /** Extensions that are there and cannot be read. */
  readonly malformed: readonly string[]
}

const readIssuerSignTool = (node: Asn1Node) => {
  const parts = expectSequence(node)
  expectEnd(parts, 4)
  return {
    issuerSignTool: {
      signTool: stringOf(parts[0]),
      caTool: stringOf(parts[1]),
      signToolCertificate: stringOf(parts[2]),
      caToolCertificate: stringOf(parts[3]),
    },
  }
}

const readers: Readonly<Record<string, (node: Asn1Node) => Partial<RussianFacts>>> = {
  [extensionOid.ruSubjectSignTool]: (node) => ({ subjectSignTool: stringOf(node) }),
  [extensionOid.ruIssuerSignTool]: readIssuerSignTool,
  [extensionOid.ruIdentificationKind]: (node) => ({ identificationKind: smallIntegerOf(node) }),
}

const classesUnder = (arc: string, policies: readonly string[]): readonly RuToolClass[] =>
  ruToolClasses.filter((_name, index) => policies.includes(`${arc}.${index + 1}`))

/**
 * Reads the extensions and policies that Russian law asks of a qualified certificate (RFC 9215 §2,
 * order No. 795 of the FSB; authority.md §2.3). An extension that cannot be read is named, not refused:
 * whether it is needed is for a policy to say.
 */
export const russianFacts = ({ extensions }: Certificate): RussianFacts => {
  const malformed: string[] = []
  const read = extensions.all.map(({ oid, value }): Partial<RussianFacts> => {
    try {
      return Object.hasOwn(readers, oid) ? (readers[oid]?.(readDer(value)) ?? {}) : {}
    } catch (error) {
      if (isPkiError(error)) {
        malformed.push(oid)
        return {}
      }
      throw error
    }
  })
  const policies = (extensions.certificatePolicies?.policies ?? []).map(({ oid }) => oid)
  return Object.assign({}, ...read, {
    toolClasses: classesUnder('1.2.643.100.113', policies),
    caToolClasses: classesUnder('1.2.643.100.114', policies),
    malformed,
  })
}
