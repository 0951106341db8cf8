"""Categories and tags: renamed without breaking an address, removed only when nothing hangs on them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import publishing
from records.admin.acts import Act, act_page, author
from records.admin.bases import CategoryBase, TagBase
from records.admin.merging import Merging
from records.formats import counted
from records.models import Category, Tag


@admin.register(Category)
class CategoryAdmin(Merging, CategoryBase):
    """Categories in the author's order; one with tasks is merged rather than removed."""

    merge_words = "All its tasks move, its address leads to the other one, and it is removed."

    list_display = ("name", "slug", "order", "task_count", "merge_link")
    search_fields = ("name",)
    ordering = ("order", "name", "id")
    show_full_result_count = False
    actions = None
    fields = ("name", "slug", "description", "order")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        """Categories with the number of their tasks."""
        return Category.objects.annotate(task_total=Count("tasks"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under its own name."""
        return super().changelist_view(request, {"title": "Categories", **(extra_context or {})})

    def save_model(
        self,
        request: HttpRequest,
        obj: Category,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Store it through the door, which remembers an old address."""
        publishing.save_category(obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Remove a category without tasks; say why not, and what to do, for one that has some."""
        category = self.stored(request, object_id)
        if not self.has_delete_permission(request, category):
            raise PermissionDenied
        why_not = publishing.why_not_removed(category)
        if why_not:
            return self._refusal(request, category, why_not)

        @transaction.atomic
        def perform() -> str:
            self.log_deletions(request, Category.objects.filter(pk=category.pk))
            publishing.remove_category(category)
            return f"Removed: {category.name}."

        words, form = ["No task has this category."], forms.Form(request.POST or None)
        back = reverse("admin:records_category_changelist")
        act = Act(f"Remove {category}", words, "Remove", form, perform, back, is_grave=True)
        return act_page(self, request, act)

    def _refusal(self, request: HttpRequest, category: Category, why_not: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{category} cannot be removed",
            "opts": self.opts,
            "words": [why_not],
            "tasks": f"{reverse('admin:records_task_changelist')}?category__id__exact={category.pk}",
            "merge": reverse("admin:records_category_merge", args=[category.pk]),
        }
        return TemplateResponse(request, "admin/desk/refusal.html", context)

    def merge(self, request: HttpRequest, source: Category, target: Category) -> str:
        """Move all tasks of one into the other; gives how many moved, in words."""
        moved = publishing.merge_categories(source, target, by=author(request))
        return f"{counted(moved, 'task')} moved"

    @admin.display(description="tasks", ordering="task_total")
    def task_count(self, category: Category) -> SafeString:
        """How many tasks it has; leads to them."""
        address = f"{reverse('admin:records_task_changelist')}?category__id__exact={category.pk}"
        return format_html('<a href="{}">{}</a>', address, getattr(category, "task_total", 0))


@admin.register(Tag)
class TagAdmin(Merging, TagBase):
    """Tags; one that days are filed under is merged rather than removed."""

    merge_words = "All its days get the other one, its address leads there, and it is removed."
    list_display = ("name", "slug", "day_count", "merge_link")
    search_fields = ("name",)
    fields = ("name", "slug")
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Tags with the number of their days."""
        return Tag.objects.annotate(day_total=Count("days"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under its own name."""
        return super().changelist_view(request, {"title": "Tags", **(extra_context or {})})

    def save_model(
        self,
        request: HttpRequest,
        obj: Tag,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Store it through the door, which remembers an old address."""
        publishing.save_tag(obj)

    def merge(self, request: HttpRequest, source: Tag, target: Tag) -> str:
        """File all days of one under the other; gives how many, in words."""
        days = publishing.merge_tags(source, target, by=author(request))
        return f"{counted(days, 'day')} filed anew"

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Remove a tag that no day has: days are written on their own form."""
        tag = self.get_object(request, object_id)
        days = tag.days.count() if tag else 0
        if not days:
            return super().delete_view(request, object_id, extra_context)
        which = "1 day is" if days == 1 else f"{days} days are"
        words = f"{which} filed under {tag}. Merge it into another one, or take it off there first."
        messages.error(request, words)
        return HttpResponseRedirect(reverse("admin:records_tag_change", args=[object_id]))

    @admin.display(description="days", ordering="day_total")
    def day_count(self, tag: Tag) -> int:
        """How many days are filed under it."""
        return getattr(tag, "day_total", 0)
