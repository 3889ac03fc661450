"""Terms of consent: what a consent must be to open a rule; each rule says so of itself."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collectdesk.gate.dial import Consent
from collectdesk.gate.vocabulary import DebtType, Opens, Role

Via: TypeAlias = Literal["call", "writing", "email", "app", "contract"]


class ConsentTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """What a consent must be to open a rule.

    ``opens``: what it must say it opens; of several, any will do. ``life_dates``: it ends with so many local dates,
    the first being the date it is for (the one it names, else the one it was given on); with ``life_from`` *given*
    always the one it was given on. ``direct``: it must be known to have been given to this organisation itself.
    ``evidence``: a recording or another reference is required; a consent given on a call also needs verified identity
    on that call. Without, whoever is on record as giving it is believed, unless that call says otherwise.
    ``ends_on_talk``: the next talk with the person about the debt (or *any* at all) ends it, whoever called;
    ``lumped`` as in a count. ``by``: the roles whose agreement is asked for (an attorney's to direct contact); with
    none it is that of the person called. ``via``: how it was given; on a call on file, by that call; where that is not
    known it is none of these.
    ``named_number``: it must name the numbers it is for (whose consent is not their own to be called is not *any*).
    ``rightly``: it must have been given in a contact that the rule itself allowed, or in one they began; one given on a
    call of which nothing is on file must have been given at an instant the rule allows.
    ``made_under``: whether a past call made under such a consent *counts* by the rule, is *left out*, or is left out
    on the milder reading of a text that leaves it *undetermined* (then it counts).
    """

    opens: Opens | Annotated[tuple[Opens, ...], Meta(min_length=1)]
    life_dates: Annotated[int, Meta(ge=1)] | None = None
    life_from: Literal["named", "given"] = "named"
    via: tuple[Via, ...] = ()
    direct: bool = False
    evidence: bool = True
    ends_on_talk: bool | Literal["any"] = False
    lumped: tuple[DebtType, ...] = ()
    by: tuple[Role, ...] = ()
    named_number: bool = False
    rightly: bool = False
    made_under: Literal["counts", "left_out", "undetermined"] = "counts"

    def opened_by(self, consent: Consent) -> bool:
        """Whether the consent says that it opens this."""
        wanted = (self.opens,) if isinstance(self.opens, str) else self.opens
        return any(each in wanted for each in consent.opens or ())
