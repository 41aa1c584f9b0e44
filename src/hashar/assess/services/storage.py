"""Whether the microdata that the database knows are in the data folder, for those who run the installation."""

from collections.abc import Sequence

from hashar.assess.contracts.surveys import DamagedFile
from hashar.assess.models import SurveyFile
from hashar.assess.services.surveys import store
from hashar.assess.sources.files import sha256_of


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
        elif path.stat().st_size != row.size or (thorough and sha256_of(path) != row.sha256):
            found.append(DamagedFile(survey=row.survey_id, file=row.pk, name=row.name, missing=False))
    return found
