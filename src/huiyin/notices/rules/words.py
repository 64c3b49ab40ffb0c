"""How somebody was urged: the channels of an urging by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way somebody was urged; only the first one leaves a message in the inbox."""

    SYSTEM = "system", _("系统")
    PHONE = "phone", _("电话")
    WRITTEN = "written", _("书面")
    VISIT = "visit", _("上门")
