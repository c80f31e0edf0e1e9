import type { ConfigProblem } from './error.ts'
import {
  type ValueOf,
  type Variable,
  type VariableName,
  variableNames,
  variables,
} from './variables.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The parsed values; undefined where a variable is neither set nor has a default. */
export type Values = { readonly [Name in VariableName]: ValueOf<Name> | undefined }

/**
 * Parses every variable of the table. An empty text counts as not set, as compose files and shells
 * pass it; spaces around a value are cut off.
 */
export function readEnvironment(env: Environment): {
  readonly values: Values
  readonly problems: readonly ConfigProblem[]
} {
  const problems: ConfigProblem[] = []
  const values = variableNames.map((name) => [name, readVariable(name, env, problems)])

  return { values: Object.fromEntries(values) as Values, problems }
}

/** Names that begin with `MUHR_` and are no variables: most likely misspelt. With what may be meant. */
export function findUnknownVariables(
  env: Environment,
): readonly { readonly name: string; readonly nearest: string | undefined }[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('MUHR_') && !isKnown(name) && !name.startsWith('MUHR_TEST_'))
    .sort()
    .map((name) => ({ name, nearest: findNearest(name) }))
}

function readVariable(name: VariableName, env: Environment, problems: ConfigProblem[]): unknown {
  const variable: Variable = variables[name]
  const given = env[name]?.trim() ?? ''
  const text = given === '' ? variable.default : given

  if (text === undefined) {
    return undefined
  }

  const parsed = variable.parser.parse(text)

  if (!parsed.ok) {
    const shown = variable.isSecret === true ? '' : ` It is ${JSON.stringify(text)}.`
    problems.push({
      variable: name,
      code: parsed.code,
      message: `${name} must be ${parsed.expected}.${shown}`,
    })

    return undefined
  }

  return parsed.value
}

function isKnown(name: string): boolean {
  return Object.hasOwn(variables, name)
}

function findNearest(name: string): string | undefined {
  const ranked = variableNames
    .map((known) => ({ known, distance: editDistance(name, known) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked

  return best !== undefined && best.distance <= 3 ? best.known : undefined
}

/** Levenshtein distance: insertions, deletions and replacements of single characters. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)

  for (const [row, left] of Array.from(a).entries()) {
    const current = [row + 1]

    for (const [column, right] of Array.from(b).entries()) {
      const replaced = (previous[column] ?? 0) + (left === right ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }

  return previous.at(-1) ?? 0
}
