  // ---- facts

  // Each kind of fact with its fields, from docs/reference/facts.md: a text, or i instant, n whole number, b true or false,
  // m money, l list of texts; with one question mark it may be left out, with two it may be null as well.
  const COMMON = "id agreement occurred_at:i recorded_at:i source";
  const KINDS = {
    "access-asked/1": "who what person? purpose? ticket? until_at:i?? given:l?",
    "access-used/1": "who what person? purpose? ticket? until_at:i?? given:l? ended_at:i??",
    "agreement-signed/1": "document version customer source_digest terms_digest calendars_digest verifier_key",
    "answer-waived/1": "ticket message because by",
    "backup-taken/1": "backup kind properties:l? bytes:n? is_good:b? point_at:i?? evidence?",
    "backup-tested/1": "backup is_good:b by",
    "call-received/1": "call ticket? by?",
    "cause-approved/1": "assignment by",
    "cause-assigned/1": "outage from_at:i to_at:i cause evidence by note? software? supplier?",
    "charge-approved/1": "work by",
    "check-compared/1": "check subject required:l found:l",
    "claim-appealed/1": "claim by because",
    "claim-decided/1": "claim granted:b by because",
    "claim-filed/1": "claim credit outage channel details:l? ticket? outages:l? period_from_at:i?? aware_at:i?? eligible_at:i??",
    "claim-supported/1": "claim facts:l digests:l",
    "clock-stepped/1": "by:n",
    "coverage-declared/1": "from_at:i to_at:i evidence",
    "credit-applied/1": "credit amount:m claim?",
    "credit-corrected/1": "credit subject period_from_at:i amount:m by approved_by because",
    "credit-decided/1": "credit period_from_at:i granted:b by because",
    "disaster-declared/1": "outage by",
    "drill-run/1": "drill from_at:i restored_at:i point_at:i?? declared_at:i?? by?",
    "duty-asked/1": "request duty because due_at:i?? ticket?",
    "duty-done/1": "duty request? by? evidence?",
    "end-requested/1": "by ends_at:i??",
    "event-happened/1": "event name",
    "fact-corrected/1": "corrects because by approved_by?",
    "fault-identified/1": "ticket by",
    "high-load-declared/1": "from_at:i to_at:i by queue:n?",
    "hold-closed/1": "ticket hold because?",
    "hold-opened/1": "ticket hold waiting_for? cause? evidence? until_at:i?? by?",
    "information-completed/1": "ticket",
    "instruction-received/1": "instruction by what?",
    "invoice-credited/1": "note invoice amount:m because approved_by",
    "invoice-issued/1": "invoice amount:m due_at:i",
    "invoice-paid/1": "invoice",
    "level-measured/1": "figure component from_at:i to_at:i level",
    "message-sent/1": "ticket message author is_public:b? says:l? by?",
    "not-measured/1": "component from_at:i to_at:i because",
    "notice-given/1": "window to by delivery?",
    "notice-sent/1": "notice about to by states:l?",
    "observations-sealed/1": "component from_at:i to_at:i every:n good:n bad:n unseen:n digest",
    "outage-closed/1": "outage last_bad_at:i first_good_at:i",
    "outage-opened/1": "outage component first_bad_at:i last_good_at:i?? because? resource?",
    "parameter-set/1": "name value from_at:i zone:l?",
    "payment-received/1": "payment invoice amount:m",
    "person-erased/1": "person",
    "person-named/1": "role person channel? confirmed_at:i??",
    "plan-signed-off/1": "plan by",
    "plan-started/1": "plan?",
    "plan-step-done/1": "plan step by?",
    "priority-set/1": "ticket priority by side? because?",
    "quote-accepted/1": "quote by",
    "quote-given/1": "quote charge amount:m by",
    "recovery-point-used/1": "outage point_at:i by?",
    "requests-counted/1": "component from_at:i to_at:i total:n failed:n kind? response_time:n?? bytes:n??",
    "resource-ended/1": "resource",
    "resource-started/1": "resource kind",
    "restore-done/1": "restore kind asked_at:i deleted_by? ticket? backup?",
    "review-held/1": "next_on?",
    "right-used/1": "right by note?",
    "session-held/1": "plan",
    "share-affected/1": "outage from_at:i to_at:i hit:n all:n",
    "statement-issued/1": "statement period_from_at:i period_to_at:i as_of:i digest follows?",
    "switch-turned/1": "switch on:b side by?",
    "task-timed/1": "measure started_at:i done_at:i??",
    "ticket-merged/1": "ticket into by",
    "ticket-opened/1": "ticket channel outage? topic? priority? urgent:b? impact? urgency? opened_by? received_at:i?? split_from? told:l?",
    "ticket-reopened/1": "ticket by because?",
    "ticket-resolved/1": "ticket by because?",
    "topic-set/1": "ticket topic by",
    "vendor-notice-received/1": "window vendor",
    "version-published/1": "version effective_on",
    "volume-measured/1": "charge name bytes:n",
    "window-approved/1": "window party by",
    "window-cancelled/1": "window because",
    "window-ended/1": "window",
    "window-planned/1": "window kind from_at:i to_at:i reason?",
    "window-refused/1": "window party by because",
    "window-started/1": "window",
    "work-logged/1": "work charge from_at:i lasted:n? count:n? request? topic? deleted_by? restore? responsible? erroneous:b? quote? by?",
    "work-started/1": "ticket by",
  };

  const LOWEST = -62135596800000000n, HIGHEST = 253402300799999999n;

  // Microseconds since 1970, from ISO 8601 with Z or an offset.
  function readInstant(text) {
    const found = typeof text === "string" && /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/.exec(text);
    if (!found) return null;
    const [, day, clock, second = "00", fraction = "", sign, hours, minutes] = found, whole = `${day}T${clock}:${second}`;
    const millis = Date.parse(`${whole}Z`);
    // There and back, because some engines take the 30th of February for the 2nd of March.
    if (Number.isNaN(millis) || day < "0001" || new Date(millis).toISOString().slice(0, 19) !== whole) return null;
    const ahead = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
    const micros = BigInt(millis) * 1000n + BigInt(fraction.padEnd(6, "0")) - BigInt(ahead) * 60000000n;
    return micros < LOWEST || micros > HIGHEST ? null : micros;
  }

  function writeInstant(micros) {
    const part = (micros % 1000000n + 1000000n) % 1000000n;
    return `${new Date(Number((micros - part) / 1000n)).toISOString().slice(0, 19)}.${String(part).padStart(6, "0")}Z`;
  }

  const isText = (value) => typeof value === "string";
  const FITS = {
    "": isText,
    "i": (value) => readInstant(value) !== null,
    "n": (value) => typeof value === "number",
    "b": (value) => typeof value === "boolean",
    "m": (value) => isText(value) && value.length <= 100 && /^[A-Z]{3} -?\d+(\.\d+)?$/.test(value),
    "l": (value) => Array.isArray(value) && value.every(isText),
  };

  function fieldsOf(kind) {
    return `${COMMON} ${KINDS[kind]}`.trim().split(" ").map((written) => {
      const [, name, sort = "", optional] = /^(\w+)(?::(\w))?(\?{0,2})$/.exec(written);
      return { name, sort, isOptional: optional !== "", isNullable: optional === "??" };
    });
  }

  const shapes = new Map();

  function shapeOf(kind) {
    if (!shapes.has(kind)) {
      const fields = fieldsOf(kind);
      shapes.set(kind, { fields, known: new Set(["type", ...fields.map((field) => field.name)]) });
    }
    return shapes.get(kind);
  }

  function readFact(line) {
    const written = readCanonical(line);
    if (!isObject(written)) refuse("a fact is one JSON object a line");
    const kind = written.type;
    if (!isText(kind) || !has(KINDS, kind)) refuse(`${show(kind)} is no known type of fact`);
    const { fields, known } = shapeOf(kind);
    const strange = Object.keys(written).find((name) => !known.has(name));
    if (strange !== undefined) refuse(`${strange} is not a field of ${kind}`);
    for (const { name, sort, isOptional, isNullable } of fields) {
      if (!has(written, name)) {
        if (!isOptional) refuse(`${name} is missing; ${kind} needs it`);
      } else if (!(isNullable && written[name] === null) && !FITS[sort](written[name])) refuse(`${name}: ${show(written[name])} does not fit`);
    }
    return { ...written, occurred: readInstant(written.occurred_at), recorded: readInstant(written.recorded_at) };
  }

