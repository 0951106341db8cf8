"""What is pasted or dropped: a text and what its author says of it, read as the days it records."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records.forms.posted import MOST_ROWS, read_whole
from records.importers.day import ImportedDay
from records.importers.decoding import decoded, tidied
from records.importers.formats import CannotRead
from records.importers.known import LIMITS, Known
from records.importers.reading import ARCHIVE, Asked, form_names, form_of, read

BY_ITSELF = "recognised by itself"
AN_ARCHIVE = (
    "This is an archive of a site like this one: whole days with their history. It comes back by the command "
    "“python3 manage.py import_records FILE”."
)


IN_WORDS = {
    "html": "an HTML page",
    "markdown": "Markdown",
    "tabs": "copied text, tabs between the cells",
    "blanks": "copied text, blanks between the cells",
    "glued": "copied text, cells glued together",
    "csv": "CSV",
    "tsv": "TSV",
    "lines": "quick lines",
}
TOO_LARGE = (
    f"That is more than {(LIMITS.size or 0) // (1024 * 1024)} MB, and no more is taken here. "
    "Import it by the command “python3 manage.py import_records FILE --no-limit”."
)
NOTHING = "Nothing is here yet. Paste a record page or rows of a table, or choose a file."


class PasteForm(forms.Form):
    """A text, typed, pasted or as a file; its date and its form where they are not to be recognised."""

    use_required_attribute = False
    typed = ""  # the text as it came, whatever is the matter with it

    text = forms.CharField(
        label="A record page, a table, rows or quick lines",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label="or a file", required=False, allow_empty_file=True)
    on = forms.DateField(
        label="Date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Blank: the one in the text.",
        error_messages={"invalid": "That is not a date. Try 2026-04-12."},
    )
    form = forms.ChoiceField(label="Form", required=False)
    name = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    # Whose name it is: another text typed in its place has none.
    name_of = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A NUL byte is told in the words of the reader, with its line.
        self.fields["text"].validators = []
        choices = [("", BY_ITSELF), *((name, in_words(name)) for name in form_names() if name != ARCHIVE)]
        self.fields["form"].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The text, from the file where one came; raises ``ValidationError`` beside its cause."""
        cleaned = self.cleaned_data
        file = cleaned.get("file")
        text = cleaned.get("text", "") if file is None else self._text_of(file)
        self.typed = text
        try:
            self.typed = text = tidied(text)
        except CannotRead as refusal:
            self.add_error("text", str(refusal))
        if not (self.errors or text.strip()):
            self.add_error("text", NOTHING)
        if _is_too_large(text):
            self.add_error("text", TOO_LARGE)
        name = cleaned.get("name", "") if cleaned.get("name_of") == digest(text) else ""
        return cleaned | {"text": text, "name": file.name if file else name, "name_of": digest(text)}

    def _text_of(self, file: Any) -> str:
        if LIMITS.size is not None and file.size > LIMITS.size:
            self.add_error("file", TOO_LARGE)
            return ""
        try:
            return decoded(file.read())
        except CannotRead as refusal:
            self.add_error("file", f"“{file.name}”: {refusal}")
            return ""

    def carried(self) -> dict[str, str]:
        """What a page that goes on from here posts along, so that the text can be read again."""
        cleaned = self.cleaned_data
        return {name: cleaned.get(name, "") for name in ("text", "form", "name", "name_of")}

    def read(self, known: Known) -> Sequence[ImportedDay]:
        """The days in the text; call after ``is_valid``. Raises ``ValidationError`` in the reader's words."""
        text = self.cleaned_data["text"]
        asked = Asked(form=self.cleaned_data["form"], name=self.cleaned_data["name"])
        try:
            form = form_of(text, asked, known)
            if form == ARCHIVE:
                raise ValidationError(AN_ARCHIVE)
            return list(read(text, known, replace(asked, form=form)))
        except CannotRead as refusal:
            raise ValidationError(str(refusal)) from None


def chosen_day(days: Sequence[ImportedDay], choice: str) -> ImportedDay | None:
    """The day to go on with: the only one, or the one chosen by its number; ``None`` while that is open.

    Raises ``ValidationError`` when it has more rows than a form can show.
    """
    number = read_whole(choice) or 0
    day = days[0] if len(days) == 1 else days[number - 1] if 0 < number <= len(days) else None
    if day is not None and len(day.tasks) > MOST_ROWS:
        raise ValidationError(
            f"It has {len(day.tasks):,} rows, and a page like this shows at most {MOST_ROWS}. "
            "Import it by the command “python3 manage.py import_records FILE”."
        )
    return day


def _is_too_large(text: str) -> bool:
    """Whether a text has more bytes than are taken; a short one is not encoded to learn that."""
    most = LIMITS.size
    return most is not None and len(text) * 4 > most and len(text.encode(errors="surrogatepass")) > most


def in_words(form: str) -> str:
    """What people call a form."""
    return IN_WORDS.get(form, form)


def digest(text: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
