"""Addresses of logic models and targets."""

from django.urls import path

from hashar.web.views import logic_models, model_parts, targets

MODEL = "<int:model>/"
PART = f"{MODEL}parts/<int:at>/"

urlpatterns = [
    path("targets/", targets.targets, name="targets"),
    path("logic-models/", logic_models.models, name="logic_models"),
    path("logic-models/new/", logic_models.begin, name="logic_model_new"),
    path(f"logic-models/{MODEL}", logic_models.model, name="logic_model"),
    path(f"logic-models/{MODEL}text/", logic_models.text, name="logic_model_text"),
    path(f"logic-models/{MODEL}model.yaml", logic_models.export, name="logic_model_yaml"),
    path(f"logic-models/{MODEL}share/", logic_models.share, name="logic_model_share"),
    path(f"logic-models/{MODEL}files/<slug:edition>/<slug:kind>/", logic_models.document, name="logic_model_document"),
    path(f"logic-models/{MODEL}answer/", targets.answer, name="logic_model_answer"),
    path(f"logic-models/{MODEL}parts/new/<slug:element>/", model_parts.add, name="logic_model_add"),
    path(f"logic-models/{PART}", model_parts.change, name="logic_model_part"),
    path(f"logic-models/{PART}remove/", model_parts.remove, name="logic_model_remove"),
    path(f"logic-models/{PART}baseline/", model_parts.baseline, name="logic_model_baseline"),
]
