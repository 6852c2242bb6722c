import type { register as source } from '#web/texts/ja/register.ts'

import { conflict, registerForm, similar } from './register-form.ts'
import { bulk, refusals, registerList } from './register-list.ts'
import { models, notReported, system } from './register-system.ts'

export const register: typeof source = {
  title: 'AI register',
  list: registerList,
  bulk,
  refusals,
  form: registerForm,
  similar,
  conflict,
  system,
  models,
  notReported,
}
