import './zod-without-eval.ts';
import { RendererProvider, createDOMRenderer } from '@fluentui/react-components';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '#shared/client.ts';
import type { Transport } from '#shared/client.ts';
import { App } from './app.tsx';
import { takeMarkedPlace } from './store/marked-place.ts';
import { createSession } from './store/session.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the window, or by the preview host's page. */
    readonly mortise: Transport;
  }
}

// Browsers hide the nonce from the attribute once the page is parsed; the property keeps it.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
const root = document.getElementById('root');
if (!root) throw new Error('The page has no element for the app.');

createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={renderer} targetDocument={document}>
      <App session={createSession(createClient(window.mortise), takeMarkedPlace())} />
    </RendererProvider>
  </StrictMode>,
);
