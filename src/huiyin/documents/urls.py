"""Addresses of documents, their review, pages and originals, and of instructions."""

from __future__ import annotations

from django.urls import path

from huiyin.documents.views import echo, instructions, intake, pages, reviewing

app_name = "documents"
urlpatterns = [
    path("documents/", intake.documents, name="documents"),
    path("documents/rows/", intake.rows, name="rows"),
    path("documents/upload/", intake.upload, name="upload"),
    path("documents/paste/", intake.paste, name="paste"),
    path("documents/passages/<int:pk>/", echo.passage, name="passage"),
    path("documents/<int:pk>/", echo.echo, name="document"),
    path("documents/<int:pk>/progress/", intake.progress, name="progress"),
    path("documents/<int:pk>/review/", reviewing.review, name="review"),
    path("documents/<int:pk>/review/do/", reviewing.decide, name="decide"),
    path("documents/<int:pk>/pages/", pages.pages, name="pages"),
    path("documents/<int:pk>/pages/<int:page>.png", pages.page_image, name="page"),
    path("documents/<int:pk>/original/", echo.original, name="original"),
    path("documents/<int:pk>/about/", echo.about, name="about"),
    path("documents/<int:pk>/do/", echo.act, name="act"),
    path("instructions/", instructions.instructions, name="instructions"),
    path("instructions/new/", instructions.new_instruction, name="new_instruction"),
    path("instructions/<int:pk>/", instructions.instruction, name="instruction"),
]
