import { useDelayed } from './use-delayed.ts'

const widths = [82, 64, 73, 58, 77, 69]

/** Rows of the final height, after 300 ms of waiting; before that nothing. */
export function SkeletonRows({ rows = 5 }: { readonly rows?: number }) {
  const isShown = useDelayed(true)

  if (!isShown) return <div className="skeleton-space" aria-hidden="true" />

  return (
    <div aria-hidden="true" data-testid="skeleton">
      {widths.slice(0, rows).map((width) => (
        <div className="skeleton-row" key={width}>
          <span className="skeleton skeleton-mark" />
          <span className="skeleton" style={{ width: `${width}%` }} />
          <span className="skeleton" />
        </div>
      ))}
    </div>
  )
}
