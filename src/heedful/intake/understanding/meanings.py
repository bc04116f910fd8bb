"""Which words above a column mean what. One table, read from the top: the narrower words stand first."""

import re
from functools import lru_cache

from heedful.intake.understanding.text import fold

# A heading may mean several things ("From", "Who"): what stands in the column decides between them.
_TABLE: tuple[tuple[str, str], ...] = (
    ("action_owner+action_due", r".*(resp|owner|who|lead).*[/&,].*(when|due|date).*"),
    (
        "date_reported",
        r".*\b(aware)\b.*|(date|when|day) ?(was )?(rec'?d|received|reported|logged|"
        r"entered|notified|rep)\b.*"
        r"|reported (on|date)|date of report.*",
    ),
    (
        "date_raised",
        r".*(referral|referred|raised|safeguarding|s/?g|la|council|notif).*(> ?|\b)date.*|"
        r"date (raised|sent|referred).*",
    ),
    ("date_acknowledged", r"ack.*"),
    ("date_replied", r"(date of |date )?(final )?(repl(y|ied)|response).*"),
    ("outcome+date_closed", r".*(result|outcome).*date.*"),
    (
        "action_completed",
        r"(date )?(closed|completed|done|finished) ?(on|date)|date (closed|done|completed|"
        r"finished)",
    ),
    ("action_due", r"(by when|due|due (date|by)|deadline|target.*|review date|timescale.*)"),
    ("action_raised", r"(raised|date raised|date agreed|added)"),
    ("action_status", r"(done|completed|complete)\??|progress|rag"),
    ("action_owner", r"(owner|action owner|who by|resp.*|lead|assigned.*|by whom)"),
    ("date+time", r"date ?(/|and|&|\+|,)? ?time.*|when( did it happen)?\??|date & ?time.*"),
    (
        "date",
        r"(start |event |incident |accident |occurrence )?date( \(.*\))?|(date|"
        r"day) of (the )?(incident|accident|event|occ"
        r"urrence|fall|complaint|concern|near miss|alleged.*|injury|error|entry)( .*)?|"
        r"date (it )?(happened|occurred).*"
        r"|rec'?d|received|when|day",
    ),
    ("time_end", r"to|until|end( time)?|time (ended|to|finished)|finish(ed)?|end(ed)? at"),
    (
        "time",
        r"(approx\.? )?time( of.*| \(.*\)|\??| started| from)?|(incident|event|accident|start) time|from|"
        r"at what time|hour",
    ),
    ("complainant", r"from|complainant.*|complained by|received from|raised by|who complained.*"),
    ("channel", r"how|how received|method|channel|via"),
    ("service_or_location", r"(location|where|place|site)( of.*)?\??"),
    (
        "service",
        r"(branch|service|home|house|site|scheme|project|care home|office|team|setting|"
        r"premises|property|address|locality)"
        r"( name)?|name of (service|home|house)|which (home|house|service).*",
    ),
    ("location", r"(unit|room|rm|room no.*|location.*|where.*|place.*|area|floor|wing|ward)( of.*)?\.?"),
    (
        "reporter",
        r"(rep(orted)?|completed|logged|recorded|written|entered|raised|form) by.*|by|"
        r"rep by|reporter.*|staff( initials?| name"
        r"| member.*| on duty.*| involved)?|sig\.?(nature|ned)?( .*)?|author|staff\.?|"
        r"signed|reporting .*|person reporting.*",
    ),
    ("consent", r".*consent.*"),
    ("wishes", r".*(wishes|msp|making safeguarding personal).*"),
    (
        "person",
        r"(client|resident|service user|s\.?u\.?|tenant|customer|person|patient|"
        r"individual|young person|child)s?('s)?( name"
        r"| initials?| ?/.*| involved| affected| supported)?|who( was involved)?\??|name|"
        r"initials|name ?/ ?initials|about|adult at risk.*"
        r"|injured (person|party)|person (supported|affected).*|who was .*",
    ),
    ("antecedent", r"what (led|happened before|was happening).*|antecedents?.*|before|trigger.*|lead up.*"),
    ("lesson", r"less?ons?.*|learning.*|what we learn.*"),
    (
        "immediate_action",
        r"(immediate|initial) action.*|action(s)? taken.*|what (we|did (we|you|"
        r"staff)) d.*|after|consequence.*"
        r"|response|first aid.*|made safe.*|what was done.*|treatment.*",
    ),
    (
        "action",
        r"(further |follow ?-?up )?action(s)?( required| needed| agreed| plan)?|"
        r"what needs doing|to do|task|what|follow[- ]?up.*",
    ),
    ("subtype", r"sub[- ]?(category|type|cat).*|type of abuse.*|abuse (type|category).*|detail code"),
    (
        "kind",
        r"(type|kind|category|nature|class(ification)?|cause|cat|code)( ?of (incident|"
        r"accident|event|concern|complaint|issue|near miss))?"
        r"( ?/.*)?( code)?\.?|(incident|accident|event|complaint|concern) (type|category|"
        r"code|kind)|what kind.*|reason|issue",
    ),
    (
        "narrative",
        r"what happened.*|(brief )?(description|details?|summary|account|narrative|"
        r"circumstances|outline|information|synopsis|particulars)"
        r"( of .*)?|(incident|accident|event|complaint|concern) (details?|description|"
        r"summary)|complaint|concern|incident|"
        r"compliment|details|event|story|report|what was (said|seen).*|occurrence|"
        r"behaviou?r|nature of (incident|complaint).*",
    ),
    (
        "harm",
        r"(level|degree|extent) of (harm|injury).*|harm.*|injur(y|ies)\??( \(.*\)| level|"
        r" sustained.*)?|severity.*|hurt\??|impact.*|"
        r"actual harm.*|grade",
    ),
    ("level", r"level|risk( level| rating| score)?|rating|priority"),
    ("family_told", r".*(famil|fam\.|\bnok\b|next of kin|relative|parent|\bpoa\b).*"),
    ("gp_or_111", r".*(\bgp\b|\b111\b|doctor|\b999\b|ambulance|medical).*"),
    ("la_decision", r".*s\.?42.*|.*la (decision|outcome).*"),
    (
        "safeguarding_raised",
        r".*(safeguard|\bs/g\b|\bsg\b|\bsa1\b|\bsova\b|referral to la|referred to (la|"
        r"council|social)|\basc\b).*",
    ),
    ("cqc_notified", r".*(\bcqc\b|\bciw\b|notifiable|care inspectorate|riddor|\breg ?18\b).*"),
    ("police", r".*police.*"),
    ("outcome", r"outcome.*|upheld.*|result.*|finding.*|conclusion.*"),
    ("status", r"status|closed.*|resolved.*|open/?closed|manager('s)? comments?|state|signed off.*"),
    (
        "local_ref",
        r"(ref|reference|no|number|id|#|incident no|inc no|log no|form no|entry|case|"
        r"source|s/?n|item)"
        r"( ?no| ?number| ?id|erence)?\.?|.*\b(ref|reference)\b.*(no|number)?\.?",
    ),
    ("duration_minutes", r"(mins?|minutes|duration|length|how long).*"),
    ("restraint_type", r"hold|type of (hold|restraint).*"),
    ("attachment_link", r"body map|photo.*|attachment.*|link|document.*|form"),
    ("period", r"month|w/c|week.*|quarter|period|date|year"),
    ("measure", r"measure|metric|kpi"),
    ("ignore", r"month|year|quarter|mgr.*|manager.*|notes?|comments?|count|day of week|week( no)?"),
)
_COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in _TABLE)
MEANINGS = frozenset(meaning for meaning, _pattern in _TABLE) | {"date_other"}


