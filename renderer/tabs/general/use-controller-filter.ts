import { useMemo, useState } from 'react';
import type { Controller } from '#shared/snapshot.ts';

export const controllerChoices = [
  'all',
  'attention',
  'bound',
  'new',
  'changed',
  'missing',
  'unregistered',
  'asleep',
  'unsupported',
] as const;
export type ControllerChoice = (typeof controllerChoices)[number];

const matches: { readonly [C in ControllerChoice]: (controller: Controller) => boolean } = {
  all: () => true,
  attention: ({ state }) => state === 'new' || state === 'changed' || state === 'missing',
  bound: ({ state }) => state === 'bound',
  new: ({ state }) => state === 'new',
  changed: ({ state }) => state === 'changed',
  missing: ({ state }) => state === 'missing',
  unregistered: ({ state }) => state === 'unregistered',
  asleep: ({ asleep }) => asleep,
  unsupported: ({ supported }) => !supported,
};

export interface ControllerFilterState {
  readonly words: string;
  readonly choice: ControllerChoice;
  readonly matching: readonly Controller[];
  readonly setWords: (words: string) => void;
  readonly setChoice: (choice: ControllerChoice) => void;
}

/** Every word that is typed must occur in the controller's name, serial, address or model. */
export function useControllerFilter(listed: readonly Controller[]): ControllerFilterState {
  const [words, setWords] = useState('');
  const [choice, setChoice] = useState<ControllerChoice>('all');
  const matching = useMemo(() => {
    const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
    return listed.filter((controller) => {
      const { name, serial, address, model } = controller;
      const text = `${name} ${serial} ${address} ${model}`.toLowerCase();
      return matches[choice](controller) && wanted.every((word) => text.includes(word));
    });
  }, [listed, words, choice]);
  return { words, choice, matching, setWords, setChoice };
}
