import type { DescribedVariable } from '@muhr/server/config'
import type { Finding } from '@muhr/server/doctor'
import type { Examination } from './examine.ts'

const marks: Readonly<Record<Finding['result'], string>> = {
  passed: 'ok',
  notice: 'note',
  warning: 'warning',
  failed: 'FAILED',
}

/** The examination for people: one line a finding, what to do under it, a sum at the end. */
export function printExamination({ mode, findings }: Examination): string {
  const count = (result: Finding['result']) =>
    findings.filter((finding) => finding.result === result).length
  const [failed, warnings] = [count('failed'), count('warning')]

  return [
    mode === undefined ? 'Muhr' : `Muhr in ${mode} mode`,
    '',
    ...findings.flatMap(({ check, result, message, advice }) => [
      `${marks[result].padEnd(8)} ${check}: ${message}`,
      ...(advice === undefined ? [] : [`${' '.repeat(9)}→ ${advice}`]),
    ]),
    '',
    failed === 0 && warnings === 0
      ? 'All is well.'
      : `${failed} failed, ${plural(warnings, 'warning')}.${failed > 0 ? ' Mend what failed, then look again.' : ''}`,
  ].join('\n')
}

/** The table of variables: what each is set to, by whom, and what it does. */
export function printVariables(variables: readonly DescribedVariable[]): string {
  return [
    'Variables',
    '',
    ...variables.flatMap(({ name, type, value, source, description }) => [
      `${name}=${value ?? ''}${source === 'environment' ? '   (set)' : ''}`,
      `    ${description} [${type}]`,
    ]),
  ].join('\n')
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
