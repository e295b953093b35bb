"""The first evening, step by step: from the one-time link to a dated request, a clock, and the case taken along.

Ben's family asked by e-mail on September 3. Texas gives the school 15 school days, and September 22 is a holiday
of the school: the answer is due on September 25. The school says that the e-mail came on the 5th: then it is the
29th. On September 15 the family hands in a letter: its answer is due on October 7.
"""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Download, Locator, expect

from gameplan.law import law_for, vocabulary
from gameplan.letters import fields_of, kind_of, topics
from tests.small_photos import points
from tests.web.walking import Walk

TODAY = date(2025, 9, 15)
ASKED, THEIR_DAY, HANDED_IN = date(2025, 9, 3), date(2025, 9, 5), TODAY
DUE, DUE_BY_THEM, LETTER_DUE = date(2025, 9, 25), date(2025, 9, 29), date(2025, 10, 7)
GIVEN, REALLY_GIVEN = date(2025, 9, 8), date(2025, 9, 9)
CHILD = "Ben"
DAYS_OFF = "September 1 Labor Day\nSeptember 22 Fall holiday\nNovember 24-28 Thanksgiving break"
NEXT_YEAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//school//EN\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260812\r\nSUMMARY:First day of school\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261128\r\n"
    "SUMMARY:Thanksgiving break\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a4944415478da63f80f000101"
    "01001cb08c990000000049454e44ae426082"
)
ANSWER = next(clock.name for clock in law_for("TX").clocks if clock.id == "request-response")
REQUEST, SAFEGUARDS = (vocabulary().kinds[kind].name for kind in ("evaluation-requested", "safeguards-given"))


def start(walk: Walk) -> None:
    """The front page, in the language of the walk; then a case of one's own."""
    expect(walk.page.locator("h1")).to_be_visible()
    if walk.lang == "es":
        walk.press(walk.page.get_by_role("button", name="Español", exact=True))
    expect(walk.page.locator("html")).to_have_attribute("lang", walk.lang)
    expect(walk.heading("Know where you are. Know what comes next.")).to_be_visible()
    walk.press(walk.button("Start with my child"))
    expect(walk.heading("What should we call your child?")).to_be_visible()


def tell_name(walk: Walk) -> None:
    """What is typed and not saved is there again after leaving the page."""
    field = walk.field("What should we call your child?")
    walk.page.wait_for_load_state()
    if walk.scripts:
        with walk.page.expect_response(lambda answer: answer.url.endswith("/draft/")):
            walk.hand.write(field, CHILD)
        walk.press(walk.link("Or leave the questions here. Everything is kept."))
        walk.press(walk.link("Go on with the questions"))
    else:
        walk.hand.write(field, CHILD)
        walk.press(walk.button("Skip for now"))
        expect(walk.heading("When was your child born?")).to_be_visible()
        walk.press(walk.button("Back"))
    expect(field).to_have_value(CHILD)
    walk.save()


def tell_about_child(walk: Walk) -> None:
    """Birthday, State and school; the grade is skipped first, and answered on the way back."""
    expect(walk.heading("When was your child born?")).to_be_visible()
    walk.hand.write_day(walk.field("When was your child born?"), date(2017, 5, 2))
    walk.save()
    walk.hand.choose(walk.field("In which State is the school?"), "Texas")
    walk.save()
    expect(walk.heading("Which grade is your child in?")).to_be_visible()
    walk.press(walk.button("Skip for now"))
    expect(walk.heading("Which school does your child go to?")).to_be_visible()
    walk.press(walk.button("Back"))
    walk.hand.choose(walk.field("Which grade is your child in?"), walk.says("3rd grade"))
    walk.save()
    walk.hand.write(walk.field("Which school?"), "Oak Elementary School")
    walk.hand.write(walk.field("Which school district?"), "Elm School District")
    walk.save()


