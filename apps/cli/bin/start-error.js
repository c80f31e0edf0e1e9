/** Something that a person has to mend before Muhr can start. The message says what and how. */
export class StartError extends Error {
  name = 'StartError'

  /** @param lines of the message; empty ones are left out */
  constructor(lines, { exitCode = 1 } = {}) {
    super(lines.filter((line) => line !== '').join('\n'))
    this.exitCode = exitCode
  }
}
