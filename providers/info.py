"""Facts about a provider, as data: its models, their limits, what it wants to know, its Setups."""

from dataclasses import dataclass

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.errors import UnsupportedSetup
from providers.price import Price

CAPTIONS = "captions as"
"""Setting of a Setup: the role of its captions, where it is not the usual one."""
PIXELS = "pixels"
"""Setting of a Setup: the longest side of a picture as sent, where it is not the model's own."""
PICTURE_SIDES = (224, 384, 512, 768, 1024)
"""The longest sides of a picture that a person may choose, in pixels."""
DEFAULT_ROLES = {Modality.TEXT: Role.QUERY, Modality.PICTURE: Role.DOCUMENT}
"""Captions search, pictures are found."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one call may hold: items, and bytes of what is sent of them; with the source."""

    items: int
    megabytes: float
    source: str


@dataclass(frozen=True, slots=True)
class LeastPicture:
    """How many pixels a picture has at least, as it is sent; with the source that says so."""

    pixels: int
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How many calls may start within a sliding window of seconds; with the source.

    `per_address`: the provider counts by the caller's address; otherwise by the credential.
    """

    calls: int
    seconds: float
    source: str
    per_address: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its dimensions (the first is the default) and limits, with their source.

    `any_dimension_from`: every dimension from this to the largest is offered, too.
    `roles`: the modalities for which a query and a document get different vectors.
    `picture_side`: the longest side, in pixels, that a picture is sent at unless told otherwise.
    `least_picture`: below which pictures may be refused; None where nothing is documented.
    `names`: further names under which a person may ask for it. `note`: what to know first.
    `price`: None where none is known, which the pages say.
    """

    id: str
    dimensions: tuple[int, ...]
    max_tokens: int
    source: str
    any_dimension_from: int | None = None
    roles: frozenset[Modality] = frozenset()
    picture_side: int | None = None
    limits: Limits | None = None
    least_picture: LeastPicture | None = None
    names: tuple[str, ...] = ()
    note: str = ""
    price: Price | None = None

    @property
    def shortest(self) -> int | None:
        """The shortest vector that the model offers; None where it offers one size only."""
        if self.any_dimension_from is not None:
            return min(self.any_dimension_from, *self.dimensions)
        return min(self.dimensions) if len(self.dimensions) > 1 else None

    def offers(self, dimension: int) -> bool:
        """Whether the model gives vectors of this dimension; a number with a point is none."""
        if type(dimension) is not int:
            return False
        if dimension in self.dimensions:
            return True
        least = self.any_dimension_from
        return least is not None and least <= dimension <= max(self.dimensions)


@dataclass(frozen=True, slots=True)
class KeyField:
    """One thing that a provider wants to know about who asks: a key, a project, a region.

    `name`: what `connect` calls it; `variables`: where the environment may hold it, the first
    found counts. `secret`: never shown. `pattern`: a regular expression that it has to match.
    """

    name: str
    label: str
    variables: tuple[str, ...]
    secret: bool = True
    required: bool = True
    default: str = ""
    pattern: str = r"[\x21-\x7e]+"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """A provider, described by data: what its row and its dialog on the page show.

    `embedded` providers run on this machine, need no key and no network. `embeds`: whether it can
    embed anything; False where vectors were computed elsewhere and the model is not here.
    `in_short`: what it is for, in at most 60 letters.
    `version` changes whenever the provider's code or weights would give other vectors.
    For the hosted ones: `key_fields` and how to get a key (`key_page`, `key_steps`), `notes` to
    read before a first call, the variable that moves its address, how many calls may be under
    way at once, the published `rate`, and in `role_note` what the choice of a role does.
    """

    id: str
    title: str
    models: tuple[Model, ...]
    version: str
    embedded: bool
    in_short: str = ""
    summary: str = ""
    good_at: str = ""
    bad_at: str = ""
    licence: str = ""
    home_page: str = ""
    english_only: bool = False
    key_fields: tuple[KeyField, ...] = ()
    key_page: str = ""
    key_steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    base_url_variable: str = ""
    concurrency: int = 1
    rate: Rate | None = None
    role_note: str = ""
    embeds: bool = True

    def model(self, name: str | None = None) -> Model:
        """Return the model of this name, the default where none is named.

        Raises UnsupportedSetup when the provider does not offer it.
        """
        for model in self.models:
            if name is None or name in (model.id, *model.names):
                return model
        names = ", ".join(m.id for m in self.models)
        raise UnsupportedSetup(f"{self.id} has no model “{name}”. Choose one of: {names}.")

    def setup(
        self,
        model: str | None = None,
        dimension: int | None = None,
        captions: Role | str | None = None,
        picture_side: int | None = None,
    ) -> Setup:
        """Return the Setup for these choices, the defaults where none is made.

        `captions`: their role; `picture_side`: the longest side of a picture as sent, in pixels.
        Raises UnsupportedSetup when the provider does not offer them.
        """
        chosen = self.model(model)
        size = chosen.dimensions[0] if dimension is None else dimension
        if not chosen.offers(size):
            raise UnsupportedSetup(f"{chosen.id} has no dimension {dimension!r}. {_sizes(chosen)}")
        settings: dict[str, str | int | float | bool] = {}
        if captions is not None and captions != DEFAULT_ROLES[Modality.TEXT]:
            settings[CAPTIONS] = self._role(chosen, captions)
        if picture_side is not None:
            side = self._side(picture_side, chosen)
            if side != chosen.picture_side:
                settings[PIXELS] = side
        return Setup(self.id, chosen.id, size, self.version, tuple(settings.items()))

    def _role(self, model: Model, role: Role | str) -> str:
        if Modality.TEXT not in model.roles:
            raise UnsupportedSetup(f"{model.id} knows no roles: leave the captions as they are.")
        if role not in tuple(Role):
            raise UnsupportedSetup(f"There is no role “{role}”. Choose query or document.")
        return str(role)

    def _side(self, side: int, model: Model) -> int:
        sides = () if self.embedded else PICTURE_SIDES
        if type(side) is not int or side not in (*sides, model.picture_side):
            offered = ", ".join(map(str, sides)) or "its own only"
            raise UnsupportedSetup(f"{self.id} has no picture side {side!r}. Choose: {offered}.")
        return side


def _sizes(model: Model) -> str:
    if model.any_dimension_from is not None:
        return f"Choose any from {model.any_dimension_from} to {max(model.dimensions)}."
    return f"Choose one of: {', '.join(str(d) for d in model.dimensions)}."
