"""What the models in use cost, will cost and may cost, and whether they take part just now. Sends nothing."""

from collections.abc import Iterable, Iterator
from threading import Thread

from prepbot.language.client import ModelClient
from prepbot.language.desk import ModelDesk
from prepbot.language.prices import FREE, known_price, load_prices, midnight
from prepbot.language.usage import Use, load_usage
from prepbot.model_ports import Accounts, Estimate, Ledger, Limit, ModelInUse, Purpose, Spending
from prepbot.ports import Clock
from prepbot.settings import Settings

_OF_INTERVIEWS = (Purpose.VOICE, Purpose.ANALYST)
_NO_BUDGET = "The budget for language models is spent. {rest}"
_RESTING = "The language model does not answer just now. {rest}"
_GOES_ON = {Purpose.VOICE: "Written questions go on.", Purpose.ANALYST: "The rules go on reading."}


class ModelAccounts:
    """Satisfies model_ports.Models."""

    def __init__(self, desk: ModelDesk, settings: Settings, ledger: Ledger, clock: Clock) -> None:
        self._desk = desk
        self._settings = settings
        self._ledger = ledger
        self._clock = clock

    def in_use(self) -> tuple[ModelInUse, ...]:
        """Every model of the settings. See Models.in_use."""
        return tuple(self._in_use(client) for client in self._desk.clients())

    def estimate(self, questions: int) -> Estimate | None:
        """What an interview takes. See Models.estimate."""
        return self._taking((client, use, use.calls * questions) for client, _, use in self._asked())

    def reading(self, answers: int) -> Estimate | None:
        """What it takes to have answers read. See Models.reading."""
        readers = ((client, use) for client, purpose, use in self._asked() if purpose is not Purpose.VOICE)
        return self._taking((client, use, answers) for client, use in readers)

    def spent(self, interview_id: str) -> Spending:
        """What one interview has taken. See Models.spent."""
        return self._ledger.spending(interview_id)

    def accounts(self) -> Accounts:
        """What was spent, and what may be. See Models.accounts."""
        today = self._ledger.spending(since=midnight(self._clock.now()))
        return Accounts(
            today=today,
            ever=self._ledger.spending(),
            day=Limit(self._settings.budget_day, today.dollars),
            interview=self._settings.budget_interview,
            prices_of=load_prices().date,
        )

    def notice(self, interview_id: str) -> str:
        """Why a model does not take part just now. See Models.notice."""
        interviews = [(self._desk.client(purpose), purpose) for purpose in _OF_INTERVIEWS]
        for sentence, is_out in (
            (_NO_BUDGET, lambda client: not client.has_budget(interview_id)),
            (_RESTING, lambda client: client.resting),
        ):
            for client, purpose in interviews:
                if client is not None and is_out(client):
                    return sentence.format(rest=_GOES_ON[purpose])
        return ""

    def warm_up(self) -> None:
        """Import and build in the background. See Models.warm_up."""
        Thread(target=self._build, name="language-model-warm-up", daemon=True).start()

    def _build(self) -> None:
        for client in self._desk.clients():
            client.warm_up()

    def _taking(self, asked: Iterable[tuple[ModelClient, Use, float]]) -> Estimate | None:
        """The sum over models, each with what one call takes and how many calls."""
        tokens = microdollars = 0.0
        clients = []
        for client, use, calls in asked:
            tokens += calls * (use.prompt + use.reply)
            microdollars += calls * (client.price.prompt * use.prompt + client.price.reply * use.reply)
            clients.append(client)
        if not clients:
            return None
        models = tuple(self._in_use(client) for client in dict.fromkeys(clients))
        return Estimate(models, round(tokens), round(microdollars))

    def _asked(self) -> Iterator[tuple[ModelClient, Purpose, Use]]:
        """Who is asked in an interview for what, and what that takes: a second opinion is asked as the analyst is."""
        means = load_usage().use
        for purpose in _OF_INTERVIEWS:
            client = self._desk.client(purpose)
            if client is not None:
                yield client, purpose, means[purpose]
        if self._desk.client(Purpose.ANALYST) is not None:
            for client in self._desk.opinions():
                yield client, Purpose.OPINION, means[Purpose.ANALYST]

    def _in_use(self, client: ModelClient) -> ModelInUse:
        purposes = [p for p in (*_OF_INTERVIEWS, Purpose.COACH) if self._desk.client(p) is client]
        purposes += [Purpose.OPINION] if client in self._desk.opinions() else []
        known = known_price(client.name, self._desk.base_url(client.name), self._settings.price)
        price = client.price
        return ModelInUse(client.name, tuple(purposes), known == FREE, known is not None, price.prompt, price.reply)
