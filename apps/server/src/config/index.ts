/**
 * The environment: one table of variables, validated into one frozen object.
 * @module
 */
export { type Config, type Country, loadConfig, type TrustServiceUrls } from './config.ts'
export { type DescribedVariable, describeVariables } from './describe-variables.ts'
export { ConfigError, type ConfigProblem, type ConfigProblemCode } from './error.ts'
export type { Environment } from './read-environment.ts'
export { type VariableName, variableNames, variables } from './variables.ts'
