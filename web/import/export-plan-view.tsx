import type { ExportPlan, Mark } from '#register/import/api.ts'
import { apiAddress } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'

import type { ExportQuery } from './calls.ts'

type Props = { plan: ExportPlan; query: ExportQuery }
const shown = 20
/** What a workbook cannot hold is refused, so that nothing is cut. */
const beyondExcel = ['too-long', 'too-many-rows']

/** How many rows, what is left out, which characters cannot be written; then the file. */
export function ExportPlanView({ plan, query }: Props) {
  const t = useTexts()
  const words = t.importing.exporting
  const blockedBecause =
    plan.rows === 0
      ? words.nothing
      : plan.cannotHold.length > 0
        ? words.blockedByCharacters
        : plan.drops.some(({ code }) => beyondExcel.includes(code))
          ? words.blockedBySize
          : undefined
  const deed = words.write(formatNumber(plan.rows))
  return (
    <Panel title={words.planTitle} level={3}>
      <p className="font-700">{words.counts(formatNumber(plan.rows), formatNumber(plan.columns))}</p>
      <p className="text-note">
        {words.fileName}：{plan.fileName}
      </p>
      <h4 className="mt-4 font-700 text-solid-gray-900">{words.dropsTitle}</h4>
      {plan.drops.length === 0 ? (
        <p>{words.dropsNone}</p>
      ) : (
        <ul className="list-disc pl-6 text-note">
          {plan.drops.map((drop) => (
            <li key={drop.code}>
              <Drop drop={drop} />
            </li>
          ))}
        </ul>
      )}
      {query['format'] === 'csv' && <CannotHold plan={plan} />}
      <div className="mt-5">
        {blockedBecause === undefined ? (
          <ButtonLink href={apiAddress('/exports/file', query)} download icon="download">
            {deed}
          </ButtonLink>
        ) : (
          <Button blockedBecause={blockedBecause}>{deed}</Button>
        )}
      </div>
    </Panel>
  )
}

function Drop({ drop: { code, params = {} } }: { drop: Mark }) {
  const t = useTexts()
  const words = t.importing.exporting
  const what = words.drops[code] ?? words.dropOther(code)
  const { count } = params
  return typeof count === 'number' ? words.dropCount(what, formatNumber(count)) : what
}

function CannotHold({ plan: { cannotHold } }: { plan: ExportPlan }) {
  const t = useTexts()
  const words = t.importing.exporting
  const columns = words.cannotHoldColumns
  return (
    <>
      <h4 className="mt-4 font-700 text-solid-gray-900">{words.cannotHoldTitle}</h4>
      {cannotHold.length === 0 ? (
        <p className="text-note">{words.cannotHoldNone}</p>
      ) : (
        <>
          <p className="mb-2 text-red-900">{words.cannotHold(formatNumber(cannotHold.length))}</p>
          <DataTable
            caption={words.cannotHoldTitle}
            dense
            neverCards
            columns={[
              {
                id: 'character',
                name: columns.character,
                cell: ({ character }) => `${character} (${codePoint(character)})`,
              },
              { id: 'row', name: columns.row, align: 'right', cell: ({ row }) => formatNumber(row) },
              { id: 'column', name: columns.column, align: 'right', cell: ({ column }) => formatNumber(column) },
            ]}
            rows={cannotHold.slice(0, shown)}
            rowKey={({ row, column, character }) => `${row}:${column}:${character}`}
          />
          {cannotHold.length > shown && <p>{words.cannotHoldMore(formatNumber(cannotHold.length - shown))}</p>}
        </>
      )}
    </>
  )
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