def tell_what_happened(walk: Walk) -> None:
    """Extra help, the worry, the request, and no answer yet."""
    expect(walk.heading("Does your child get extra help in class right now?")).to_be_visible()
    walk.save()
    expect(walk.page.get_by_role("alert")).to_contain_text(walk.says("Choose an answer, or skip this for now."))
    walk.hand.pick(walk.answer("Yes"))
    walk.hand.write_day(walk.field("When did it start?"), date(2025, 8, 25))
    walk.hand.write(walk.field("What kind of help is it?"), "A small reading group.")
    walk.save()
    expect(walk.heading("What worries you?")).to_be_visible()
    walk.hand.write(walk.field("What do you see?"), "He cannot read a page by himself.")
    walk.hand.pick(walk.answer("No", to="Have you told the school?"))
    walk.save()
    expect(walk.heading("Has anyone asked the school for an evaluation?")).to_be_visible()
    walk.hand.pick(walk.answer("Yes, we did"))
    walk.hand.choose(walk.field("How was it asked?"), walk.says("By e-mail"))
    walk.hand.write_day(walk.field("When was it sent or said?"), ASKED)
    walk.hand.write_day(walk.field("When did the school get it?"), ASKED)
    walk.save()
    expect(walk.heading("Did the school answer the request?")).to_be_visible()
    walk.hand.pick(walk.answer("Nothing yet"))
    walk.save()


def give_calendar(walk: Walk) -> None:
    """The school calendar as a pasted list, confirmed line by line."""
    expect(walk.heading("The school calendar")).to_be_visible()
    walk.hand.write_day(walk.field("First day of school"), date(2025, 8, 13))
    walk.hand.write_day(walk.field("Last day of school"), date(2026, 5, 21))
    walk.hand.write(walk.field("Days without school"), DAYS_OFF)
    walk.press(walk.button("Read it"))
    expect(walk.heading("Is this the school year %(year)s?", year="2025-26")).to_be_visible()
    walk.press(walk.button("Save this school year"))
    expect(walk.page.get_by_role("heading", name="2025-26", exact=True)).to_be_visible()
    walk.press(walk.link("Go on"))


def see_child(walk: Walk, *, due: date) -> Locator:
    """The child's page: the road, and the duty with its day. Gives the duty."""
    expect(walk.page.get_by_role("heading", name=CHILD, exact=True)).to_be_visible()
    road = walk.page.locator("svg.road:visible")
    expect(road).to_have_count(1)
    expect(road).to_have_attribute("role", "img")
    return see_duty(walk, due)


def see_duty(walk: Walk, due: date) -> Locator:
    """The duty to answer that is due on that day."""
    duty = walk.page.locator("article.duty", has_text=walk.law_says(ANSWER)).filter(has_text=walk.day(due))
    expect(duty).to_be_visible()
    return duty


def see_why(walk: Walk) -> None:
    """The duty opens to why: the rule, and each day counted or skipped on a drawn calendar."""
    duty = see_child(walk, due=DUE)
    fold = walk.opens("Why this day?", within=duty)
    if not walk.scripts:
        walk.press(walk.link("Show the reasons", within=fold))
        expect(walk.page.locator("h1")).to_have_text(walk.law_says(ANSWER))
        fold = walk.page.locator("main")
    expect(fold.locator("svg.month").first).to_be_visible()
    expect(fold).to_contain_text(walk.says("The rule:"))
    expect(fold.get_by_role("link", name="89.1011").first).to_be_visible()
    if not walk.scripts:
        walk.press(walk.link("Back to the overview"))
        see_child(walk, due=DUE)


def add_fact(walk: Walk) -> None:
    """What happened is added in two taps, then its day."""
    walk.press(walk.link("Add what happened"))
    walk.press(walk.page.get_by_role("link", name=walk.law_says(SAFEGUARDS), exact=True))
    expect(walk.page.locator("h1")).to_have_text(walk.law_says(SAFEGUARDS))
    walk.hand.write_day(walk.page.locator("#id_on"), GIVEN)
    walk.press(walk.button("Save"))
    expect(walk.page.get_by_text(walk.says("Saved. Here is where things stand now."))).to_be_visible()
    expect(event(walk, SAFEGUARDS, GIVEN)).to_be_visible()


def event(walk: Walk, name: str, on: date) -> Locator:
    """A row of the timeline."""
    row = walk.page.locator("li.event", has_text=walk.law_says(name))
    return row.filter(has_text=walk.day(on))


def open_event(walk: Walk, name: str, on: date) -> None:
    """Look at a fact of the timeline."""
    walk.press(event(walk, name, on).get_by_role("link").first)
    expect(walk.page.locator("h1")).to_have_text(walk.law_says(name))


