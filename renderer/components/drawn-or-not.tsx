import { Button } from '@fluentui/react-components';
import { Component, useState } from 'react';
import type { ReactNode } from 'react';
import { Callout } from './callout.tsx';
import { useText } from './session-context.tsx';

/** Keeps a defect in one part of the screen from leaving an empty window. React knows no such thing but a class. */
class Boundary extends Component<
  { readonly children: ReactNode; readonly instead: ReactNode },
  { readonly broken: boolean }
> {
  override readonly state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}

/** Draws its content, or says that it could not and offers to try again. */
export function DrawnOrNot({ children }: { readonly children: ReactNode }) {
  const { drawn } = useText().shell;
  const [attempt, setAttempt] = useState(0);
  const instead = (
    <Callout
      tone="danger"
      live="alert"
      title={drawn.title}
      next={drawn.next}
      actions={<Button onClick={() => setAttempt(attempt + 1)}>{drawn.again}</Button>}
    >
      {drawn.sentence}{' '}
    </Callout>
  );
  return (
    <Boundary key={attempt} instead={instead}>
      {children}
    </Boundary>
  );
}
