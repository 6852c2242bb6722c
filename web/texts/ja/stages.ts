export const stages = {
  title: '次へ進むために',
}
