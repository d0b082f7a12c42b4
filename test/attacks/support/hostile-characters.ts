/** Characters that show as nothing, or as something else than they are. Unicode 16: Default_Ignorable_Code_Point, Bidi_Control. */

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

export const BIDI: readonly number[] = [
  0x061c,
  ...range(0x200e, 0x200f),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
];
export const ZERO_WIDTH: readonly number[] = [
  ...[0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5],
  ...range(0x180b, 0x180f),
  ...range(0x200b, 0x200d),
  ...range(0x2060, 0x2065),
  ...range(0x206a, 0x206f),
  ...[0x3164, 0xfeff, 0xffa0],
  ...range(0xfe00, 0xfe0f),
];
export const TAGS: readonly number[] = range(0xe0000, 0xe007f);

/** Cyrillic, Greek and fullwidth letters and digits that look like an ASCII one. */
export const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у', h: 'һ', d: 'ԁ', k: 'κ' },
  ...{
    A: 'А',
    B: 'В',
    C: 'С',
    E: 'Е',
    H: 'Н',
    I: 'І',
    K: 'К',
    M: 'М',
    O: 'О',
    P: 'Р',
    S: 'Ѕ',
    T: 'Т',
    X: 'Х',
  },
  ...{ '0': '０', '1': '１', '2': '２', '3': '３', '5': '５', '9': '９', '-': '‐', ' ': '\u00a0', ':': '：' },
};
