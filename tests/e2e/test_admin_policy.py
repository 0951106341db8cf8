"""Django's admin under the site's strict content security policy."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE


@pytest.fixture
def author(transactional_db: None) -> User:
    return User.objects.create_superuser("author", password="correct horse battery")


def test_it_shows_the_admin_without_a_breach(open_page, author):
    page = open_page("/admin/", user=author)
    for path in ("/admin/", "/admin/auth/user/", "/admin/auth/user/add/", "/admin/password_change/"):
        page.goto(path)
        expect(page.locator("#user-tools")).to_be_visible()


def test_it_shows_the_log_in_in_the_dark_on_a_phone_without_script(open_page, db):
    page = open_page("/admin/login/", theme="dark", size=PHONE, script=False)
    expect(page.get_by_label("Password")).to_be_visible()


def test_it_reports_a_page_that_breaks_the_policy(open_page, faults, db):
    page = open_page("/admin/login/")
    with page.expect_console_message():
        page.evaluate("document.body.setAttribute('onclick', 'alert(1)'), document.body.click()")
    assert any("Content Security Policy" in fault for fault in faults)
    faults.clear()
