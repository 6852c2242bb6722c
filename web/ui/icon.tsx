/** Our own drawings on a 24 × 24 grid, one line of 2. Always beside a word; hidden from screen readers. */
const drawings = {
  'triangle-alert': 'M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.2v.3',
  'circle-tick': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8 12.2l2.8 2.8L16 9.5',
  'diamond-question': 'M12 2.5 21.5 12 12 21.5 2.5 12 12 2.5ZM9.8 10a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M12 16.2v.2',
  dash: 'M5 12h14',
  turn: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3M20 4v5.3h-5.3',
  outside: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8 12h8',
  padlock: 'M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  tick: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  'chevron-right': 'm9.5 5.5 6.5 6.5-6.5 6.5',
  'chevron-left': 'M14.5 5.5 8 12l6.5 6.5',
  'chevron-down': 'm5.5 9.5 6.5 6.5 6.5-6.5',
  'chevron-up': 'M5.5 14.5 12 8l6.5 6.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 21 21',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  information: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v6M12 7.3v.3',
  attention: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v6M12 16.4v.3',
  stop: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.8 5.8l12.4 12.4',
  document: 'M6 3h8l4 4v14H6V3ZM13.5 3v4.5H18M9 12h6M9 16h6',
  calendar: 'M4 5.5h16V20H4V5.5ZM4 10h16M8.5 3v4M15.5 3v4',
  external: 'M13 5h6v6M19 5l-9 9M16 14v5H5V8h5',
  'arrow-right': 'M4 12h15M13.5 6.5 19 12l-5.5 5.5',
  'arrow-down': 'M12 4v15M6.5 13.5 12 19l5.5-5.5',
  'arrow-up': 'M12 20V5M6.5 10.5 12 5l5.5 5.5',
  sort: 'm8 9 4-4 4 4M8 15l4 4 4-4',
  bell: 'M12 3.5a5.5 5.5 0 0 0-5.5 5.5v4L4.5 16.5h15L17.5 13V9A5.5 5.5 0 0 0 12 3.5ZM10 19.5a2.2 2.2 0 0 0 4 0',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.8-3.7 3.7-5.5 7.5-5.5s6.7 1.8 7.5 5.5',
  download: 'M12 4v11M7 10.5l5 5 5-5M4.5 20h15',
  upload: 'M12 16V5M7 9.5l5-5 5 5M4.5 20h15',
  circle: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z',
  triangle: 'M12 5 3.5 19h17L12 5Z',
} as const

export type IconName = keyof typeof drawings

type Props = { name: IconName; size?: number; className?: string }
export function Icon({ name, size = 20, className = '' }: Props) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`inline-block shrink-0 ${className}`}
    >
      <path d={drawings[name]} />
    </svg>
  )
}
