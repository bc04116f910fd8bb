// Passkeys: the browser's own window makes or shows one, and the answer goes with the form. Nothing else needs this.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

function readOptions({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = withBytes(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = withBytes(options.allowCredentials);
  return { publicKey: options };
}

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function optionsOf(form) {
  if (form.dataset.passkey !== "sign-in") return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

async function useKey(form) {
  const options = readOptions(await optionsOf(form));
  const ask = form.dataset.passkey === "create" ? navigator.credentials.create(options) : navigator.credentials.get(options);
  form.elements.credential.value = asJson(await ask);
  form.submit();
}

// A passkey is bound to a name: at a bare number address the browser has none.
const named = !/^(\d+\.){3}\d+$|^\[/.test(location.hostname);
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !(window.PublicKeyCredential && window.isSecureContext && named);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    useKey(form).catch(() => {
      problem.hidden = false;
    });
  });
}
