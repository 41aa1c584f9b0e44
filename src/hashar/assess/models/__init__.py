"""What this step keeps in the database: findings and where they come from; never answers of pupils."""

from hashar.assess.models.releases import Finding, Release, ReleaseSource
from hashar.assess.models.series import Observation, RejectedRow, Series, SeriesImport
from hashar.assess.models.surveys import CodebookVersion, Survey, SurveyFile

__all__ = [
    "CodebookVersion",
    "Finding",
    "Observation",
    "RejectedRow",
    "Release",
    "ReleaseSource",
    "Series",
    "SeriesImport",
    "Survey",
    "SurveyFile",
]
