"""Addresses of the record."""

from django.urls import path, register_converter

from records.feeds.forms import ATOM
from records.views import (
    archive,
    cards,
    categories,
    charts,
    corrections,
    dashboard,
    data,
    feeds,
    files,
    home,
    machines,
    method,
    periods,
    preview,
    records,
    search,
    tasks,
)
from records.views.converters import ArchiveEnding, Extension, FeedForm, PeriodKey, TaskNumber, WorkDate

register_converter(WorkDate, "day")
register_converter(PeriodKey, "period")
register_converter(TaskNumber, "task")
register_converter(Extension, "extension")
register_converter(ArchiveEnding, "ending")
register_converter(FeedForm, "feed")

app_name = "records"

urlpatterns = [
    path("", home.home, name="home"),
    path("records/", archive.record_list, name="record_list"),
    path("records/<day:date>/", records.record_detail, name="record_detail"),
    path("records/<day:date>/preview/", preview.day_preview, name="day_preview"),
    path("records/<day:date>/by-category.svg", charts.record_chart, name="record_chart"),
    path("records/<period:period>/", periods.period_detail, name="period_detail"),
    path("records/<period:period>/<slug:name>.svg", charts.period_chart, name="period_chart"),
    path("records/<period:period>.<extension:extension>", periods.period_file, name="period_file"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:name>.svg", charts.dashboard_chart, name="dashboard_chart"),
    path("dashboard.<extension:extension>", dashboard.dashboard_file, name="dashboard_file"),
    path("preview/<str:token>/", preview.linked_preview, name="linked_preview"),
    path("tags/<slug:slug>/", archive.tag_detail, name="tag_detail"),
    path("corrections/", corrections.correction_list, name="correction_list"),
    path("corrections.<extension:extension>", files.corrections_file, name="corrections_file"),
    path("feeds/<feed:form>", feeds.series_feed, name="series_feed"),
    path("tags/<slug:slug>/<feed:form>", feeds.tag_feed, name="tag_feed"),
    path("categories/<slug:slug>/<feed:form>", feeds.category_feed, name="category_feed"),
    path("corrections/<feed:form>", feeds.corrections_feed, name="corrections_feed"),
    path("feeds/corrections.xml", feeds.corrections_feed, {"form": ATOM}),
    path("card.png", cards.site_card, name="site_card"),
    path("records/<day:date>/card.png", cards.record_card, name="record_card"),
    path("records/<period:period>/card.png", cards.period_card, name="period_card"),
    path("categories/<slug:slug>/card.png", cards.category_card, name="category_card"),
    path("search/", search.search, name="search"),
    path("method/", method.method, name="method"),
    path("data/", data.data, name="data"),
    path("data/records.<ending:ending>", data.archive_file, name="archive_file"),
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-pages.xml", machines.sitemap_of_pages, name="sitemap_of_pages"),
    path("sitemap-tasks-<int:number>.xml", machines.sitemap_of_tasks, name="sitemap_of_tasks"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("records.<extension:extension>", files.record_list_file, name="record_list_file"),
    path("records/<day:date>.<extension:extension>", files.record_file, name="record_file"),
    path("tags/<slug:slug>.<extension:extension>", files.tag_file, name="tag_file"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks.<extension:extension>", tasks.task_list_file, name="task_list_file"),
    path("tasks/<task:pk>/", tasks.task_detail, name="task_detail"),
    path("categories/", categories.category_list, name="category_list"),
    path("categories.<extension:extension>", categories.category_list_file, name="category_list_file"),
    path("categories/<slug:slug>/", categories.category_detail, name="category_detail"),
    path(
        "categories/<slug:slug>.<extension:extension>",
        categories.category_detail_file,
        name="category_detail_file",
    ),
]
