"""The API object: who is asking, the verbs, each feature's reads, refusals in one shape."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, NinjaAPI, Router
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.security import HttpBearer, SessionAuth

from huiyin import __version__
from huiyin.api import verbs
from huiyin.api.schemas import REFUSALS, UploadOut
from huiyin.errors import Refusal
from huiyin.people import tokens
from huiyin.web import looks, refusals, uploads

PROBLEM = "application/problem+json"
READS = ("people", "rulebook", "matters", "documents", "notices", "desk", "audit")


class Bearer(HttpBearer):
    """A token made by `huiyin token create USER`; the request acts as its owner."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        actor = tokens.actor_from_token(token)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
            looks.follow(actor)
        return actor


class Session(SessionAuth):
    """The signed-in person of this browser (with the form token)."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        return getattr(request, "actor", None)


REFUSAL = {
    "description": "Refused; nothing has changed",
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Described(NinjaAPI):
    """The API; its description says that any operation may be refused, as problem+json."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The OpenAPI document, with the media type refusals really have."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"] |= dict.fromkeys(REFUSALS, REFUSAL)
        return schema


api = Described(
    title="Huiyin 回音",
    version=__version__,
    description=__doc__,
    auth=[Bearer(), Session()],
    docs_url=None,
    urls_namespace="api",
)


def _problem(request: HttpRequest, status: int, code: str, title: str, **more: Any) -> HttpResponse:
    body = {"type": f"urn:huiyin:refusal:{code}", "title": title, "status": status, "code": code}
    return _as_problem(api.create_response(request, body | {"fields": {}} | more, status=status))


def _as_problem(answer: HttpResponse) -> HttpResponse:
    answer["Content-Type"] = PROBLEM
    return answer


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """A refusal in the same words as on a page."""
    return _as_problem(api.create_response(request, refusals.problem(error), status=error.status))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input of the wrong form: which fields, and what is wrong with each."""
    found: dict[str, list[str]] = {}
    for item in error.errors:
        name = ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0])
        found.setdefault(name, []).append(str(item["msg"]))
    return _problem(request, 422, "invalid_input", _("输入的格式不对，没有保存。"), fields=found)


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """No token, no session, or one that has ended."""
    return _problem(request, 401, "signed_out", _("请先登录，或出示有效的令牌。"))


@api.exception_handler(AuthorizationError)
def unauthorised(request: HttpRequest, error: AuthorizationError) -> HttpResponse:  # noqa: ARG001
    """Signed in, and not allowed."""
    return _problem(request, 403, "not_permitted", _("您现在的岗位不能做这件事。"))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, and the like."""
    return _problem(
        request, error.status_code, "bad_request", _("请求的格式不对。"), detail=str(error)
    )


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Nothing here, or nothing the viewer may know of."""
    return _problem(request, 404, "not_found", _("没有找到，或者您无权查看。"))


files = Router(tags=["files"])


@files.post("", operation_id="file.upload", response={200: UploadOut, **REFUSALS})
def upload(request: HttpRequest, file: File[UploadedFile]) -> UploadOut:
    """A file is kept for its owner, who may then name it as evidence or as a document."""
    actor = request.actor  # type: ignore[attr-defined]
    kept = uploads.keep(file, file.name or "", owner_id=actor.user_id)
    return UploadOut(name=kept.name, sha256=kept.sha256, size=kept.size, media_type=kept.media_type)


api.add_router("/files", files)
for feature in READS:
    if find_spec(f"huiyin.{feature}.api"):
        api.add_router("", import_module(f"huiyin.{feature}.api").router)
for feature in READS:
    if find_spec(f"huiyin.{feature}.actions"):
        import_module(f"huiyin.{feature}.actions")
api.add_router("", verbs.router())
