import { makeStaticStyles, tokens } from '@fluentui/react-components';

/** The page around the app. The text size follows the system's: everything scales with the zoom, nothing is cut. */
export const usePageStyles = makeStaticStyles({
  'html, body, #root': { height: '100%', margin: 0 },
  body: { overflowX: 'hidden' },
  'h1, h2, h3, h4, p, dl, dd, ol, ul, pre, figure': { margin: 0, padding: 0 },
  output: { display: 'block' },
  'ol, ul': { listStyle: 'none' },
  summary: { cursor: 'pointer' },
  // What Fluent draws has a focus ring of its own.
  'summary:focus-visible, a:focus-visible, h2:focus-visible, main:focus-visible, [role="group"]:focus-visible': {
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: '2px',
  },
});
