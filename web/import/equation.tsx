import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { formatNumber } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'

type Props = {
  rows: number
  stored: number
  rejected: number
  /** It has happened already. */
  done?: boolean
  counting?: boolean
}

/** Rows in = stored + rejected. It always holds, before and after. */
export function Equation({ rows, stored, rejected, done = false, counting = false }: Props) {
  const t = useTexts()
  const words = t.importing.equation
  const [all, kept, refused] = [rows, stored, rejected].map(formatNumber) as [string, string, string]
  return (
    <Panel edge="strong">
      <p role="status" className="sr-only">
        {counting ? t.importing.reading.counting : words.spoken(all, kept, refused)}
      </p>
      <div className="grid items-center gap-x-5 gap-y-3 sm:grid-cols-[auto_auto_auto_auto_auto_1fr]" aria-hidden="true">
        <Figure label={words.rows} figure={all} unit={words.unit} />
        <span className="text-std-28B-150">=</span>
        <Figure label={done ? words.storedDone : words.stored} figure={kept} unit={words.unit} />
        <span className="text-std-28B-150">+</span>
        <Figure
          label={done ? words.rejectedDone : words.rejected}
          figure={refused}
          unit={words.unit}
          bad={rejected > 0}
        />
        <p className="text-note sm:border-l sm:border-solid-gray-200 sm:pl-5">{words.promise}</p>
      </div>
    </Panel>
  )
}

type FigureProps = { label: string; figure: string; unit: string; bad?: boolean }

function Figure({ label, figure, unit, bad }: FigureProps) {
  return (
    <div>
      <p className="text-note text-solid-gray-700">{label}</p>
      <p className="keep">
        <span className={classes('text-std-36B-140 tabular-nums', bad ? 'text-red-900' : 'text-solid-gray-900')}>
          {figure}
        </span>{' '}
        {unit}
      </p>
    </div>
  )
}
