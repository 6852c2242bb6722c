import { type FormEvent, useState } from 'react'
import { type FieldErrors, get, type Resolver, set, useForm } from 'react-hook-form'

import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'

import { type FormFault, formFaults, type FormValues } from './form-values.ts'

/** The words of a fault: the same at the field and in the summary. */
export function useFaultWords(): (fault: FormFault) => string {
  const t = useTexts()
  const f = useFormat()
  const words = t.register.form.errors
  return ({ field, code, params }) => {
    const label = field === undefined ? '' : t.fields.labels[field]
    switch (code) {
      case 'required':
      case 'useName':
        return words.required(label)
      case 'useNameTwice':
        return words.useNameTwice
      case 'tooLong':
        return words.tooLong(label, params['max'] ?? '')
      case 'endBeforeStart':
        return words.endBeforeStart(f.date(params['start'] ?? ''))
      case 'newBecause':
        return words.newBecause
      case 'notANumber':
      case 'date':
      case 'choice':
      case 'waived':
      case 'other':
        return words.at(label, words[code])
    }
  }
}

/** The form with the checks of `#register/model.ts`; after each attempt the faults in the order of the page. */
export function useSystemForm(first: FormValues, joining: boolean) {
  const faultWords = useFaultWords()
  const [attempt, setAttempt] = useState(0)
  const [faults, setFaults] = useState<readonly FormFault[]>([])
  const resolver: Resolver<FormValues> = (values) => {
    const found = formFaults(values, { needsBecause: false, joining })
    if (found.length === 0) return { values, errors: {} }
    const errors: FieldErrors<FormValues> = {}
    for (const fault of found) set(errors, fault.path, { type: fault.code, message: faultWords(fault) })
    return { values: {}, errors }
  }
  const form = useForm<FormValues>({
    defaultValues: first,
    resolver,
    reValidateMode: 'onChange',
    shouldFocusError: false,
  })
  const { errors: open } = form.formState
  /** @param needsBecause similar uses are shown, so a reason is asked for */
  const submit = (send: (values: FormValues) => void, needsBecause = false) => {
    const check = () => {
      const found = formFaults(form.getValues(), { needsBecause, joining })
      setFaults(found)
      const because = found.find(({ code }) => code === 'newBecause')
      if (because) form.setError('newBecause', { type: because.code, message: faultWords(because) })
      if (found.length > 0) setAttempt((n) => n + 1)
      return found.length === 0
    }
    const handle = form.handleSubmit((values) => {
      if (check()) send(values)
    }, check)
    return (e: FormEvent) => void handle(e)
  }
  return {
    form,
    submit,
    attempt,
    // What has been put right since leaves the summary.
    faults: faults
      .filter(({ path }) => get(open, path) !== undefined)
      .map((fault) => ({ id: fault.path, words: faultWords(fault), field: fault.field })),
  }
}
