"""What the processes of the fault tests do: each part is run by an interpreter of its own on a site of its own."""

MAKE = """
import datetime as dt, io, json
import django; django.setup()
from hashar.operations.preparing import prepare
from hashar.people.contracts import CONSOLE, Role
from hashar.people.services.accounts import make_account
from hashar.people.services.memberships import add_member
from hashar.people.services.organisations import create_organisation
from hashar.people.queries import actor_of
from hashar.assess.services.surveys import add_file, create_survey
from hashar.assess.services.codebook_versions import save_codebook
from hashar.assess.services.releases import ask_profile
from hashar.assess.queries.surveys import survey as survey_of
from tests.assess.site import csv
from tests.assess.small_survey import CODEBOOK
now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
prepare(now=now)
home = create_organisation(
    actor=CONSOLE, name="Centre", kind="ngo", sector="health", level="country", territory=None, now=now
)
people = []
for login in ("ann", "ben"):
    people.append(make_account(actor=CONSOLE, login=login, name=login, password="seven calm rivers", now=now))
    for role in (Role.COORDINATOR, Role.ANALYST):
        add_member(actor=CONSOLE, organisation=home, person=people[-1], role=role, now=now)
ann = actor_of(people[0])
survey = create_survey(actor=ann, organisation=home, title="2022", territory=None, now=now)
for wave in (2020, 2022):
    add_file(actor=ann, survey=survey, name=f"survey_{wave}.csv", content=io.BytesIO(csv(wave)), now=now)
save_codebook(actor=ann, survey=survey, text=CODEBOOK, based_on=0, now=now)
files = {file.wave: file.id for file in survey_of(ann, survey).files}
run = ask_profile(actor=ann, survey=survey, file=files["2022"], earlier=[files["2020"]], now=now)
print(json.dumps({"people": people, "survey": survey, "run": run.id}))
"""

START = """
import datetime as dt, json, os, signal, sys, threading
import django; django.setup()
from django.db import connection
from hashar.people.queries import actor_of
from hashar.runs import services
now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
later = now + dt.timedelta(minutes=5)
"""

WORK = (
    START
    + """
print(services.work_once(clock=lambda: later))
"""
)

DIE = (
    START
    + """
from hashar.assess import tasks
where = sys.argv[1]

def dying(run, progress):
    def told(step, done, steps):
        progress(step, done, steps)
        if step == where:
            os.kill(os.getpid(), signal.SIGKILL)
    return tasks.profile(run, told)

def watch(execute, sql, params, many, context):
    if sql.startswith(where):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

services.register("profile", dying)
with connection.execute_wrapper(watch):
    services.work_once(clock=lambda: now)
print("survived")
"""
)

STATE = (
    START
    + """
from hashar.assess.models import CodebookVersion, Finding, Release, ReleaseSource, SurveyFile
from hashar.runs.models import Run
print(json.dumps({
    "releases": Release.objects.count(),
    "findings": Finding.objects.count(),
    "sources": ReleaseSource.objects.count(),
    "files": SurveyFile.objects.count(),
    "versions": list(CodebookVersion.objects.order_by("number").values_list("number", "text")),
    "runs": list(Run.objects.order_by("pk").values_list("state", "attempt", "message")),
}))
"""
)

FULL = (
    START
    + """
import resource
limit = int(sys.argv[1])
def full(run, progress):
    from hashar.assess import tasks
    def told(step, done, steps):
        progress(step, done, steps)
        if done == steps and steps > 3:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return tasks.profile(run, told)
services.register("profile", full)
try:
    print(services.work_once(clock=lambda: now))
except Exception as error:
    print(type(error).__name__)
"""
)

UPLOAD_FULL = (
    START
    + """
import io, resource
from hashar.assess.services.surveys import add_file
from hashar.errors import HasharError
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
content = b"id,a\\n" + b"1,2\\n" * 200_000
try:
    actor, content = actor_of(int(sys.argv[1])), io.BytesIO(content)
    add_file(actor=actor, survey=int(sys.argv[2]), name="full.csv", content=content, now=now)
except HasharError as error:
    print(type(error).__name__, error)
"""
)

TOGETHER = (
    START
    + """
import io
from django.db import connections
from hashar.errors import HasharError
COUNT = 6
line, told = threading.Barrier(COUNT), []

def one(at):
    line.wait()
    try:
        told.append(do(at))
    except HasharError as error:
        told.append(type(error).__name__)
    finally:
        connections.close_all()

def all_at_once():
    threads = [threading.Thread(target=one, args=(at,)) for at in range(COUNT)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(json.dumps(sorted(told, key=str)))
"""
)

SAVE_TOGETHER = (
    TOGETHER
    + """
from hashar.assess.services.codebook_versions import save_codebook
people, survey = json.loads(sys.argv[1]), int(sys.argv[2])
actors = [actor_of(person) for person in people]

def do(at):
    return save_codebook(actor=actors[at % 2], survey=survey, text=f"title: number {at}\\n", based_on=1, now=now).number

all_at_once()
"""
)

CLAIM_TOGETHER = (
    TOGETHER
    + """
from hashar.runs.models import Run
first = Run.objects.get()
for subject in ("survey:8", "survey:9"):
    same = {"organisation_id": first.organisation_id, "asked_by_id": first.asked_by_id}
    Run.objects.create(kind="profile", subject=subject, asked_at=now, **same)

def do(at):
    run = services.claim(clock=lambda: now)
    return run and run.id

all_at_once()
"""
)

UPLOAD_TOGETHER = (
    TOGETHER
    + """
from hashar.assess.services.surveys import add_file
actor, survey = actor_of(int(sys.argv[1])), int(sys.argv[2])
content = b"id,a\\n" + b"1,2\\n" * 20_000

def do(at):
    return add_file(actor=actor, survey=survey, name="same.csv", content=io.BytesIO(content), now=now).rows

all_at_once()
"""
)

WORK_TOGETHER = (
    TOGETHER
    + """
def do(at):
    return services.work_once(clock=lambda: now)

all_at_once()
"""
)
