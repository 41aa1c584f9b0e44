"""Whether the microdata that the database knows are in the data folder, for those who run the installation."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from hashar.assess.contracts.surveys import DamagedFile
from hashar.assess.models import SurveyFile
from hashar.assess.services.surveys import store


def damaged_files(*, thorough: bool) -> Sequence[DamagedFile]:
    """Files that are missing or are not what was uploaded; empty when all is well.

    Parameters
    ----------
    thorough
        Read every byte and compare fingerprints; else only sizes are compared.

    """
    found = []
    for row in SurveyFile.objects.filter(removed_at__isnull=True).order_by("pk").iterator():
        path = store().home(row.survey_id, row.sha256) / row.name
        if not path.is_file():
            found.append(DamagedFile(survey=row.survey_id, file=row.pk, name=row.name, missing=True))
        elif path.stat().st_size != row.size or (thorough and _digest(path) != row.sha256):
            found.append(DamagedFile(survey=row.survey_id, file=row.pk, name=row.name, missing=False))
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
