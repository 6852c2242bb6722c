import type { ReactNode } from 'react'

import type { Absent, Verdict } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { useFormat } from './format.ts'
import { Icon, type IconName } from './icon.tsx'

export type VerdictState = Verdict | 'stale'

type Look = { readonly icon: IconName; readonly look: string }
const verdictLooks: Record<VerdictState, Look> = {
  'consult-board': { icon: 'triangle-alert', look: 'border-orange-800 bg-orange-50 text-orange-1000' },
  proceed: { icon: 'circle-tick', look: 'border-green-800 bg-green-50 text-green-900' },
  'cannot-decide': { icon: 'diamond-question', look: 'border-solid-gray-800 bg-white text-solid-gray-900' },
  'not-reported': { icon: 'dash', look: 'hatch border-dashed border-solid-gray-536 text-solid-gray-900' },
  'out-of-scope': { icon: 'outside', look: 'border-solid-gray-536 bg-white text-solid-gray-700' },
  stale: { icon: 'turn', look: 'border-yellow-900 bg-yellow-50 text-yellow-1200' },
}
export const verdictIcon = (verdict: VerdictState): IconName => verdictLooks[verdict].icon
/** Edge, ground and text colour of a verdict, for panels that carry one. */
export const verdictLook = (verdict: VerdictState): string => verdictLooks[verdict].look

/** Shape and word. Not clickable by itself. */
export function VerdictTag({ verdict }: { verdict: VerdictState }) {
  const t = useTexts()
  const { icon, look } = verdictLooks[verdict]
  return (
    <span
      className={classes(
        'keep inline-flex items-center gap-1 rounded-4 border px-2 py-0.5 align-middle text-note leading-snug',
        look,
        (verdict === 'consult-board' || verdict === 'stale') && 'font-700',
      )}
    >
      <Icon name={icon} size={16} />
      {verdict === 'stale' ? t.words.stale : t.words.verdicts[verdict]}
    </span>
  )
}

type TagTone = 'quiet' | 'attention' | 'error' | 'success' | 'blue'
const tones: Record<TagTone, string> = {
  quiet: 'border-solid-gray-536 text-solid-gray-700 bg-white',
  attention: 'border-yellow-900 bg-yellow-50 text-yellow-1200',
  error: 'border-red-800 bg-white text-red-900 font-700',
  success: 'border-green-800 bg-green-50 text-green-900',
  blue: 'border-blue-900 bg-blue-50 text-blue-1000',
}

/** A word in a frame: a flag of a row, a state, an outcome. */
export function Tag({ tone = 'quiet', icon, children }: { tone?: TagTone; icon?: IconName; children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1 rounded-4 border px-2 py-0.5 text-note leading-snug',
        tones[tone],
      )}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </span>
  )
}

/** Why a value is not there, by word and shape; never an empty cell. Says who, why and since when in full. */
export function AbsenceMark({ absent, showNote }: { absent: Absent; showNote?: boolean }) {
  const t = useTexts()
  const f = useFormat()
  const word = t.words.absences[absent.absent]
  const detail = [
    absent.absent === 'waived' ? t.ui.absence.waivedDetail(absent.by, absent.why) : '',
    'note' in absent ? (absent.note ?? '') : '',
    absent.absent === 'unknown' && absent.since !== undefined ? t.ui.absence.since(f.date(absent.since)) : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
  const shape = {
    unanswered: 'hatch rounded-4 border border-dashed border-solid-gray-536 px-1.5 text-solid-gray-900',
    unknown: 'underline decoration-dotted decoration-2 underline-offset-4',
    'not-applicable': '',
    withheld: 'inline-flex items-center gap-1',
    waived: 'inline-flex items-center gap-1',
  }[absent.absent]
  return (
    <span className="text-note">
      <span className={classes('keep', shape)}>
        {absent.absent === 'withheld' && <Icon name="padlock" size={16} />}
        {word}
      </span>
      {detail !== '' && <span className={showNote ? '' : 'sr-only'}>{t.ui.brackets(detail)}</span>}
    </span>
  )
}
