"""Who sees which survey and which release: pure decisions. The queries ask the database the same, as a filter."""

from dataclasses import dataclass

from hashar.assess.contracts.surveys import ReleaseState
from hashar.people.contracts import PREPARING, Actor


@dataclass(frozen=True)
class Reach:
    """How far a person sees."""

    preparing: frozenset[int]
    """Organisations whose surveys, drafts and withdrawn releases they see."""
    member: frozenset[int]
    """Organisations all of whose shared releases they see."""
    territories: frozenset[str]
    """Paths of territories whose shared releases they see, whoever made them."""

    def survey(self, organisation: int) -> bool:
        """Whether they see a survey of an organisation: its title, files, codebook."""
        return organisation in self.preparing

    def release(self, organisation: int, territory_path: str, state: ReleaseState) -> bool:
        """Whether they see a release about a territory."""
        if organisation in self.preparing:
            return True
        inside = any(territory_path.startswith(path) for path in self.territories)
        return state == ReleaseState.SHARED and (organisation in self.member or inside)


def reach(actor: Actor) -> Reach:
    """How far the actor sees. Running the installation opens no findings by itself."""
    return Reach(
        preparing=frozenset(actor.organisations(PREPARING)),
        member=frozenset(actor.organisations()),
        territories=frozenset(m.territory_path for m in actor.mandates),
    )
