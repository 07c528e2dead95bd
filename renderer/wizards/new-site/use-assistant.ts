import { useScreen } from '../../components/session-context.tsx';
import type { Assistant } from '../../store/assistant-state.ts';

/** The open assistant; its parts are drawn only while there is one. */
export function useAssistant(): Assistant {
  const assistant = useScreen((state) => state.assistant);
  if (assistant === null) throw new Error('A part of the assistant was drawn without one.');
  return assistant;
}
