import type { ReactNode, RefObject } from 'react';

interface ScrollRegionProps {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly content?: RefObject<HTMLDivElement | null>;
}

/** Content that scrolls within itself: it takes the focus, because otherwise the keyboard could not scroll it. */
export function ScrollRegion({ label, className, children, content }: ScrollRegionProps) {
  const reachable = { role: 'group', tabIndex: 0, 'aria-label': label };
  return (
    <div className={className} {...reachable} {...(content ? { ref: content } : {})}>
      {children}
    </div>
  );
}