def correct_fact(walk: Walk, photo: Path) -> None:
    """A corrected fact: the old one stays visible. A photo shows it."""
    open_event(walk, SAFEGUARDS, GIVEN)
    walk.press(walk.link("Correct it"))
    walk.hand.write_day(walk.page.locator("#id_on"), REALLY_GIVEN)
    walk.hand.give(walk.field("Photo or PDF that shows it"), photo)
    walk.press(walk.button("Save the correction"))
    expect(walk.page.get_by_text(walk.says("Corrected. The old entry stays visible."))).to_be_visible()
    expect(event(walk, SAFEGUARDS, GIVEN).locator("del")).to_be_visible()
    open_event(walk, SAFEGUARDS, REALLY_GIVEN)
    paper = walk.page.get_by_role("link", name=photo.name)
    expect(paper).to_be_visible()
    kept = walk.page.request.get(f"{walk.address}{paper.get_attribute('href')}")
    assert (kept.status, kept.headers["content-type"]) == (200, "image/png")
    assert points(kept.body()) == points(PNG)
    walk.press(walk.link("Back to the overview"))


def tell_other_account(walk: Walk) -> None:
    """The school names another day: both accounts stand, and each has its own due day."""
    open_event(walk, REQUEST, ASKED)
    walk.press(walk.link("The other side says otherwise"))
    walk.hand.write_day(walk.page.locator("#id_on"), THEIR_DAY)
    walk.press(walk.button("Save this account"))
    expect(walk.page.get_by_text(walk.says("Both accounts stand now, side by side."))).to_be_visible()
    accounts = walk.page.locator("article.duty", has_text=walk.law_says(ANSWER)).locator(".account")
    for said, due in (("By your account", DUE), ("By the school’s account", DUE_BY_THEM)):
        account = accounts.filter(has_text=walk.says(said))
        expect(account).to_contain_text(walk.day(due))


def read_school_file(walk: Walk, folder: Path) -> None:
    """The next school year from the school's own calendar file."""
    file = folder / "school.ics"
    file.write_text(NEXT_YEAR, encoding="utf-8", newline="")
    walk.press(walk.link("Calendar"))
    expect(walk.heading("The school calendar")).to_be_visible()
    walk.hand.choose(walk.field("Which school year?"), "2026-27")
    walk.hand.write_day(walk.field("Last day of school"), date(2027, 5, 20))
    walk.hand.give(walk.field("Or the school’s calendar file (.ics)"), file)
    walk.press(walk.button("Read it"))
    expect(walk.heading("Is this the school year %(year)s?", year="2026-27")).to_be_visible()
    expect(walk.page.locator("li.line")).to_contain_text("Thanksgiving break")
    walk.press(walk.button("Save this school year"))
    expect(walk.page.get_by_role("heading", name="2026-27", exact=True)).to_be_visible()
    walk.press(walk.link("Overview"))


def write_letter(walk: Walk) -> None:
    """The request from what is known. Looking at it writes nothing; finishing freezes it."""
    open_request(walk)
    labels = {field.id: field.label for field in fields_of("evaluation-request", walk.lang)}
    expect(walk.page.get_by_label(labels["child"], exact=True)).to_have_value(CHILD)
    walk.hand.write(walk.page.get_by_label(labels["concerns"], exact=True), "He cannot read a page by himself.")
    walk.press(walk.button("Show the letter"))
    expect(walk.page.get_by_role("alert")).to_be_visible()
    walk.hand.write(walk.page.get_by_label(labels["parent"], exact=True), "Rosa Lopez")
    relation = next(field for field in fields_of("evaluation-request", walk.lang) if field.id == "relation")
    walk.hand.choose(walk.page.get_by_label(labels["relation"], exact=True), relation.options[0].label)
    phone = walk.page.get_by_label(labels["phone"], exact=True)
    walk.hand.write(phone, "512-555-0142")
    phone.press("Enter")
    expect(walk.page.locator("pre.letter-text")).to_contain_text("Rosa Lopez")
    walk.press(walk.link("Overview"))
    expect(papers(walk)).to_have_count(1)
    open_request(walk)
    expect(walk.page.get_by_label(labels["parent"], exact=True)).to_have_value("Rosa Lopez")
    walk.press(walk.button("Finish the letter"))
    expect(walk.page.get_by_text(walk.says("The words, as finished"))).to_be_visible()


