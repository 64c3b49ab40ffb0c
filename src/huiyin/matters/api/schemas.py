"""What programs are told about matters, notices and lists."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema


class MatterOut(Schema):
    """A matter as the register lists it; `light` is worked out for today."""

    id: int
    version: int
    number: str
    title: str
    state: str
    nature: str
    light: str
    light_word: str
    light_why: str
    source_kind: str
    source_label: str
    lead_unit: int | None
    lead_unit_name: str
    due_on: date | None
    interval: str
    reported_percent: int | None
    verified_percent: int | None
    quantity: Decimal | None
    quantity_unit: str
    reported_amount: Decimal | None = Field(description="报送的已完成数量，按 quantity_unit 计")
    verified_amount: Decimal | None = Field(description="核实的数量")
    last_progress: str
    closed_on: date | None
    parent: int | None = Field(description="所属事项；分解事项才有")
    volunteered_by: int | None = Field(description="主动立项的单位")


class RegisterOut(Schema):
    """One page of the register: `counts` are those of every view under the same filters."""

    items: list[MatterOut]
    total: int
    page: int
    page_size: int
    counts: dict[str, int]


class OfferOut(Schema):
    """A verb near the matter's state: allowed, or the reason against it; `subject` is what it acts on."""

    action: str
    label: str
    subject_kind: str
    subject_id: int
    seen: int
    allowed: bool
    reason: str


class PartOut(Schema):
    """One unit's part in a matter."""

    id: int
    version: int
    unit: int
    unit_name: str
    role: str
    state: str
    signed_at: datetime | None
    objection_until: date | None


class TrailOut(Schema):
    """One sentence of the story."""

    at: datetime
    sentence: str
    words: str
    system: bool


class HaveOut(Schema):
    """One of the seven haves: full, half, none or na."""

    name: str
    state: str
    note: str


class FileOut(Schema):
    """A file behind a claim; fetched from `/evidence/{id}/` by those who may see the matter."""

    id: int
    name: str
    size: int
    sha256: str


class KinOut(Schema):
    """A matter tied to this one: its whole, its origin, what carries it on or follows it."""

    tie: str
    id: int
    number: str
    title: str
    state: str


class PartsOut(Schema):
    """What the parts of a matter come to together; amounts are those of the unit of the whole."""

    parts: list[int]
    closed: int
    late: int
    percent: int
    asked: Decimal | None
    allotted: Decimal | None
    done: Decimal
    reported: Decimal
    verified: Decimal
    estimated: int = Field(description="没有报送数量、按进度折算的分解事项件数")


class MatterDetailOut(MatterOut):
    """Everything the page of one matter says."""

    quote: str
    context: str
    acceptance: str
    goal: str
    answering: str
    next: str
    haves: list[HaveOut]
    assignments: list[PartOut]
    evidence: list[FileOut]
    trail: list[TrailOut]
    kin: list[KinOut]
    parts: PartsOut | None
    allowed_actions: list[OfferOut]


class NoticeOut(Schema):
    """A supervision notice; it has a number once issued."""

    id: int
    version: int
    state: str
    title: str
    number: str
    approver: str
    issued_on: date | None
    matters: int


class NoticeDetailOut(NoticeOut):
    """A notice with the matters and lists the viewer may see, and what may be done to it."""

    opinion: str
    basis: str
    rows: list[int]
    lists: list[int]
    allowed_actions: list[OfferOut]


class NoticesOut(Schema):
    """One page of notices."""

    items: list[NoticeOut]
    total: int
    page: int
    counts: dict[str, int]


class ListOut(Schema):
    """What one notice asks of one unit."""

    id: int
    version: int
    state: str
    unit: int
    unit_name: str
    notice: int
    notice_number: str
    signed_at: datetime | None


class ListDetailOut(ListOut):
    """A list with the parts on it."""

    assignments: list[PartOut]


class RegisterQuery(Schema):
    """The filters of the register, as in the address of its page."""

    view: str = "all"
    q: str = ""
    state: str = ""
    unit: str = ""
    year: str = ""
    source: str = ""
    nature: str = ""
    leader: str = ""
    personal: str = ""
    light: str = ""
    parts: str = Field("", description="1：含分解事项")
    parent: str = Field("", description="只看这件事项分解出的")
    page: int = Field(1, ge=1, le=1_000_000)
