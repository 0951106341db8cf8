"""Django's admin class by model: its type parameter is known to type checkers alone."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib import admin

from records.models import Category, Day, SafeName, SiteProfile, Tag, Task

if TYPE_CHECKING:
    AnyAdmin: TypeAlias = admin.ModelAdmin[Any]
    CategoryBase: TypeAlias = admin.ModelAdmin[Category]
    DayBase: TypeAlias = admin.ModelAdmin[Day]
    ProfileBase: TypeAlias = admin.ModelAdmin[SiteProfile]
    SafeNameBase: TypeAlias = admin.ModelAdmin[SafeName]
    TagBase: TypeAlias = admin.ModelAdmin[Tag]
    TaskBase: TypeAlias = admin.ModelAdmin[Task]
else:
    AnyAdmin = CategoryBase = DayBase = ProfileBase = SafeNameBase = TagBase = TaskBase = admin.ModelAdmin
