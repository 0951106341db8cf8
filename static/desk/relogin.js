// A log-in that has run out: the password is asked for over the form, and the save goes on with what is typed.

const form = document.getElementById("day");
const dialog = document.getElementById("relogin");
const login = dialog.querySelector("form");
const fault = dialog.querySelector(".fault");
const TRUSTED = 60_000; // milliseconds after an answer in which nobody has been logged out
let answered = Date.now();
let pressed = null;

/** Who is logged in, and the token forms need; null when the server does not answer. */
async function session() {
  const answer = await fetch(form.dataset.session).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function goOn({ csrf }) {
  form.elements.csrfmiddlewaretoken.value = csrf;
  answered = Date.now();
  form.requestSubmit(pressed);
}

async function beforeSubmit(event) {
  if (event.target !== form || Date.now() - answered < TRUSTED) return;
  event.preventDefault();
  event.stopPropagation();
  pressed = event.submitter;
  const now = await session();
  if (!now || now.user) {
    goOn(now ?? { csrf: form.elements.csrfmiddlewaretoken.value });
    return;
  }
  login.elements.csrfmiddlewaretoken.value = now.csrf;
  fault.textContent = "";
  dialog.showModal();
}

async function onLogin(event) {
  event.preventDefault();
  if (event.submitter?.value === "cancel") {
    dialog.close();
    return;
  }
  const answer = await fetch(login.action, { method: "POST", body: new FormData(login) }).catch(() => null);
  // Whoever got in was led there; whoever did not sees the log-in once more.
  const there = answer && new URL(answer.url).pathname === form.dataset.session;
  const now = there ? await answer.json() : null;
  if (!now?.user) {
    fault.textContent = answer ? "That is not the password. Try it again." : "The server does not answer. Try it again.";
    login.elements.password.select();
    return;
  }
  dialog.close();
  goOn(now);
}

// Before all others, which take a submit for one that leaves.
document.addEventListener("submit", beforeSubmit, true);
document.addEventListener("desk:answered", () => {
  answered = Date.now();
});
login.addEventListener("submit", onLogin);
