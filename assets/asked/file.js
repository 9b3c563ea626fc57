/* A long file, fetched so that its menu tells how far it is, then handed to the browser to be saved. */
const KEPT = 16e6; // bytes held as pieces; more are put together, which browsers keep outside the page's memory

export class Refused extends Error {}

export async function download(href, signal, far) {
  const answer = await fetch(href, { signal });
  if (!answer.ok) throw new Refused(await answer.json().then((said) => said.error, () => ""));
  const type = answer.headers.get("Content-Type"), reader = answer.body.getReader();
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
  let whole = new Blob([], { type }), pieces = [], held = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (!done) { pieces.push(value); held += value.length; far(whole.size + held); }
    if (done || held > KEPT) { whole = new Blob([whole, ...pieces], { type }); pieces = []; held = 0; }
    if (done) break;
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(whole) });
  link.download = name ? name[1] : "";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return whole.size;
}
