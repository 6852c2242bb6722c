export const staffRules = {
  title: '使うときの決まり',
}
