// Whether the password is being asked for over the form. Until the new token is in the form too, the server takes
// no post of it: whoever wants to ask by itself waits.

const dialog = document.getElementById("relogin");

export const isLoggedOut = () => Boolean(dialog?.open);
