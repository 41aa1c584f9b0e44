"""A survey on the site: made through the services, with the made-up survey of ``small_survey``."""

import io
from dataclasses import dataclass
from pathlib import Path

from tests.assess import small_survey
from tests.people.cast import NOW


def csv(wave=2022, columns=None):
    """The made-up survey as bytes of a CSV file."""
    columns = small_survey.rows(seed=wave, wave=wave) if columns is None else columns
    lines = [",".join(columns), *(",".join(str(v) for v in row) for row in zip(*columns.values(), strict=True))]
    return ("\n".join(lines) + "\n").encode()


@dataclass
class Survey:
    """A survey of Almaty centre."""

    cast: object
    id: int
    folder: Path

    def upload(self, name="survey_2022.csv", content=None, by="analyst", now=NOW):
        from hashar.assess.services.surveys import add_file

        content = csv() if content is None else content
        return add_file(actor=self.cast.actor(by), survey=self.id, name=name, content=io.BytesIO(content), now=now)

    def save(self, text=small_survey.CODEBOOK, based_on=0, by="analyst", now=NOW):
        from hashar.assess.services.codebook_versions import save_codebook

        return save_codebook(actor=self.cast.actor(by), survey=self.id, text=text, based_on=based_on, now=now)

    def ask(self, file, earlier=(), by=None, who="analyst", now=NOW):
        from hashar.assess.services.releases import ask_profile

        return ask_profile(actor=self.cast.actor(who), survey=self.id, file=file, earlier=earlier, by=by, now=now)

    def release(self, now=NOW):
        """Upload, save, ask, work: the id of a draft release of 2022 against 2020."""
        from hashar.runs.queries import run
        from hashar.runs.services import work_once

        files = self.detail().files
        if not files:
            self.upload("survey_2020.csv", csv(2020))
            self.upload()
            self.save()
            files = self.detail().files
        ids = {file.wave: file.id for file in files}
        asked = self.ask(ids["2022"], [ids["2020"]])
        while run(asked.id).state == "queued":
            assert work_once(clock=lambda: now)
        done = run(asked.id)
        assert done.state == "done", done
        return done.result["release"]

    def share(self, release, now=NOW):
        from hashar.assess.services.releases import share

        share(actor=self.cast.actor("coordinator"), release=release, now=now)

    def detail(self, by="analyst"):
        from hashar.assess.queries.surveys import survey

        return survey(self.cast.actor(by), self.id)

    def kept(self):
        """Every file in the data folder."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


def make_survey(cast, folder, title="Almaty 2022", now=NOW):
    from hashar.assess.services.surveys import create_survey

    made = create_survey(
        actor=cast.actor("coordinator"), organisation=cast.centre, title=title, territory=None, now=now
    )
    return Survey(cast, made, folder)
