/** How far older messages are fetched, in words, piece by piece. `now` is an argument, so that every form can be tested. */
import type { FetchingView } from '../api/bindings/FetchingView';
import { dateFormat } from '../format/intl';
import { daysBetween } from '../format/time';
import { m } from '.';
import { language } from './language.svelte';

/** Up to so many days back a day is said, before that a month. */
const DAYS_SAID = 45;

/** A day, a month, or a month of another year: what a person would say. */
export function reachText(at: string, now: Date, locale: string): string {
  const date = new Date(at);
  if (daysBetween(date, now) <= DAYS_SAID) return dateFormat(locale, { day: 'numeric', month: 'long' }).format(date);
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { month: 'long', ...year }).format(date);
}

/** How much of how much. */
export function loadedText({ loaded, remaining }: FetchingView): string {
  return loaded === null ? m.fetching_left({ count: remaining }) : m.fetching_loaded({ loaded, total: loaded + remaining });
}

/** Everything there is to say, the most important first. */
export function fetchingTexts(fetching: FetchingView, now: Date): string[] {
  const { reaches_to, paused, metered, minutes_left } = fetching;
  return [
    loadedText(fetching),
    ...(reaches_to === null ? [] : [m.fetching_reaches({ until: reachText(reaches_to, now, language.tag) })]),
    ...(paused ? [m.fetching_paused()] : metered ? [m.fetching_metered()] : minutes_left === null ? [] : [m.fetching_minutes({ count: minutes_left })]),
  ];
}
