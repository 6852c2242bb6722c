import { conflict, registerForm, similar } from './register-form.ts'
import { bulk, refusals, registerList } from './register-list.ts'
import { models, notReported, system } from './register-system.ts'

export const register = {
  title: 'AI台帳',
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
