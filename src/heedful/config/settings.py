"""Django's settings, all from the one typed class in `env`. Nothing here reads the environment by itself."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from heedful.config import env

ENV = env.load()
HERE = Path(__file__).resolve().parents[1]

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = ENV.allowed_hosts
ROOT_URLCONF = "heedful.config.urls"
WSGI_APPLICATION = "heedful.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
APPEND_SLASH = True

HEEDFUL_LEDGER_KEY = ENV.ledger_key_bytes
HEEDFUL_SEALING_KEYS = ENV.sealing_keys
HEEDFUL_ANCHOR_FILE = ENV.anchors
HEEDFUL_DATA_DIR = ENV.data_dir
HEEDFUL_BASE_URL = ENV.base_url
HEEDFUL_DEMO = ENV.demo
HEEDFUL_VIEWER_LOADER = "heedful.foundation.people.viewers.viewer_for"
HEEDFUL_SECOND_FACTOR = "heedful.foundation.people.viewers.second_factor_done"
HEEDFUL_ACCOUNT_URL = "/account/"
HEEDFUL_TRUSTED_PROXY_COUNT = ENV.trusted_proxy_count
HEEDFUL_HEALTH = "heedful.hosting.health.health"
HEEDFUL_BACKUP_STATUS = "heedful.hosting.backups.status"
HEEDFUL_NAVIGATION = "heedful.config.navigation.navigation"
HEEDFUL_HELD_ELSEWHERE = "heedful.config.holding.held_elsewhere"
HEEDFUL_NAMES_OF = "heedful.config.leaving.NAMES_OF"
HEEDFUL_FILE_SUBJECTS = "heedful.config.attachments.SUBJECTS"
HEEDFUL_NOTICE_WORDS = "heedful.config.notices.WORDS"

ROOMS = [
    "heedful.foundation.access",
    "heedful.foundation.ledger",
    "heedful.foundation.people",
    "heedful.foundation.search",
    "heedful.foundation.files",
    "heedful.foundation.notices",
    "heedful.foundation.exits",
    "heedful.foundation.ui",
    "heedful.loop.incidents",
    "heedful.loop.reporting",
    "heedful.loop.duties",
    "heedful.loop.measures",
    "heedful.loop.reviews",
    "heedful.loop.actions",
    "heedful.loop.effects",
    "heedful.loop.audits",
    "heedful.loop.feedback",
    "heedful.intake",
    "heedful.oversight.today",
    "heedful.oversight.casefile",
    "heedful.oversight.themes",
    "heedful.oversight.governance",
    "heedful.demo",
    "heedful.config",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    # First, so that they stand on static files and on every error as well.
    "heedful.config.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "heedful.config.middleware.session_limits",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE.joinpath(*room.split(".")[1:], "templates") for room in ROOMS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "heedful.foundation.ui.jinja.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    },
    {
        # Only for the libraries' own mail texts; every page of ours, allauth's too, is Jinja.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": env.django_database(ENV.database_url)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if ENV.process == "worker":
    # The worker takes jobs of every organisation; see access/protection.py. The empty organisation is there because
    # the planner evaluates both halves of that policy; on an organisation's table it is an error, as it should be.
    DATABASES["default"]["OPTIONS"]["options"] += " -c heedful.worker=on -c heedful.organisation_id="

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [HERE / "locale"]
# Offered is what the sentences are written in, and what they were translated to: half a translation helps nobody.
LANGUAGES = [("en-gb", _("English"))]
if (LOCALE_PATHS[0] / "cy" / "LC_MESSAGES" / "django.mo").is_file():
    LANGUAGES.append(("cy", _("Welsh")))
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
STATICFILES_DIRS = [HERE / "foundation" / "ui" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "heedful.foundation.people.accounts.OrganisationCodeBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
    }.items()
]
ACCOUNT_ADAPTER = "heedful.foundation.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
_FORMS = "heedful.foundation.people.sign_in."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignIn",
    "reauthenticate": _FORMS + "PasswordAgain",
    "change_password": _FORMS + "ChangePassword",
}
ACCOUNT_SESSION_REMEMBER = False
# Lock-outs are axes' work: one home is one network, so nothing may lock a network out.
ACCOUNT_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Heedful"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 20
MFA_FORMS = {
    "authenticate": _FORMS + "SecondFactor",
    "reauthenticate": _FORMS + "CodeAgain",
    "deactivate_totp": _FORMS + "TakeOffApp",
    "generate_recovery_codes": _FORMS + "NewCard",
    "add_webauthn": _FORMS + "AddPasskey",
    "edit_webauthn": _FORMS + "NamePasskey",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.secure_cookies
MFA_RATE_LIMITS = False
MFA_ADAPTER = "heedful.foundation.people.accounts.FactorAdapter"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "heedful.foundation.people.accounts.locked_out"
AXES_CLIENT_IP_CALLABLE = "heedful.foundation.people.accounts.network_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_ENGINE = "heedful.foundation.people.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "heedful_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.secure_cookies
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "heedful.config.errors.forbidden"
CSRF_TRUSTED_ORIGINS = [ENV.base_url]
HEEDFUL_IDLE_MINUTES = 15
HEEDFUL_SHARED_PHONE_IDLE_MINUTES = 5
HEEDFUL_SESSION_HOURS = 12

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if ENV.secure_cookies else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.secure_cookies
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with every form, and none could be told from a foreign one.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxy_count else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "heedful.foundation.files.limits.DropTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

_MAIL = ENV.mail
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = ENV.from_email
EMAIL_TIMEOUT = 20
if _MAIL:
    EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.implicit_tls

PROCRASTINATE_ON_APP_READY = None
# The daily or monthly run that no worker was there for is made up for, once, when one starts.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": timedelta(days=32).total_seconds()}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "heedful.config.logs.Formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"procrastinate": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
