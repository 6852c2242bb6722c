import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'

import { classes } from './class-names.ts'
import { formatNumber } from './format.ts'

export type TabItem = {
  readonly id: string
  readonly name: string
  /** Beside the name, quieter. */
  readonly count?: number | undefined
}

type Props = {
  /** Accessible name of the row. */
  label: string
  tabs: readonly TabItem[]
  value: string
  onChange: (id: string) => void
  /** `line` for the parts of a page, `pills` for ways of looking at one figure. */
  look?: 'line' | 'pills'
  /** Right of the row. */
  aside?: ReactNode
  /** The panel of the tab chosen. */
  children: ReactNode
}

const line = ({ isSelected }: { isSelected: boolean }) =>
  classes(
    'flex min-h-11 cursor-pointer items-center gap-2 border-b-4 px-3 sm:px-4',
    isSelected ? 'border-blue-900 font-700 text-blue-1000' : 'border-transparent hover:border-solid-gray-300',
  )
const pill = ({ isSelected }: { isSelected: boolean }) =>
  classes(
    'flex min-h-9 cursor-pointer items-center gap-2 rounded-6 border px-3 text-note',
    isSelected
      ? 'border-blue-900 bg-blue-50 font-700 text-blue-1000'
      : 'border-transparent text-blue-1000 hover:bg-solid-gray-50',
  )

/** Tab reaches the row, arrows move inside. */
export function Tabs({ label, tabs, value, onChange, look = 'line', aside, children }: Props) {
  return (
    <AriaTabs
      selectedKey={value}
      onSelectionChange={(key) => onChange(String(key))}
      // What has the focus inside shows it; a ring around the whole part would only repeat it.
      className="not-focus:shadow-none not-focus:outline-none"
    >
      <div
        className={classes(
          'mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2',
          look === 'line' && 'border-b border-solid-gray-420',
        )}
      >
        <TabList aria-label={label} className={classes('flex flex-wrap', look === 'pills' && 'gap-1')}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={look === 'line' ? line : pill}>
              {tab.name}
              {tab.count !== undefined && <span className="text-note tabular-nums">{formatNumber(tab.count)}</span>}
            </Tab>
          ))}
        </TabList>
        {aside !== undefined && <div className="pb-1">{aside}</div>}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id}>
          {tab.id === value && children}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