def open_request(walk: Walk) -> None:
    """From the child's page to all letters, and there to the request for an evaluation."""
    walk.press(walk.link("Letters"))
    everything = walk.page.locator("section[aria-labelledby=all]")
    walk.press(everything.locator("summary", has_text=topics(walk.lang)["evaluation"]))
    walk.press(everything.get_by_role("link", name=kind_of("evaluation-request", walk.lang).name, exact=True))


def papers(walk: Walk) -> Locator:
    """What lies under Papers on the child's page."""
    return walk.page.locator("section[aria-labelledby=papers] li.option")


def take(walk: Walk, what: Locator) -> Download:
    """Press a link that saves a file, and give the file."""
    with walk.page.expect_download() as saved:
        walk.press(what)
    assert saved.value.failure() is None
    return saved.value


def take_letter(walk: Walk) -> None:
    """The letter as a PDF and as the text of an e-mail."""
    assert take(walk, walk.link("Save as PDF")).path().read_bytes().startswith(b"%PDF-")
    text = take(walk, walk.link("Save as text for an e-mail")).path().read_text(encoding="utf-8")
    assert "Rosa Lopez" in text
    assert "89.1011" in text


def send_letter(walk: Walk, photo: Path) -> None:
    """I sent it: the fact that starts the State's clock, and its day on the page."""
    walk.press(walk.button("Save"))
    expect(walk.page.get_by_role("alert")).to_be_visible()
    walk.hand.pick(walk.answer("I gave it to them by hand"))
    walk.hand.write_day(walk.field("On which day?"), HANDED_IN)
    walk.hand.write(walk.field("Who got it?"), "The principal")
    walk.hand.give(walk.field("Photo or PDF of the receipt"), photo)
    walk.press(walk.button("Save"))
    expect(walk.heading("What this letter has started")).to_be_visible()
    see_duty(walk, LETTER_DUE)
    expect(walk.link("Look at the receipt")).to_be_visible()
    walk.press(walk.link("Overview"))
    see_child(walk, due=LETTER_DUE)


def take_along(walk: Walk) -> bytes:
    """The dates for one's own calendar, and the whole case as one file."""
    walk.press(walk.link("Save or take along"))
    dates = take(walk, walk.link("Save the dates")).path().read_text(encoding="utf-8")
    assert f"{LETTER_DUE:%Y%m%d}" in dates
    assert CHILD not in dates
    return take(walk, walk.link("Save the whole case")).path().read_bytes()


def delete_all(walk: Walk) -> None:
    """Delete everything for good; first without the tick, which is refused."""
    case = walk.page.url.partition("/keep/")[0]
    walk.press(walk.link("Delete everything for good"))
    walk.press(walk.button("Delete everything for good"))
    expect(walk.page.get_by_role("alert")).to_be_visible()
    walk.hand.pick(walk.field("Yes, delete all of it for good"))
    walk.press(walk.button("Delete everything for good"))
    expect(walk.page.get_by_text(walk.says("Deleted for good. Nothing of this case is left here."))).to_be_visible()
    expect(walk.page.get_by_role("link", name=CHILD, exact=True)).to_have_count(0)
    assert walk.page.request.get(f"{case}/").status == 404


def bring_back(walk: Walk, saved: bytes, folder: Path) -> None:
    """Bring the saved case in again."""
    file = folder / "case.zip"
    file.write_bytes(saved)
    walk.press(walk.link("Bring in a case that you saved before"))
    walk.hand.give(walk.field("The saved case (.zip)"), file)
    walk.press(walk.button("Bring it in"))
    expect(walk.page.get_by_text(walk.says("The case is here, just as it was saved."))).to_be_visible()


def words_of_child(walk: Walk) -> list[str]:
    """Everything that the child's page says, folded or not, without the messages above it."""
    body = walk.page.locator("main .wrap > div.stack")
    return " ".join(body.all_text_contents()).split()


def case_in(saved: bytes) -> object:
    """The case file in a saved case."""
    with ZipFile(BytesIO(saved)) as files:
        return json.loads(files.read("case.json"))
