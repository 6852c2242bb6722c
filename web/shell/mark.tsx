/** The balance, our own drawing. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0 text-blue-900"
    >
      <path d="M16 4v23M10 27h12M5 9h22" />
      <path d="M7 10 2.5 19a5 5 0 0 0 9 0L7 10ZM25 10l-4.5 9a5 5 0 0 0 9 0L25 10Z" />
    </svg>
  )
}
