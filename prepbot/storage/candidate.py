"""The candidate's own things in the database: stories, and the résumé and the advert kept beside a role."""

from sqlalchemy import delete, select

from prepbot.candidate_ports import Paper, PaperKind, StoredStory
from prepbot.domain.self_rating import SelfRating
from prepbot.storage.absent import no_interview, no_paper, no_story
from prepbot.storage.codec import decode_moment, decode_story, encode_moment, encode_story
from prepbot.storage.connections import Connections
from prepbot.storage.tables import interviews, papers, self_ratings, stories


class SqlCandidateStore(Connections):
    """The part of the SQL store that keeps stories and papers. Satisfies candidate_ports.CandidateStore."""

    def save_story(self, stored: StoredStory) -> None:
        """Keep a story. See CandidateStore.save_story."""
        row = {
            "id": stored.story.id,
            "role_sha256": stored.role_sha256,
            "engine": stored.engine,
            "body": encode_story(stored.story),
            "at": encode_moment(stored.at),
        }
        with self._writing(f"story {stored.story.id}") as connection:
            new = self._upsert_into(stories).values(row)
            replaced = {name: new.excluded[name] for name in ("role_sha256", "engine", "body", "at")}
            connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=replaced))

    def stories(self) -> tuple[StoredStory, ...]:
        """Every story, oldest first. See CandidateStore.stories."""
        with self._reading() as connection:
            rows = connection.execute(select(stories)).all()
        found = (
            StoredStory(decode_story(row.body, row.id), row.role_sha256, row.engine, decode_moment(row.at))
            for row in rows
        )
        return tuple(sorted(found, key=lambda stored: (stored.at, stored.story.id)))

    def remove_story(self, story_id: str) -> None:
        """Forget a story. See CandidateStore.remove_story."""
        with self._writing(f"story {story_id}") as connection:
            if not connection.execute(delete(stories).where(stories.c.id == story_id)).rowcount:
                raise no_story(story_id)

    def save_paper(self, paper: Paper) -> None:
        """Keep a résumé or an advert. See CandidateStore.save_paper."""
        row = {
            "role_id": paper.role_id,
            "kind": paper.kind.value,
            "name": paper.name,
            "text": paper.text,
            "at": encode_moment(paper.at),
        }
        with self._writing(f"the text “{paper.name}”") as connection:
            new = self._upsert_into(papers).values(row)
            replaced = {name: new.excluded[name] for name in ("name", "text", "at")}
            connection.execute(new.on_conflict_do_update(index_elements=list(papers.primary_key), set_=replaced))

    def papers(self, role_id: str) -> tuple[Paper, ...]:
        """What is kept beside a role. See CandidateStore.papers."""
        with self._reading() as connection:
            rows = connection.execute(select(papers).where(papers.c.role_id == role_id)).all()
        kept = {
            row.kind: Paper(role_id, PaperKind(row.kind), row.name, row.text, decode_moment(row.at)) for row in rows
        }
        return tuple(kept[kind.value] for kind in PaperKind if kind.value in kept)

    def remove_paper(self, role_id: str, kind: PaperKind) -> None:
        """Forget a role's résumé or advert. See CandidateStore.remove_paper."""
        named = (papers.c.role_id == role_id) & (papers.c.kind == kind.value)
        with self._writing(f"a text of the role {role_id}") as connection:
            if not connection.execute(delete(papers).where(named)).rowcount:
                raise no_paper(role_id, kind)

    def save_self_rating(self, rating: SelfRating) -> None:
        """Keep a self-rating. See CandidateStore.save_self_rating."""
        row = {
            "interview_id": rating.interview_id,
            "question_id": rating.question_id,
            "band": rating.band,
            "at": encode_moment(rating.at),
        }
        with self._writing(f"a self-rating of interview {rating.interview_id}") as connection:
            known = select(interviews.c.id).where(interviews.c.id == rating.interview_id)
            if connection.execute(known).first() is None:
                raise no_interview(rating.interview_id)
            new = self._upsert_into(self_ratings).values(row)
            replaced = {name: new.excluded[name] for name in ("band", "at")}
            connection.execute(new.on_conflict_do_update(index_elements=list(self_ratings.primary_key), set_=replaced))

    def self_ratings(self, interview_id: str) -> tuple[SelfRating, ...]:
        """The self-ratings of an interview. See CandidateStore.self_ratings."""
        with self._reading() as connection:
            rows = connection.execute(select(self_ratings).where(self_ratings.c.interview_id == interview_id)).all()
        found = (SelfRating(row.interview_id, row.question_id, row.band, decode_moment(row.at)) for row in rows)
        return tuple(sorted(found, key=lambda rating: rating.question_id))
