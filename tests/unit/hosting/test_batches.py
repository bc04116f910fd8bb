"""Migrations in batches: which steps share a making of the model classes."""

from django.db.migrations import AddField, CreateModel, Migration, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CharField, IntegerField

from heedful.hosting import batches


class Editor:
    """Notes what it is told instead of changing a database."""

    class connection:  # noqa: N801
        alias = "default"

    def __init__(self) -> None:
        self.told: list[str] = []

    def create_model(self, model: type) -> None:
        self.told.append(f"table {model.__name__}")

    def add_field(self, model: type, field: IntegerField) -> None:  # type: ignore[type-arg]
        self.told.append(f"column {field.name}")


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", IntegerField(primary_key=True))])


def column(name: str) -> AddField:
    return AddField("first", name, CharField(default="", max_length=3))


def test_only_neighbours_of_one_kind_share_a_batch() -> None:
    sql: list[Operation] = [RunSQL("SELECT 1"), RunSQL("SELECT 2")]
    operations = [table("a"), table("b"), *sql, column("c"), table("d"), table("e"), table("f")]
    assert [len(batch) for _, batch in batches._batches(operations)] == [2, 1, 1, 1, 3]


def test_every_step_is_done_in_its_order_and_the_classes_are_made_once_for_each_batch() -> None:
    steps = [table("First"), table("Second"), column("one"), column("two")]
    migration = type("Made", (Migration,), {"operations": steps})("0001_initial", "nowhere")
    editor, state = Editor(), ProjectState()
    ended = batches._apply(migration, state, editor)  # type: ignore[arg-type]
    assert editor.told == ["table First", "table Second", "column one", "column two"]
    fields = ended.apps.get_model("nowhere", "First")._meta.get_fields()
    assert [field.name for field in fields] == ["id", "one", "two"]
