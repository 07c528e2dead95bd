/**
 * Puts text on the clipboard. The window grants no permissions, so the asynchronous clipboard may refuse; then the
 * selection of `element` is copied, which a click may do without one. Answers whether it worked.
 */
export async function copyText(text: string, element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(element);
  }
}

function copySelection(element: HTMLElement): boolean {
  const selection = window.getSelection();
  if (!selection) return false;
  selection.selectAllChildren(element);
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  }
}
