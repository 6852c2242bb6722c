export const desk = {
  title: '相談',
}
