"""How far a database is, compared with this version of the program."""

from collections.abc import Mapping

from django.apps.registry import Apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from hashar.errors import Conflict
from hashar.i18n import N_

DEFAULT = "default"


def pending(using: str = DEFAULT) -> list[str]:
    """Names of the migrations that this database still lacks.

    Raises
    ------
    Conflict
        The database has migrations that this version does not know.

    """
    executor = MigrationExecutor(connections[using])
    refuse_newer(executor.loader, executor.loader.applied_migrations)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refuse_newer(loader: MigrationLoader, applied: Mapping[tuple[str, str], object] | set[tuple[str, str]]) -> None:
    """Refuse steps that only a newer version knows; apps that are not installed any more do not matter.

    Raises
    ------
    Conflict
        There is such a step.

    """
    known = set(loader.graph.nodes) | set(loader.replacements)
    apps = {app for app, _ in known}
    strange = sorted(f"{app}.{name}" for app, name in applied if app in apps and (app, name) not in known)
    if strange:
        raise Conflict(
            N_(
                "A newer version of Hashar worked with these data (it knows “{step}”). Install that version, "
                "or restore a backup made before into an empty data folder."
            ),
            step=strange[0],
        )


def applied(using: str = DEFAULT) -> list[tuple[str, str]]:
    """Every migration that this database has, in a stable order."""
    return sorted(MigrationLoader(connections[using]).applied_migrations)


def latest(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the given migrations the last ones: what ``migrate`` must be asked for to reach exactly them."""
    graph = MigrationLoader(None).graph
    have = set(steps) & set(graph.nodes)
    return sorted(step for step in have if not any(child.key in have for child in graph.node_map[step].children))


def models_at(steps: list[tuple[str, str]]) -> Apps:
    """The models as they were after the given migrations, so that rows of that time can be read and written."""
    return MigrationLoader(None).project_state(latest(steps)).apps
