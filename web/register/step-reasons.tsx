import type { SystemDetail } from '#register/api.ts'
import { isFieldId } from '#register/fields.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Link } from '#web/ui/link.tsx'

import { codeWord } from './fact-view.tsx'

export type Reason = SystemDetail['allowedSteps'][number]['reasons'][number]

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** What stands in the way of a step, each with the link that settles it. */
export function StepReasons({ system, reasons }: { system: SystemDetail; reasons: readonly Reason[] }) {
  const t = useTexts()
  const words = t.register.system.next
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={reason.code} className="flex gap-3 border-b border-solid-gray-200 py-3 first:pt-0">
          <Icon name="stop" className="mt-1 text-red-900" />
          <div className="min-w-0 flex-1">
            <ReasonWords reason={reason} />
            <Settle system={system} reason={reason} />
          </div>
          <span className="keep text-note font-700 text-red-900">{words.blocks}</span>
        </li>
      ))}
    </ul>
  )
}

function ReasonWords({ reason: { code, params } }: { reason: Reason }) {
  const t = useTexts()
  const f = useFormat()
  const sentence = t.register.system.reasons[code] ?? t.register.system.reasonOther(code)
  const more =
    code === 'service-kind'
      ? t.ui.list(texts(params['allowed']).map((kind) => codeWord(t, 'service-kind', kind)))
      : code === 'before-last-step' && typeof params['since'] === 'string'
        ? f.date(params['since'])
        : ''
  return (
    <p className="font-700 text-solid-gray-900">
      {sentence}
      {more}
    </p>
  )
}

function Settle({ system, reason: { params } }: { system: SystemDetail; reason: Reason }) {
  const t = useTexts()
  const words = t.register.system.next
  const field = params['field']
  if (typeof field === 'string' && isFieldId(field)) {
    return (
      <p className="text-note">
        {t.fields.labels[field]}：<Link href={paths.systemEdit(system.id, { field })}>{words.answer}</Link>
      </p>
    )
  }
  return null
}
