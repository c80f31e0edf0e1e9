/**
 * Outline of the khatim, the eight-pointed star: two equal squares, one turned by 45°, as one line.
 * Tips lie on a circle of radius `tip`; the notches between them on a circle of tip·cos 45°/cos 22.5°.
 *
 * @param center both coordinates of the middle
 * @param tip distance from the middle to a tip, in the units of the view box
 * @returns SVG path data, closed
 */
export function starPath(center: number, tip: number): string {
  const notch = (tip * Math.cos(Math.PI / 4)) / Math.cos(Math.PI / 8)
  const points = Array.from({ length: 16 }, (_, index) => {
    const radius = index % 2 === 0 ? tip : notch
    const angle = (index * Math.PI) / 8
    const x = center + radius * Math.sin(angle)
    const y = center - radius * Math.cos(angle)

    return `${round(x)} ${round(y)}`
  })

  return `M${points.join('L')}z`
}

const round = (value: number): number => Math.round(value * 100) / 100

/** The star as an outline in a 24-unit box: leaves room for its own stroke. */
export const outlineStar = starPath(12, 10.4)

/** The star filled, in the same box. */
export const filledStar = starPath(12, 11)
