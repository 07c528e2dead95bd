import { FakeMain } from '#tests/component/fake-client.ts';
import { rotationProgress } from '#tests/component/sample/rotations.ts';
import { scenes } from './scenes.ts';

declare global {
  interface Window {
    /** The fake main of this page, for what a scene does after it has opened. */
    fakeMain: FakeMain;
    /** Progress to push to it. */
    rotationProgress: typeof rotationProgress;
  }
}

/** The real page on a fake main: the scene's name is the address's fragment. */
const scene = scenes[location.hash.slice(1)];
if (!scene) throw new Error('There is no such scene.');
window.fakeMain = new FakeMain(scene.snapshot(), scene.answers);
window.rotationProgress = rotationProgress;
Object.assign(window, { mortise: window.fakeMain.transport() });
await import('#renderer/main.tsx');
