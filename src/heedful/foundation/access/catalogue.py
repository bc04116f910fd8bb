"""Tables that hold no organisation's case data, each with the reason why it is outside row-level security."""

GLOBAL_TABLES: dict[str, str] = {
    "django_migrations": "Which migrations ran.",
    "django_content_type": "Names of models.",
    "django_session": "Digests of random keys; sealed: an account id and the chosen organisation, no case data.",
    "auth_permission": "Django's own; Heedful's permissions are in access/permissions.py.",
    "auth_group": "Django's own; empty.",
    "auth_group_permissions": "Django's own; empty.",
    "people_account": "Sign-in only: one account may act in several organisations. No case data.",
    "people_account_groups": "Django's own; empty.",
    "people_account_user_permissions": "Django's own; empty.",
    "people_directory": "Which account may act where. The app role cannot read it; one reviewed function can.",
    "people_code": "Which organisation has which code. The app role cannot read it; one reviewed function can.",
    "account_emailaddress": "Sign-in addresses of accounts.",
    "account_emailconfirmation": "Pending confirmations of sign-in addresses.",
    "mfa_authenticator": "Second factors of accounts, sealed with a key outside the database.",
    "usersessions_usersession": "Where an account is signed in.",
    "axes_accessattempt": "Failed sign-ins by account and network; no case data.",
    "axes_accessattemptexpiration": "When a failed sign-in is forgotten.",
    "axes_accessfailurelog": "Failed sign-ins.",
    "axes_accesslog": "Sign-ins.",
    "procrastinate_events": "Times and states of jobs; ids only.",
    "procrastinate_periodic_defers": "When the schedule last ran; no organisation's data.",
    "procrastinate_workers": "Worker heartbeats.",
    "pghistory_context": "Empty: a change's context is kept in its history row. The app role has no rights here.",
    "access_installation": "Whether this database is a demonstration, and when a backup was last restored.",
}
# Under a tenant policy that binds the app role and not the owner, each with its reason.
UNFORCED_TABLES: dict[str, str] = {
    "search_document": "heedful_search() reads it with the owner's rights and applies the tenant itself, first: under a"
    " policy a text match cannot use its index.",
}
# Jobs carry ids only, and are under a policy of their own: see protection.py.
JOB_TABLE = "procrastinate_jobs"
