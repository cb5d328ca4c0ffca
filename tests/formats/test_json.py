import json

import pytest

from charter.formats import json_
from charter.formats.document import Document
from tests.formats.texts import clean, redline


@pytest.mark.parametrize("document", [clean(), redline()], ids=["clean", "redline"])
def test_what_was_written_reads_back_without_loss(document: Document):
    assert json_.read(json_.write(document)) == document


def test_rows_carry_computed_numbers_and_what_changed():
    value = json.loads(json_.write(redline()))

    rows = {row["id"]: row for row in value["rows"] if not row["left_for"]}
    assert value["format"] == "charter/1"
    assert rows["scope"]["number"] == "Article 3"
    assert rows["means"]["heading"] == [["equal", "Peaceful means"], ["insert", " only"]]
    assert rows["means"]["changes"] == ["moved", "renumbered", "reworded"]
    assert rows["means-a"]["citation"] == "Article 1(2)(a)"


@pytest.mark.parametrize(
    "data",
    [b"[]", b"{}", b'{"format": "charter/2"}', b'{"format": "charter/1", "at": 1}', b"not json"],
)
def test_other_data_is_refused(data: bytes):
    with pytest.raises(ValueError, match=r".+"):
        json_.read(data)
