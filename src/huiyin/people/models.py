"""Jurisdictions, units, persons, posts, portfolios and delegations: who may act, and where."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.actors import Actor, Role
from huiyin.ledger.models import OfficeFact


class Jurisdiction(OfficeFact):
    """A root government with its units (辖区): data, chain and numbering belong to it.

    `short` is the word before 督 in the number of a notice (云督〔2026〕12号).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=8)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def jurisdiction_id(self) -> int:
        return self.pk


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units in the order of the directory."""

    def visible_to(self, actor: Actor) -> UnitQuerySet:
        return self.filter(jurisdiction_id=actor.jurisdiction_id)

    def standing_on(self, day: date) -> UnitQuerySet:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))


class Unit(OfficeFact):
    """An organisation that can answer for a matter (单位): a tree by place, with a link by line of work.

    `path` holds the ids from the root (`/1/7/`), maintained by the verbs; `position` is the order of
    the directory (the order of text is never asked of a database). A unit that was merged away
    (撤并) keeps its row, `ended_on` and its `successor`.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("政府")
        OFFICE = "office", _("办公室")
        BUREAU = "bureau", _("部门")
        TOWN = "town", _("乡镇（街道）")
        PARK = "park", _("园区")
        STATION = "station", _("下属单位")
        OTHER = "other", _("其他")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    line_superior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="line_inferiors"
    )
    path = models.CharField(max_length=200, default="/")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    aliases = models.JSONField(default=list)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.BUREAU)
    position = models.PositiveIntegerField(default=0)
    ended_on = models.DateField(null=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="predecessors"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="unit_codes_are_unique"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="a_unit_is_not_its_own_superior"
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "position"], name="unit_directory")]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def names(self) -> list[str]:
        """Every name the unit is called by: full, short, aliases."""
        return list(dict.fromkeys([self.name, self.short_name, *self.aliases]))


class UserManager(BaseUserManager["User"]):
    """Accounts are found by their login name."""

    def visible_to(self, actor: Actor) -> models.QuerySet[User]:
        return self.filter(jurisdiction_id=actor.jurisdiction_id)


class OfJurisdiction(models.QuerySet[Any]):
    """Rows everybody of the jurisdiction may know of: who holds which post is no secret there."""

    def visible_to(self, actor: Actor) -> OfJurisdiction:
        return self.filter(jurisdiction_id=actor.jurisdiction_id)


class OwnRows(models.QuerySet[Any]):
    """Rows only their owner and the system administrator may know of."""

    def visible_to(self, actor: Actor) -> OwnRows:
        rows = self.filter(jurisdiction_id=actor.jurisdiction_id)
        return rows if actor.has(Role.SYSTEM_ADMIN) else rows.filter(user_id=actor.user_id)


class User(AbstractBaseUser, OfficeFact):
    """A person's account (人员). Roles come from posts; the account alone permits nothing."""

    unrecorded: ClassVar[frozenset[str]] = frozenset({"password"})
    last_login = None  # signing in writes nothing to an office fact

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="users")
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=40, default="", blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Held(models.Model):
    """Something held for a term: `started_on` to the day before `ended_on`."""

    started_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def lasts(self, day: date) -> bool:
        """Whether it has not ended by a day; it may begin later."""
        return self.ended_on is None or self.ended_on > day


def held_on(day: date, prefix: str = "") -> Q:
    """The filter for rows held on a day."""
    ended = Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": day})
    return Q(**{f"{prefix}started_on__lte": day}) & ended


class Post(OfficeFact, Held):
    """A person's post in a unit (岗位), carrying one role."""

    class RoleChoice(models.TextChoices):
        SUPERVISION_OFFICER = Role.SUPERVISION_OFFICER.value, _("督查员")
        OFFICE_HEAD = Role.OFFICE_HEAD.value, _("督查室负责人")
        LIAISON_OFFICER = Role.LIAISON_OFFICER.value, _("联络员")
        UNIT_HEAD = Role.UNIT_HEAD.value, _("单位负责人")
        LEADER_IN_CHARGE = Role.LEADER_IN_CHARGE.value, _("分管领导")
        PRINCIPAL_LEADER = Role.PRINCIPAL_LEADER.value, _("主要领导")
        AUDITOR = Role.AUDITOR.value, _("审计员")
        SYSTEM_ADMIN = Role.SYSTEM_ADMIN.value, _("系统管理员")
        SECURITY_ADMIN = Role.SECURITY_ADMIN.value, _("安全管理员")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24, choices=RoleChoice.choices)
    title = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)

    objects = OfJurisdiction.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        indexes = [
            models.Index(fields=["user", "ended_on"], name="posts_of_a_person"),
            models.Index(fields=["unit", "role"], name="posts_of_a_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ended_on=None),
                name="a_post_is_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"


class Portfolio(OfficeFact, Held):
    """Which leader is in charge of (分管) or keeps contact with (联系) which unit."""

    class Kind(models.TextChoices):
        IN_CHARGE = "in_charge", _("分管")
        LIAISON = "liaison", _("联系")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="portfolio")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leaders")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.IN_CHARGE)

    objects = OfJurisdiction.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind="in_charge", ended_on=None),
                name="one_leader_in_charge_of_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.unit}"


class Delegation(OfficeFact, Held):
    """A post lent to somebody for a term (授权代理、AB角); both names stand in the trail."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegated")
    reason = models.TextField(default="", blank=True)

    objects = OfJurisdiction.as_manager()

    def __str__(self) -> str:
        return f"{self.post} → {self.to}"


class ApiToken(OfficeFact):
    """A bearer token of one person for the API; only its digest is kept."""

    unrecorded: ClassVar[frozenset[str]] = frozenset({"digest"})

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    objects = OwnRows.as_manager()

    def __str__(self) -> str:
        return self.name
