import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { groupNames } from './groups.ts'

type Report = {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string }[] }>
  >
}

const noticed = ['Killed', 'Timeout']
const unnoticed = ['Survived', 'NoCoverage']

/** Figures of one file, or of several: how many places were altered, and how many of them noticed. */
const figuresOf = (mutants: readonly { readonly status: string }[]): string => {
  const count = (statuses: readonly string[]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length
  const seen = count(noticed)
  const all = seen + count(unnoticed)
  const share = all === 0 ? '' : `, ${((100 * seen) / all).toFixed(1)} %`
  return `${all} altered, ${seen} noticed${share}`
}

const printFigures = (group: string): void => {
  const report: Report = JSON.parse(readFileSync(`out/mutation/${group}.json`, 'utf8'))
  const files = Object.entries(report.files)
  console.log(`${group}: ${figuresOf(files.flatMap(([, { mutants }]) => mutants))}`)
  for (const [file, { mutants }] of files) {
    console.log(`  ${basename(file)}: ${figuresOf(mutants)}`)
  }
}

/**
 * Alters the code of the groups that are named, or of all, and looks whether a test notices. Options go to
 * Stryker: `--incremental` tries only what changed since the last run, `--mutate FILE` one file. Run it in
 * the root of the repository. Exit code 1 when a group stays below 80 %.
 */
const runGroups = (args: readonly string[]): void => {
  const named = groupNames.filter((name) => args.includes(name))
  const options = args.filter((arg) => !groupNames.includes(arg))
  const groups = named.length === 0 ? groupNames : named
  for (const group of groups) {
    const { status } = spawnSync(
      process.execPath,
      [
        'node_modules/@stryker-mutator/core/bin/stryker.js',
        'run',
        'packages/pki/mutation/stryker.config.js',
        ...options,
      ],
      { stdio: 'inherit', env: { ...process.env, MUHR_MUTATION_GROUP: group } },
    )
    if (status !== 0) {
      console.error(`Mutation testing of ${group}: too many altered places went unnoticed.`)
      process.exitCode = 1
    }
  }
  groups.forEach(printFigures)
}

runGroups(process.argv.slice(2))
