"""Every field of every table has a privacy class, and keys between tables point down the house or sideways."""

import pytest
from django.apps import apps
from django.db import models

from hashar.privacy import Privacy

INTERNAL, PERSONAL, SECRET = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SECRET
COMPONENTS = {  # tables that come with components: allauth, sessions, content types, rights
    "account.EmailAddress": {"id": INTERNAL, "user": PERSONAL, "email": PERSONAL, "verified": PERSONAL}
    | {"primary": PERSONAL},
    "account.EmailConfirmation": {"id": INTERNAL, "email_address": PERSONAL, "created": INTERNAL, "sent": INTERNAL}
    | {"key": SECRET},
    "mfa.Authenticator": {"id": INTERNAL, "user": PERSONAL, "type": PERSONAL, "data": SECRET}
    | {"created_at": PERSONAL, "last_used_at": PERSONAL},
    "usersessions.UserSession": {"id": INTERNAL, "user": PERSONAL, "created_at": PERSONAL, "ip": PERSONAL}
    | {"last_seen_at": PERSONAL, "session_key": SECRET, "user_agent": PERSONAL, "data": PERSONAL},
    "socialaccount.SocialApp": {"id": INTERNAL, "provider": INTERNAL, "provider_id": INTERNAL, "name": INTERNAL}
    | {"client_id": INTERNAL, "secret": SECRET, "key": SECRET, "settings": INTERNAL},
    "socialaccount.SocialAccount": {"id": INTERNAL, "user": PERSONAL, "provider": PERSONAL, "uid": PERSONAL}
    | {"last_login": PERSONAL, "date_joined": PERSONAL, "extra_data": PERSONAL},
    "socialaccount.SocialToken": {"id": INTERNAL, "app": INTERNAL, "account": PERSONAL, "token": SECRET}
    | {"token_secret": SECRET, "expires_at": INTERNAL},
    "sessions.Session": {"session_key": SECRET, "session_data": SECRET, "expire_date": INTERNAL},
    "contenttypes.ContentType": {"id": INTERNAL, "app_label": INTERNAL, "model": INTERNAL},
    "auth.Permission": {"id": INTERNAL, "name": INTERNAL, "content_type": INTERNAL, "codename": INTERNAL},
    "auth.Group": {"id": INTERNAL, "name": INTERNAL, "permissions": INTERNAL},
    "auth.Group_permissions": {"id": INTERNAL, "group": INTERNAL, "permission": INTERNAL},
}
FLOORS = (
    {"places", "people", "reference", "runs"},
    {"assess", "organise", "voices", "exchange"},
    {"plan"},
    {"implement"},
    {"evaluate"},
)


def every_model():
    return apps.get_models(include_auto_created=True)


def ours():
    return [model for model in every_model() if model.__module__.startswith("hashar.")]


def stored(model):
    return {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}


def label(model):
    return model._meta.label


@pytest.mark.parametrize("model", every_model(), ids=label)
def test_every_field_has_a_privacy_class(model):
    classes = getattr(model, "PRIVACY", None) or COMPONENTS[label(model)]
    assert set(classes) == stored(model)
    assert all(isinstance(kind, Privacy) for kind in classes.values())


def test_the_table_of_components_names_no_table_that_is_not_there():
    assert set(COMPONENTS) <= {label(model) for model in every_model()}


@pytest.mark.parametrize("model", ours(), ids=label)
def test_who_a_row_points_to_is_personal(model):
    """A key to a person says something about them: it is theirs to be exported, and never internal or public."""
    from hashar.people.models import Person

    keys = [f.name for f in model._meta.local_fields if f.is_relation and f.related_model is Person]
    assert {name for name in keys if model.PRIVACY[name] is not Privacy.PERSONAL} == set()


@pytest.mark.parametrize("model", list(apps.get_app_config("people").get_models()), ids=label)
def test_digests_and_passwords_of_people_are_secret(model):
    words = ("digest", "password", "secret", "token")
    suspects = [name for name in stored(model) if any(word in name for word in words)]
    assert {name for name in suspects if model.PRIVACY[name] is not Privacy.SECRET} == set()


def floor(model):
    return next(number for number, apps_there in enumerate(FLOORS) if model._meta.app_label in apps_there)


@pytest.mark.parametrize("model", ours(), ids=label)
def test_keys_point_down_the_house_or_sideways_on_the_ground_floor(model):
    for field in model._meta.local_fields:
        target = field.related_model if isinstance(field, models.ForeignKey) else None
        if target is None or not target.__module__.startswith("hashar."):
            continue
        inside = target._meta.app_label == model._meta.app_label
        below = floor(target) < floor(model)
        assert inside or below or floor(target) == floor(model) == 0, field
