import type { Environment } from './read-environment.ts'
import { type Variable, variableNames, variables } from './variables.ts'

export type DescribedVariable = {
  readonly name: string
  readonly type: string
  /** What is set, or the default; undefined when there is neither. A secret shows as dots. */
  readonly value: string | undefined
  readonly source: 'environment' | 'default'
  readonly description: string
}

/** The table of variables as `muhr doctor` prints it, with what they are set to. */
export function describeVariables(env: Environment): readonly DescribedVariable[] {
  return variableNames.map((name) => {
    const { parser, description, isSecret, ...rest }: Variable = variables[name]
    const given = env[name]?.trim() ?? ''
    const value = given === '' ? rest.default : given

    return {
      name,
      type: parser.type,
      value: isSecret === true && given !== '' ? '•••' : value === '' ? undefined : value,
      source: given === '' ? 'default' : 'environment',
      description,
    }
  })
}
