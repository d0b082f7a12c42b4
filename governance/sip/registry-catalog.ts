import { ACTIONS } from '../actions/registry.ts';
import { catalogOf } from './catalog.ts';

/** The actions this product knows. */
export const REGISTRY = catalogOf(ACTIONS);
