"""What calls of language models cost, in the database: one row a call, sums by interview and by day."""

from datetime import datetime

from sqlalchemy import func, insert, select

from prepbot.model_ports import ModelCall, Spending
from prepbot.storage.codec import encode_moment
from prepbot.storage.connections import Connections
from prepbot.storage.tables import model_calls

_SUMS = (model_calls.c.prompt_tokens, model_calls.c.reply_tokens, model_calls.c.microdollars)


class SqlLedger(Connections):
    """The part of the SQL store that keeps model calls. Satisfies model_ports.Ledger."""

    def save_model_call(self, call: ModelCall) -> None:
        """Keep a call. See Ledger.save_model_call."""
        row = {
            "at": encode_moment(call.at),
            "purpose": call.purpose.value,
            "model": call.model,
            "prompt": call.prompt,
            "interview_id": call.interview_id,
            "prompt_tokens": call.prompt_tokens,
            "reply_tokens": call.reply_tokens,
            "microdollars": call.microdollars,
            "seconds": call.seconds,
            "attempts": call.attempts,
            "outcome": call.outcome,
        }
        with self._writing(f"a call of {call.model}") as connection:
            connection.execute(insert(model_calls), row)

    def spending(self, interview_id: str | None = None, since: datetime | None = None) -> Spending:
        """What was spent. See Ledger.spending."""
        query = select(func.count(), *(func.coalesce(func.sum(column), 0) for column in _SUMS))
        if interview_id is not None:
            query = query.where(model_calls.c.interview_id == interview_id)
        if since is not None:
            query = query.where(model_calls.c.at >= encode_moment(since))
        with self._reading() as connection:
            calls, prompt_tokens, reply_tokens, microdollars = connection.execute(query).one()
        return Spending(calls, int(prompt_tokens), int(reply_tokens), int(microdollars))
