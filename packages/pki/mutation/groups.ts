import { globSync } from 'node:fs'

/** What is altered together, and the tests that it is held against. */
export type MutationGroup = {
  /** Globs below `packages/pki/src`. */
  readonly mutate: readonly string[]
  /** Folders and beginnings of file names below `packages/pki/src`. */
  readonly tests: readonly string[]
}

/**
 * A group leaves out tests that reach its code through many others, and those that start another program:
 * that makes it fast and can only lower its score.
 */
const groups: Readonly<Record<string, MutationGroup>> = {
  policy: { mutate: ['policy/*.ts'], tests: ['policy/', 'conformance/policies-page'] },
  judge: {
    mutate: ['verify/judge*.ts', 'verify/outcome.ts'],
    tests: [
      ...['verify/[a-r]', 'verify/verify-signature.test', 'verify/verify-time-stamp', 'policy/'],
      'conformance/',
    ],
  },
  path: { mutate: ['path/*.ts'], tests: ['path/', 'conformance/kz', 'conformance/trust'] },
  cms: {
    mutate: ['cms/*.ts', 'cades/*.ts'],
    tests: [
      ...['cms/', 'cades/', 'verify/counter-signature', 'verify/verify-signature-stream'],
      ...['conformance/foreign-cms', 'conformance/hostile-corpus', 'conformance/refusals'],
      ...['conformance/kz.test', 'conformance/ru', 'conformance/uz'],
    ],
  },
}

/** The names of all groups, in the order in which they run. */
export const groupNames: readonly string[] = Object.keys(groups)

/** The group that this process alters, named by `MUHR_MUTATION_GROUP`. Throws when there is none. */
export const currentGroup = (): MutationGroup & { readonly name: string } => {
  const name = process.env.MUHR_MUTATION_GROUP ?? ''
  const group = groups[name]
  if (group === undefined) {
    throw new Error(`MUHR_MUTATION_GROUP must be one of: ${groupNames.join(', ')}.`)
  }
  return { name, ...group }
}

/** Tests of thousands of changed octets, and those whose parts stand beside them as tests of their own. */
export const slowTests = /changed octet|is refused by nothing but codes that the policies name/

const slowFiles = /\.soak\.|\/openssl-|\/(gost-agreement|fuzz|every-octet|any-octets)\.test/

/** The files of the tests of a group, relative to the root of the repository, in a fixed order. */
export const testFilesOf = ({ tests }: MutationGroup): readonly string[] =>
  tests
    .flatMap((place) => globSync(`packages/pki/src/${place}*.test.ts`))
    .filter((file) => !slowFiles.test(file))
    .sort()
