const tickMs = 1_000
const plainTickMs = 15_000

/**
 * Shows a step that takes a while: on a terminal one line that counts the seconds; elsewhere (logs, CI) a
 * line at the beginning, one every 15 seconds, and one at the end. Goes to standard error, so that what
 * a program prints for other programs stays clean.
 *
 * @param doing what is being done, as `Installing packages`
 * @param done what was done, as `Installed packages`
 */
export async function showStep({ doing, done }, run, out = process.stderr) {
  const isTerminal = out.isTTY === true && process.env.TERM !== 'dumb'
  const beganMs = Date.now()
  const seconds = () => `${Math.round((Date.now() - beganMs) / 1000)} s`
  const show = (line) => out.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`)

  show(`${doing} …`)
  const timer = setInterval(
    () => show(`${doing} … ${seconds()}`),
    isTerminal ? tickMs : plainTickMs,
  )

  try {
    const result = await run()
    show(`${done} in ${seconds()}.`)

    return result
  } catch (error) {
    show(`${doing} failed after ${seconds()}.`)
    throw error
  } finally {
    clearInterval(timer)

    if (isTerminal) {
      out.write('\n')
    }
  }
}
