"""A coordinator writes a logic model by forms, and the page answers to a target while it is typed."""

from playwright.sync_api import expect

from tests.plan.test_stored_models import make


def test_a_target_is_answered_while_it_is_typed_and_the_picture_shows_the_error(visit, cast):
    model = make(cast)
    page = visit(f"/en/plan/logic-models/{model}/", who="coordinator", width=1280)
    expect(page.locator(".model-picture svg")).to_be_visible()
    page.locator(".model-picture a.tag").first.focus()
    page.keyboard.press("Enter")
    assert "#part-" in page.url
    page.goto(f"/en/plan/logic-models/{model}/parts/10/")
    expect(page.locator("#answer")).to_contain_text("Can be shown")
    page.get_by_label("Target", exact=True).fill("18")
    expect(page.locator("#answer")).to_contain_text("Cannot be shown with this survey")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".model-picture a.tag.error")).to_have_count(2)
    expect(page.locator("ol.compiler")).to_contain_text("T11")
