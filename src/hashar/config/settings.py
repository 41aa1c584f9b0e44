"""One settings module for every installation; what differs comes from the environment (docs/reference/settings.md)."""

import os

from hashar.config.environment import (
    data_folder,
    database,
    flag,
    log_level,
    number,
    openid_connect,
    secret_key,
    time_zone,
    words,
)
from hashar.i18n import LANGUAGE_NAMES

DATA = data_folder()
SECRET_KEY = secret_key(DATA)
SECRET_KEY_FALLBACKS = words("HASHAR_SECRET_KEY_FALLBACKS", "")
"""Former keys: what they signed or sealed is still good, nothing new is made with them."""
DEBUG = False
ALLOWED_HOSTS = words("HASHAR_HOSTS", "localhost,127.0.0.1,[::1]")
TLS = flag("HASHAR_TLS")
"""The site is reached over https (a proxy in front speaks TLS): secure cookies, HSTS, redirect."""
PROXIES = number("HASHAR_PROXIES", 1 if TLS else 0)
"""How many proxies of ours stand in front; what they say of the client is believed, what others say is not."""
DEMONSTRATION = flag("HASHAR_DEMONSTRATION")
"""The site holds sample data: every page says so, and the sign-in page shows the accounts."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "hashar.places",
    "hashar.reference",
    "hashar.people",
    "hashar.runs",
    "hashar.assess",
    "hashar.exchange",
    "hashar.plan",
    "hashar.implement",
    "hashar.evaluate",
    "hashar.web",
    "hashar.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # weak networks; its random padding keeps the length from telling secrets
    "hashar.web.middleware.ContentSecurityPolicy",
    "hashar.web.middleware.Freshness",
    "hashar.web.middleware.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "hashar.web.language.LanguageChoice",
    "hashar.web.middleware.Acting",
    "hashar.web.doors.SignedIn",
    "hashar.web.middleware.Refusals",
]

ROOT_URLCONF = "hashar.config.urls"
WSGI_APPLICATION = "hashar.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "hashar.web.templates.environment",
            "context_processors": ["hashar.web.templates.page_context"],
        },
    },
    {  # allauth's mails and messages
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # shared by all processes: the rate limits count in it
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "hashar.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/5m/ip,5/5m/key", "code": "20/m/ip,100/h/ip"}
ACCOUNT_FORMS = {
    "login": "hashar.web.forms.account.LoginForm",
    "reauthenticate": "hashar.web.forms.account.ReauthenticateForm",
    "change_password": "hashar.web.forms.account.ChangePasswordForm",
    "set_password": "hashar.web.forms.account.SetPasswordForm",
}
MFA_ADAPTER = "hashar.web.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hashar"
MFA_FORMS = {
    "authenticate": "hashar.web.forms.account.AuthenticateForm",
    "reauthenticate": "hashar.web.forms.account.ReauthenticateCodeForm",
    "activate_totp": "hashar.web.forms.account.ActivateTotpForm",
    "add_webauthn": "hashar.web.forms.account.AddPasskeyForm",
    "login_webauthn": "hashar.web.forms.account.LoginPasskeyForm",
    "authenticate_webauthn": "hashar.web.forms.account.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "hashar.web.forms.account.ReauthenticatePasskeyForm",
    "edit_webauthn": "hashar.web.forms.account.EditPasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "hashar.web.accounts.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_connect()}}
HASHAR_REQUIRE_SECOND_FACTOR = flag("HASHAR_REQUIRE_SECOND_FACTOR", default=not DEMONSTRATION)
"""Coordinators, analysts and operators act as readers until they have set up a second factor."""

LANGUAGE_CODE = "en"
LANGUAGES = list(LANGUAGE_NAMES.items())
USE_I18N = True
USE_TZ = True
TIME_ZONE = time_zone("HASHAR_TIME_ZONE", "Asia/Almaty")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False  # a file that was not gathered is missing; it is no reason to fail the page
FILE_UPLOAD_TEMP_DIR = str(DATA)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["hashar.config.bodies.UploadedFiles"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # forms of progress come back in one go
UPLOAD_LIMIT = number("HASHAR_UPLOAD_LIMIT_MB", 300) * 1_000_000
"""Largest request body in bytes; larger ones are refused before they are read."""

API_REQUESTS_A_MINUTE = number("HASHAR_API_LIMIT", 600)
"""Calls of the API that one token, or one signed-in person, may make in a minute."""
API_REFUSALS_A_MINUTE = 60
"""Calls without a valid token from one address before the rest of the minute is refused: tokens cannot be guessed."""

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hashar.web.views.refusals.forged"
CSRF_TRUSTED_ORIGINS = words("HASHAR_ORIGINS")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if TLS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if os.environ.get("HASHAR_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["HASHAR_MAIL_HOST"]
    EMAIL_PORT = number("HASHAR_MAIL_PORT", 587)
    EMAIL_HOST_USER = os.environ.get("HASHAR_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("HASHAR_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
    EMAIL_TIMEOUT = 10
    DEFAULT_FROM_EMAIL = os.environ.get("HASHAR_MAIL_FROM", "hashar@localhost")

LOGGING = {  # no request bodies, no names, no addresses: a line says what failed and where in the program
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "hashar.config.logs.Plain", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "filters": {"foreseen": {"()": "hashar.config.logs.Foreseen"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["foreseen"]}},
    "root": {"handlers": ["console"], "level": log_level("HASHAR_LOG_LEVEL")},
}
