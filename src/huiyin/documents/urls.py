"""Addresses of documents, their review, pages and originals, and of instructions."""

from __future__ import annotations

from django.urls import path

from huiyin.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/rows/", views.rows, name="rows"),
    path("documents/upload/", views.upload, name="upload"),
    path("documents/paste/", views.paste, name="paste"),
    path("documents/passages/<int:pk>/", views.passage, name="passage"),
    path("documents/<int:pk>/", views.echo, name="document"),
    path("documents/<int:pk>/progress/", views.progress, name="progress"),
    path("documents/<int:pk>/review/", views.review, name="review"),
    path("documents/<int:pk>/review/do/", views.decide, name="decide"),
    path("documents/<int:pk>/pages/", views.pages, name="pages"),
    path("documents/<int:pk>/pages/<int:page>.png", views.page_image, name="page"),
    path("documents/<int:pk>/original/", views.original, name="original"),
    path("documents/<int:pk>/about/", views.about, name="about"),
    path("documents/<int:pk>/do/", views.act, name="act"),
    path("instructions/", views.instructions, name="instructions"),
    path("instructions/new/", views.new_instruction, name="new_instruction"),
    path("instructions/<int:pk>/", views.instruction, name="instruction"),
]
