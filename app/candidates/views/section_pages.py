"""What does the page of each section show and save? One table; the route is the same for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.candidates import queries, service
from app.candidates.forms import sections as forms
from app.candidates.models import Candidate
from app.candidates.rules import Section
from app.core.forms import EditsRow
from app.core.roles import Actor
from app.reference import queries as reference

BLANK_LINES: Final = 2
Data = dict[str, Any]


def _nothing(_form: Any, _candidate: Candidate) -> None:
    """No list to fill."""


@dataclass(frozen=True, slots=True)
class SectionPage:
    """``fill`` gives what the file says now, ``prepare`` fills lists before validation, ``save`` is one act."""

    form: Any
    fill: Callable[[Actor, Candidate], Data]
    save: Callable[[UUID, Any, Actor], Candidate]
    prepare: Callable[[Any, Candidate], None] = _nothing
    options: Sequence[ORMOption] = field(default=())
    template: str = "candidates/edit.html"


def _columns(*names: str) -> Callable[[Actor, Candidate], Data]:
    return lambda _actor, candidate: {name: getattr(candidate, name) for name in names}


def _version(form: EditsRow) -> int:
    return int(form.version.data or 0)


# --- identity, accompaniment, programmes, French ------------------------------------------------------------


def _prepare_identity(form: forms.IdentityForm, _candidate: Candidate) -> None:
    form.look_up(reference.find_commune, reference.suggest_communes)


def _save_identity(key: UUID, form: forms.IdentityForm, by: Actor) -> Candidate:
    return service.save_identity(key, form.identity(), by=by, version=_version(form))


def _fill_accompaniment(_actor: Actor, candidate: Candidate) -> Data:
    return {
        "referent": queries.referent_value(candidate.referent_id, candidate.referent_organisation_id),
        "facilitator": str(candidate.facilitator_organisation_id or ""),
    }


def _prepare_accompaniment(form: forms.AccompanimentForm, _candidate: Candidate) -> None:
    form.referent.choices = [("", "Aucun"), *queries.referent_choices()]
    form.facilitator.choices = [("", "Aucun"), *queries.plie_choices()]


def _save_accompaniment(key: UUID, form: forms.AccompanimentForm, by: Actor) -> Candidate:
    return service.save_accompaniment(key, form.accompaniment(), by=by, version=_version(form))


def _fill_programmes(_actor: Actor, candidate: Candidate) -> Data:
    lines = [
        {"programme": line.programme.value, "since": line.since, "until": line.until} for line in candidate.programmes
    ]
    return {"lines": [*lines, *({} for _ in range(BLANK_LINES))]}


def _save_programmes(key: UUID, form: forms.ProgrammesForm, by: Actor) -> Candidate:
    return service.save_programmes(key, form.stays(), by=by, version=_version(form))


def _fill_french(_actor: Actor, candidate: Candidate) -> Data:
    return {"french": str(candidate.french)}


def _save_french(key: UUID, form: forms.FrenchForm, by: Actor) -> Candidate:
    return service.save_french(key, form.level(), by=by, version=_version(form))


# --- skills, titles, travel, availability, refusals ---------------------------------------------------------


def _fill_skills(_actor: Actor, candidate: Candidate) -> Data:
    return {"skills": candidate.skills, "others": candidate.skills}


def _prepare_skills(form: forms.SkillsForm, candidate: Candidate) -> None:
    near, other = queries.skills_around([line.trade_slug for line in candidate.trades])
    form.offer(near or other, other if near else [])


def _save_skills(key: UUID, form: forms.SkillsForm, by: Actor) -> Candidate:
    return service.save_skills(key, form.held(), by=by, version=_version(form))


def _fill_titles(_actor: Actor, candidate: Candidate) -> Data:
    lines = [
        {"title": line.title_slug, "obtained_on": line.obtained_on, "valid_until": line.valid_until}
        for line in candidate.titles
    ]
    return {"lines": [*lines, *({} for _ in range(BLANK_LINES))], "licences": candidate.licences}


def _prepare_titles(form: forms.TitlesForm, _candidate: Candidate) -> None:
    form.offer(reference.title_choices(), reference.licence_choices())


def _save_titles(key: UUID, form: forms.TitlesForm, by: Actor) -> Candidate:
    return service.save_titles(key, form.titles(), form.licences.data or (), by=by, version=_version(form))


def _fill_travel(_actor: Actor, candidate: Candidate) -> Data:
    minutes = {f"{line.means}_minutes": line.max_minutes for line in candidate.travels}
    return {**minutes, **{f"{line.means}_km": line.max_km for line in candidate.travels}}


def _save_travel(key: UUID, form: forms.TravelForm, by: Actor) -> Candidate:
    return service.save_travel(key, form.travels(), by=by, version=_version(form))


def _save_availability(key: UUID, form: forms.AvailabilityForm, by: Actor) -> Candidate:
    return service.save_availability(key, form.availability(), by=by, version=_version(form))


def _prepare_refusals(form: forms.RefusalsForm, _candidate: Candidate) -> None:
    form.refusals.choices = reference.condition_refusal_choices()


def _save_refusals(key: UUID, form: forms.RefusalsForm, by: Actor) -> Candidate:
    return service.save_refusals(key, form.refusals.data or (), by=by, version=_version(form))


def _fill_barriers(actor: Actor, candidate: Candidate) -> Data:
    lines = queries.barriers_of(actor, candidate)
    return {
        **{line.barrier.value: True for line in lines},
        **{f"{line.barrier.value}_note": line.note for line in lines},
    }


def _save_barriers(key: UUID, form: Any, by: Actor) -> Candidate:
    return service.save_barriers(key, form.barriers(), by=by, version=_version(form))


PAGES: Final[Mapping[Section, SectionPage]] = {
    Section.IDENTITY: SectionPage(
        forms.IdentityForm,
        lambda _actor, candidate: forms.identity_data(candidate),
        _save_identity,
        _prepare_identity,
        template="candidates/edit_identity.html",
    ),
    Section.ACCOMPANIMENT: SectionPage(
        forms.AccompanimentForm, _fill_accompaniment, _save_accompaniment, _prepare_accompaniment
    ),
    Section.PROGRAMMES: SectionPage(
        forms.ProgrammesForm,
        _fill_programmes,
        _save_programmes,
        options=(selectinload(Candidate.programmes),),
        template="candidates/edit_lines.html",
    ),
    Section.FRENCH: SectionPage(forms.FrenchForm, _fill_french, _save_french),
    Section.SKILLS: SectionPage(
        forms.SkillsForm,
        _fill_skills,
        _save_skills,
        _prepare_skills,
        options=(selectinload(Candidate.trades),),
        template="candidates/edit_skills.html",
    ),
    Section.TITLES: SectionPage(
        forms.TitlesForm,
        _fill_titles,
        _save_titles,
        _prepare_titles,
        options=(selectinload(Candidate.titles),),
        template="candidates/edit_lines.html",
    ),
    Section.TRAVEL: SectionPage(
        forms.TravelForm,
        _fill_travel,
        _save_travel,
        options=(selectinload(Candidate.travels),),
        template="candidates/edit_travel.html",
    ),
    Section.AVAILABILITY: SectionPage(
        forms.AvailabilityForm, _columns("available_from", "grid", "hours_min", "hours_max"), _save_availability
    ),
    Section.REFUSALS: SectionPage(forms.RefusalsForm, _columns("refusals"), _save_refusals, _prepare_refusals),
    Section.BARRIERS: SectionPage(
        forms.BarriersForm, _fill_barriers, _save_barriers, template="candidates/edit_barriers.html"
    ),
}
"""Jobs have a page of their own: they are searched before they are saved."""
