// What the pages do beyond plain HTML. Each works without this file: it saves
// steps, it adds no ability. No evaluated code, no inline style: the content
// security policy forbids both.
'use strict';

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, handle) => document.addEventListener(type, handle);

// ---- The palette: one box that finds everything

const palette = one('#palette');

function openPalette(event) {
  if (!palette || palette.open) return;
  event.preventDefault();
  palette.showModal();
  one('input', palette).select();
}

function walkPalette(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [one('input', palette), ...all('.hits a', palette)];
  if (step) {
    event.preventDefault();
    const at = stops.indexOf(document.activeElement);
    stops[(at + step + stops.length) % stops.length].focus();
  } else if (event.key === 'Enter' && event.target === stops[0] && stops[1]) {
    event.preventDefault();
    stops[1].click();
  }
}

palette?.addEventListener('keydown', walkPalette);
palette?.addEventListener('click', e => e.target === palette && palette.close());

// ---- Keys

on('keydown', e => {
  const command = e.ctrlKey || e.metaKey;
  if (command && e.key.toLowerCase() === 'k') openPalette(e);
  else if (command && e.key === 'Enter') e.target.closest('form')?.requestSubmit();
  else if (e.key === 'Escape') closeMenus();
});

// ---- Menus and dialogs

function closeMenus(except) {
  for (const menu of all('details.menu[open]')) {
    if (menu.contains(except)) continue;
    if (menu.contains(document.activeElement)) one('summary', menu).focus();
    menu.open = false;
  }
}

on('click', e => {
  closeMenus(e.target);
  if (e.target.closest('[data-palette]') && !e.ctrlKey && !e.metaKey) openPalette(e);
  const opener = e.target.closest('[data-dialog]');
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (e.target.closest('[data-print]')) print();
});

// ---- Asking before an action

on('submit', e => {
  const form = e.target, button = e.submitter, dialog = one('#confirm');
  if (!button?.dataset.confirm || form.elements.confirmed) return;
  e.preventDefault();
  one('[data-confirm-text]', dialog).textContent = button.dataset.confirm;
  dialog.returnValue = '';
  dialog.onclose = () => {
    if (dialog.returnValue !== 'yes') return;
    const answer = document.createElement('input');
    Object.assign(answer, { type: 'hidden', name: 'confirmed', value: '1' });
    form.append(answer);
    form.requestSubmit(button);
  };
  dialog.showModal();
});

// ---- Drafts: what is typed reaches the server within a second

const drafts = new Map(); // form identifier → { timer, busy, again, stale }

const draftOf = form => drafts.get(form.id) ?? drafts.set(form.id, {}).get(form.id);
const mirrorOf = form => `draft ${location.pathname} ${form.id}`;

// typed leaves out what must not be kept: passwords and files.
function typed(form) {
  const kept = [...new FormData(form)].filter(([name, value]) =>
    typeof value === 'string' && form.elements[name]?.type !== 'password');
  return new URLSearchParams(kept);
}

function saveSoon(form, delay) {
  const draft = draftOf(form);
  clearTimeout(draft.timer);
  if (!draft.stale) draft.timer = setTimeout(saveDraft, delay, form);
}

async function saveDraft(form) {
  const draft = draftOf(form);
  draft.again = draft.busy;
  if (draft.busy) return;
  draft.busy = true;
  const body = typed(form);
  try {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body, redirect: 'manual' });
    await heardDraft(form, draft, answer, String(body));
  } catch {
    draftFailed(form);
  }
  draft.busy = false;
  if (draft.again) saveSoon(form, 0);
}

async function heardDraft(form, draft, answer, sent) {
  const session = one('#session');
  if (answer.ok) {
    if (sent === String(typed(form))) sessionStorage.removeItem(mirrorOf(form));
    const version = answer.headers.get('X-Version');
    if (version && form.elements.version) form.elements.version.value = version;
    session?.close();
    tell(form, await answer.text());
  } else if (answer.status === 409) {
    draft.stale = true;
    tell(form, await answer.text(), true);
    const latest = { href: location.href, target: '_blank', rel: 'noopener', textContent: form.dataset.draftStale };
    one('[data-draft-status]', form).append(' ', Object.assign(document.createElement('a'), latest));
  } else if (answer.status === 401 || answer.type === 'opaqueredirect') {
    tell(form, form.dataset.draftFailed, true);
    if (session && !session.open) session.showModal();
  } else {
    draftFailed(form);
  }
}

function draftFailed(form) {
  tell(form, form.dataset.draftFailed, true);
  saveSoon(form, 10_000);
}

function tell(form, text, failed = false) {
  const status = one('[data-draft-status]', form);
  status.textContent = text;
  status.toggleAttribute('data-failed', failed);
}

// restore brings back what this tab had not saved when the page was left, with
// the version it was written upon: the server tells if somebody saved since.
function restore(form) {
  const mirror = sessionStorage.getItem(mirrorOf(form));
  if (!mirror) return;
  const values = new URLSearchParams(mirror);
  for (const box of form.elements) {
    if (!box.name || ['password', 'file', 'submit'].includes(box.type)) continue;
    if (['checkbox', 'radio'].includes(box.type)) box.checked = values.getAll(box.name).includes(box.value);
    else if (values.has(box.name)) box.value = values.get(box.name);
  }
  saveSoon(form, 0);
}

function saveUnsaved() {
  for (const form of all('form[data-draft]')) {
    if (sessionStorage.getItem(mirrorOf(form))) saveSoon(form, 0);
  }
}

on('input', e => {
  const form = e.target.closest('form[data-draft]');
  if (!form) return;
  sessionStorage.setItem(mirrorOf(form), typed(form));
  saveSoon(form, 700);
});
on('submit', e => {
  if (e.defaultPrevented || !e.target.matches('[data-draft]')) return;
  clearTimeout(draftOf(e.target).timer);
  sessionStorage.removeItem(mirrorOf(e.target));
});
addEventListener('online', saveUnsaved);
addEventListener('focus', saveUnsaved); // Back from signing in again in another tab.
all('form[data-draft]').forEach(restore);

// ---- Lists: tick every row

on('change', e => {
  const { tickAll } = e.target.dataset;
  if (!tickAll) return;
  for (const box of document.getElementById(tickAll).elements) {
    if (box.type === 'checkbox') box.checked = e.target.checked;
  }
});

// ---- Boards: [data-drag] dropped on [data-drop] sends the form that
// data-drop-form names, with the two values as "drag" and "drop"

const dropOf = e => e.target.closest('[data-drop]');

on('dragstart', e => {
  const dragged = e.target.closest('[data-drag]');
  if (dragged) e.dataTransfer.setData('text/plain', dragged.dataset.drag);
});
on('dragover', e => {
  if (!dropOf(e)) return;
  e.preventDefault();
  dropOf(e).toggleAttribute('data-over', true);
});
on('dragleave', e => dropOf(e)?.removeAttribute('data-over'));
on('drop', e => {
  const place = dropOf(e);
  if (!place) return;
  e.preventDefault();
  place.removeAttribute('data-over');
  const form = document.getElementById(place.closest('[data-drop-form]').dataset.dropForm);
  form.elements.drag.value = e.dataTransfer.getData('text/plain');
  form.elements.drop.value = place.dataset.drop;
  form.requestSubmit();
});

// ---- Messages that pass: eight seconds, and never while they are being read

function pass(toast) {
  if (toast.matches(':hover, :focus-within')) setTimeout(pass, 2_000, toast);
  else toast.remove();
}

all('[data-passing]').forEach(toast => setTimeout(pass, 8_000, toast));
