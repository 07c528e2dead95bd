import { contextBridge, ipcRenderer } from 'electron';
import type { Transport } from '#shared/client.ts';
import { noAnswer } from '#electron/server/no-answer.ts';
import { callChannel, pushChannel } from './shell/ipc-channels.ts';

/** All the page gets of the privileged side: it calls by name, main decides. No Electron object crosses over. */
const transport: Transport = {
  call: async (channel, input) => {
    try {
      return (await ipcRenderer.invoke(callChannel, { channel, input })) as unknown;
    } catch {
      return noAnswer;
    }
  },
  on: (push, listener) => {
    const heard = (_event: unknown, name: unknown, value: unknown) => {
      if (name === push) listener(value);
    };
    ipcRenderer.on(pushChannel, heard);
    return () => {
      ipcRenderer.off(pushChannel, heard);
    };
  },
};

contextBridge.exposeInMainWorld('mortise', transport);
