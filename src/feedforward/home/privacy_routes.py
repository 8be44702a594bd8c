"""The public page about what happens with a text."""

from starlette.responses import Response

from feedforward.accounts.terms_queries import current_terms
from feedforward.accounts.terms_rules import filled
from feedforward.accounts.terms_words import placeholder_values
from feedforward.assignments.settings_queries import installation_defaults
from feedforward.home.privacy_pages import privacy_body
from feedforward.llm.readers import BUILT_IN
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/privacy")
async def show_privacy(who: Public, web: Web) -> Response:
    settings = web.services.settings
    terms = await web.database.read(current_terms)
    defaults = await web.database.read(installation_defaults)
    policy = filled(terms.privacy, placeholder_values(settings, web.services.readers))
    body = privacy_body(
        policy=policy, models=[each for each in web.services.readers if each != BUILT_IN],
        retention_days=settings.retention_days, unreleased_days=settings.unreleased_days,
        unreviewed_allowed=defaults.unreviewed_allowed,
    )  # fmt: skip
    return web.page(title="What happens with your text", body=body)
