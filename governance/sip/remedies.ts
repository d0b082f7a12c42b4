import bs58 from 'bs58';
import type { Field } from '../actions/field.ts';
import { nearest } from './findings.ts';
import { plainDecimal, type YamlValue } from './yaml-value.ts';

/** Code and remedy for a refused value, by the kind of form field it belongs to. */
export interface Remedy {
  readonly code: string;
  readonly help: string;
}

export function remedyFor(field: Field | undefined, found: YamlValue | undefined): Remedy {
  switch (field?.kind) {
    case 'address':
      return addressRemedy(field, found);
    case 'amount':
      return amountRemedy(found);
    case 'time':
      return {
        code: 'time-invalid',
        help: `Write UTC as 2026-12-15T00:00:00Z${field.orNone ? ', or none' : ''}.`,
      };
    case 'choice': {
      const meant = typeof found === 'string' ? nearest(found, field.choices) : undefined;
      return {
        code: 'choice-unknown',
        help: meant === undefined ? `Write one of ${field.choices.join(', ')}.` : `Did you mean "${meant}"?`,
      };
    }
    case 'whole':
      return typeof found === 'number'
        ? { code: 'number-range', help: `Write a whole number from ${field.min} to ${field.max}.` }
        : {
            code: 'number-form',
            help: `Write a whole number from ${field.min} to ${field.max}, without quotes.`,
          };
    case 'flag':
      return {
        code: 'flag-invalid',
        help: field.optional ? 'Write true, or leave the line out.' : 'Write true or false, without quotes.',
      };
    case 'list':
      return { code: 'list-invalid', help: `${field.help} Write one entry for each "- ".` };
    case 'text':
      return {
        code: 'text-invalid',
        help:
          typeof found === 'number'
            ? `Put it in quotes: "${found}".`
            : `${field.help} At most ${field.maxLength} characters.`,
      };
    default:
      return {
        code: 'field-invalid',
        help: 'Compare with the example of this action in governance/actions.',
      };
  }
}

function addressRemedy(field: Field & { kind: 'address' }, found: YamlValue | undefined): Remedy {
  if (typeof found !== 'string') return { code: 'address-not-canonical', help: 'Put the address in quotes.' };
  const foreign = /[^1-9A-HJ-NP-Za-km-z]/.exec(found)?.[0];
  const none = field.orNone ? ' "none" is written in lower case.' : '';
  if (foreign !== undefined) {
    const why = /[0OIl]/.test(foreign) ? ' (it leaves out 0, O, I and l, which look alike)' : '';
    return {
      code: 'address-not-canonical',
      help: `Base58 has no "${foreign}"${why}; copy the address again from an explorer.${none}`,
    };
  }
  // Decoding takes time quadratic in the length; no address is longer.
  const bytes = found.length <= 64 ? bs58.decodeUnsafe(found)?.length : undefined;
  if (bytes !== 32) {
    const count = bytes === undefined ? `${found.length} characters` : `${bytes} bytes`;
    return {
      code: 'address-not-canonical',
      help: `This has ${count}; an address has 32 bytes, so characters are missing or added. Copy it again.${none}`,
    };
  }
  return { code: 'address-not-allowed', help: `Take another address. ${field.help}` };
}

function amountRemedy(found: YamlValue | undefined): Remedy {
  const example = 'whole tokens in quotes such as "250000" or "0.5", or unlimited';
  if (typeof found === 'number') return { code: 'amount-invalid', help: `Put it in quotes: "${found}".` };
  if (typeof found !== 'string') return { code: 'amount-invalid', help: `Write ${example}.` };
  if (/^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(found)) {
    return {
      code: 'amount-precision',
      help: 'Round it to as many fraction digits as the mint has decimals, and keep it below 2^64 base units.',
    };
  }
  const plain = plainDecimal(found.replaceAll(' ', ''))
    ?.replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^0+(?=\d)/, '');
  return {
    code: 'amount-invalid',
    help: plain === undefined ? `Write ${example}.` : `Write "${plain}".`,
  };
}