# Headings that go on at length ("Full description of what happened and who was there") by the words in them.
_LOOSE: tuple[tuple[str, str], ...] = (
    ("date+time", r"^date (and|&|/) time"),
    (
        "date",
        r"^(date|day)\b(?!.*\b(birth|review|closed|due|sent|told|admission|admitted|"
        r"training|complet|sign|next)).*"
        r"\b(incident|accident|event|happen|occur|concern|fall)",
    ),
    ("time", r"^time\b.*(incident|accident|event|happen|occur)"),
    (
        "narrative",
        r"\b(descri(be|ption)|what happened|what (you )?(saw|heard)|(brief|full) (details|"
        r"account|summary)|details of)\b",
    ),
    (
        "reporter",
        r"\b(completed|reported|recorded|written|filled( in)?|logged|entered) by\b|"
        r"name of (staff|person (completing|reporting))",
    ),
    (
        "person",
        r"\b(service user|resident|client|tenant|person supported|"
        r"patient)('?s)?\b.*\b(name|initials|id)\b"
        r"|\bname(s)? of\b.*\b(service user|resident|client|tenant|person|patient)",
    ),
    ("immediate_action", r"\b(action|steps)\b.*\btaken\b|\bwhat did (you|staff|we) do\b"),
    (
        "kind",
        r"\b(type|category|nature|kind) of (incident|accident|event|concern|complaint)|"
        r"\b(incident|accident|event) (type|category)",
    ),
    ("service", r"\b(which|name of)( the)? (service|home|house|branch|scheme)\b"),
    (
        "harm",
        r"\b(level|degree|severity) of\b.*\b(harm|injury)|\bwas (anyone|the person) (hurt|"
        r"injured)",
    ),
)
_LOOSE_COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in _LOOSE)
_NO_EVENT_DATE = re.compile(
    r"(date of birth|d\.?o\.?b\.?|birth ?day|date of (admission|discharge|training)|"
    r"(next )?review( date)?|age)"
)
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")


@lru_cache(maxsize=4096)
def meanings(header: str) -> tuple[str, ...]:
    """What a heading can mean, the likeliest first. A grouped heading is written “Group > part”."""
    whole = fold(header).strip(" :*.")
    if _NO_EVENT_DATE.fullmatch(whole):
        return ("ignore",)
    parts = [whole] if ">" not in whole else [whole, whole.rsplit(">", 1)[1].strip()]
    parts += [bare for part in parts if (bare := _BRACKETS.sub(" ", part).strip(" :*.?")) and bare != part]
    found = [meaning for part in parts for meaning, pattern in _COMPILED if pattern.fullmatch(part)]
    found += [meaning for meaning, pattern in _LOOSE_COMPILED if pattern.search(parts[-1])]
    return tuple(dict.fromkeys(found))
