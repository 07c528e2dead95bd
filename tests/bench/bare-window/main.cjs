// The least that a window can be: what a start is measured against.
const { app, BrowserWindow } = require('electron');

async function open() {
  await app.whenReady();
  await new BrowserWindow({ width: 1100, height: 800 }).loadURL('data:text/html,<p id="bare">bare</p>');
}

app.on('window-all-closed', () => app.quit());
void open();
