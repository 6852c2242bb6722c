import type { ReactNode } from 'react'
import { Controller, useFieldArray, type UseFormReturn } from 'react-hook-form'

import type { FieldId } from '#register/fields.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'

import type { FactNames } from './fact-view.tsx'
import { firstFields, FormGroups } from './form-groups.tsx'
import { FormField } from './form-field.tsx'
import { emptyUse, type FormValues } from './form-values.ts'
import { OrganisationField } from './organisation-field.tsx'

type Props = {
  form: UseFormReturn<FormValues>
  names: FactNames
  /** Groups holding these are open: a fault, or the field that a link led to. */
  open: readonly FieldId[]
  /** The stage of a known system is moved on its own page. */
  stageFixed: boolean
  /** A use of a known system: the system's own fields are not asked. */
  joining: boolean
  /** Similar uses, under name and purpose. */
  similar?: ReactNode
}

const stageDates: readonly FieldId[] = [
  'idea-since',
  'planning-since',
  'procurement-since',
  'build-test-since',
  'operation-since',
  'suspended-since',
  'retired-since',
]

/** The fields, first those that suffice, then the rest by group. One use: no second level is seen. */
export function SystemForm({ form, names, open, stageFixed, joining, similar }: Props) {
  const t = useTexts()
  const words = t.register.form
  const { control } = form
  const uses = useFieldArray({ control, name: 'uses', keyName: 'key' })
  const several = uses.fields.length > 1
  const hidden: readonly FieldId[] = stageFixed ? ['stage', ...stageDates] : []
  const first = firstFields.filter((id) => !hidden.includes(id))
  const shared = { control, names, open }
  const useSections = uses.fields.map((use, i) => (
    <Section
      key={use.key}
      title={several ? words.useNumber(formatNumber(i + 1)) : words.rest}
      aside={
        several ? (
          <Button size="small" look="text" onPress={() => uses.remove(i)}>
            {words.removeUse(formatNumber(i + 1))}
          </Button>
        ) : (
          words.restHelp
        )
      }
    >
      {several && <UseFirst {...shared} index={i} />}
      <FormGroups
        {...shared}
        scopes={{ system: !several && !joining, use: i }}
        without={several || joining ? useFirst : [...first, ...hidden, 'use-name']}
      />
    </Section>
  ))
  return (
    <>
      <Section {...(stageFixed ? { title: words.main } : { title: words.first, aside: words.firstHelp })}>
        <div className="flex flex-col gap-6">
          {joining ? (
            <UseFirst {...shared} index={0} />
          ) : (
            <>
              <FormField {...shared} field="name" use={undefined} requirement="required" />
              <Controller
                control={control}
                name="organisationId"
                render={({ field }) => <OrganisationField {...field} />}
              />
              {!several && <FormField {...shared} field="purpose" use={0} />}
              {similar}
              {!stageFixed && <FormField {...shared} field="stage" use={undefined} help={words.stageHelp} />}
              {!several &&
                useFirst
                  .filter((id) => id !== 'purpose' && id !== 'use-name')
                  .map((id) => <FormField key={id} {...shared} field={id} use={0} />)}
            </>
          )}
        </div>
      </Section>
      {several && (
        <Section title={words.system} aside={words.restHelp}>
          <FormGroups {...shared} scopes={{ system: true, use: undefined }} without={[...first, ...hidden]} />
        </Section>
      )}
      {useSections}
      {!joining && (
        <div className="mb-8">
          <Button size="medium" icon="plus" onPress={() => uses.append(emptyUse())}>
            {words.addUse}
          </Button>
          <p className="mt-1 text-note text-solid-gray-700">{words.addUseHelp}</p>
        </div>
      )}
    </>
  )
}

const useFirst: readonly FieldId[] = ['use-name', 'purpose', 'users-kind', 'information-class', 'human-judgement']

/** What tells a use apart and what it is judged by. */
function UseFirst({
  index,
  control,
  names,
}: Pick<Props, 'names'> & { control: Props['form']['control']; index: number }) {
  return (
    <div className="mb-6 flex flex-col gap-6">
      {useFirst.map((id) => (
        <FormField
          key={id}
          control={control}
          names={names}
          field={id}
          use={index}
          {...(id === 'use-name' ? { requirement: 'required' as const } : {})}
        />
      ))}
    </div>
  )
}
