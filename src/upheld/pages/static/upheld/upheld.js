// Keys, the once-a-minute refresh, and one polite voice. Every page works without it.
(() => {
  const root = document.documentElement, main = document.getElementById("main"), voice = document.getElementById("aloud");
  root.dataset.script = "";
  // Whoever is signed in is told times of other zones in their own too.
  const zone = document.querySelector("[action$=sign-out]") && Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `zone=${zone};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;

  const say = (words) => { if (voice && words && voice.textContent !== words) voice.textContent = words; };
  // What somebody began to write, choose or attach is never swept away by a refresh.
  const isTouched = (field) => {
    if (field.checked !== field.defaultChecked) return true;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    return field.value !== ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value;
  };
  const isTyping = (place) => place && /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName);

  // A clause carries its first words where it is cited first; the other places borrow them.
  const lendHint = (event) => {
    const cite = event.target.closest?.("a.cite:not([data-hint])");
    const first = cite && document.querySelector(`a.cite[data-hint][href="${CSS.escape(cite.getAttribute("href"))}"]`);
    if (first) cite.dataset.hint = first.dataset.hint;
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, lendHint);

  // A form that was not accepted: its summary takes the focus.
  document.getElementById("problems")?.focus();

  // Once a minute the page is asked for again; what is open stays open, and only a crossing is spoken.
  const LOST = "upheld-lost";
  const showLost = () => {
    if (document.getElementById(LOST) || !main) return;
    const line = document.createElement("p"), link = document.createElement("a");
    line.id = LOST; line.className = "note degraded"; line.setAttribute("role", "alert");
    const seen = document.querySelector(".asof time, footer time");
    line.textContent = `These figures are from ${seen ? seen.textContent : "before"}; the connection is lost. `;
    link.href = location.href; link.textContent = "Load again";
    line.append(link); main.prepend(line);
  };
  const refresh = async () => {
    if (document.hidden || isTyping(document.activeElement) || document.querySelector("dialog[open], #problems")) return;
    let fresh;
    try {
      const answer = await fetch(location.href, { headers: { "X-Refresh": "1" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return showLost(); }
    const next = fresh.getElementById("main");
    if (!next) return showLost();
    const [part, nextPart] = [main.querySelector("[data-live-part]"), next.querySelector("[data-live-part]")];
    if ([...main.querySelectorAll("textarea, input:not([type=hidden]), select")].some(isTouched)) {
      if (part && nextPart && !part.querySelector("details[open]")) part.innerHTML = nextPart.innerHTML;
      return;
    }
    const open = [...main.querySelectorAll("details")].map((each) => each.open);
    const focused = [...main.querySelectorAll("a, button, summary")].indexOf(document.activeElement);
    const crossed = next.dataset.crossing !== main.dataset.crossing;
    const fetched = main.querySelector("details[hx-get][open]");
    if (fetched && !crossed) return;
    main.innerHTML = next.innerHTML; main.dataset.crossing = next.dataset.crossing; document.title = fresh.title;
    [...main.querySelectorAll("details")].forEach((each, place) => { if (open[place]) each.open = true; });
    if (focused >= 0) main.querySelectorAll("a, button, summary")[focused]?.focus({ preventScroll: true });
    for (const part of [".nav ul", ".asof > span", "footer", ".sprite"]) {
      const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
      if (old && now) old.innerHTML = now.innerHTML;
    }
    window.htmx?.process(main);
    if (crossed) say(main.querySelector("h1")?.textContent);
  };
  if (main?.hasAttribute("data-live")) setInterval(refresh, 60000);

  // The verdict while one types: its sentence is spoken, and follows the reader on a phone.
  document.addEventListener("htmx:afterSwap", (event) => {
    const words = event.target.id === "verdict" && document.getElementById("verdict-words")?.textContent.trim();
    if (!words) return;
    say(words);
    const stick = document.getElementById("stick");
    if (stick) {
      stick.textContent = `${words}. See why`;
      stick.classList.toggle("up", Boolean(event.target.querySelector(".plan.up:first-child")));
    }
  });
  document.addEventListener("click", (event) => {
    const use = event.target.closest?.("button[name=use]");
    const form = use && document.getElementById("plan");
    if (!form) return;
    event.preventDefault();
    const [starts, ends] = use.value.split("|");
    form.elements.starts.value = starts; form.elements.ends.value = ends;
    form.elements.ends.dispatchEvent(new Event("input", { bubbles: true }));
    form.elements.starts.focus();
  });

  // Keys. A cookie turns them off.
  const areOff = () => /(?:^|; )keys=off/.test(document.cookie);
  let went = 0;
  const rows = () => [...document.querySelectorAll("#main tbody tr, #main .risk, #main .list > li")].filter((row) => row.querySelector("a"));
  const move = (step) => {
    const all = rows(), here = all.findIndex((row) => row.contains(document.activeElement));
    all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + step))]?.querySelector("a").focus();
  };
  const showKeys = () => {
    const box = document.createElement("dialog"), list = document.createElement("dl"), off = document.createElement("button");
    const named = [...document.querySelectorAll(".nav a[data-key]")].map((each) => [`g ${each.dataset.key}`, each.firstChild.textContent]);
    for (const [key, words] of [...named, ["j, k", "next row, row before"], ["w", "open the why"], ["?", "these keys"]]) {
      const [term, said] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = key; said.textContent = words; list.append(term, said);
    }
    list.className = "kv";
    off.className = "btn gap"; off.textContent = areOff() ? "Turn single keys on" : "Turn single keys off";
    off.onclick = () => { document.cookie = `keys=${areOff() ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`; box.close(); };
    box.setAttribute("aria-label", "Keys"); box.append(list, off); box.onclose = () => box.remove();
    document.body.append(box); box.showModal();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") return showKeys();
    if (areOff()) return;
    const goes = Date.now() - went < 1500 && document.querySelector(`.nav a[data-key="${CSS.escape(event.key)}"]`);
    went = event.key === "g" ? Date.now() : 0;
    if (goes) return goes.click();
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
    if (event.key === "w") {
      const row = rows().find((each) => each.contains(document.activeElement)) || document.getElementById("main");
      const why = row.querySelector("details.why");
      if (why) { why.open = !why.open; why.querySelector("summary").focus(); }
    }
  });
})();
