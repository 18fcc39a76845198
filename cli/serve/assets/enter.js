// The token stands behind "#" in the address, which a browser sends to nobody: it is taken out of the address and given by the form.
"use strict";
(() => {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  const form = document.getElementById("enter");
  form.elements.token.value = token;
  form.requestSubmit();
})();
