"""What callbacks are told, typed strictly: every callback is a public address, and anyone may say anything to it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, TypeAdapter
from pydantic import ValidationError as Invalid

from callbacks.bodies import Refused

Word = Annotated[StrictStr, Field(max_length=64)]
Text = Annotated[StrictStr, Field(max_length=8192)]
Words = Annotated[list[Word], Field(max_length=200)]


class Gesture(BaseModel):
    """A click: the dimension or term it speaks of, the codes, and whether they are added to what is picked."""

    model_config = ConfigDict(extra="forbid")
    key: Word
    codes: Words = []
    add: StrictBool = False
    at: StrictInt | StrictFloat = 0


class Again(BaseModel):
    model_config = ConfigDict(extra="forbid")
    panel: Word
    at: StrictInt | StrictFloat = 0


Address = TypeAdapter(Text | None)
Edition = TypeAdapter(Word | None)
Filters = TypeAdapter(list[Words | Word | None])
Clicks = TypeAdapter(list[StrictInt | None])
Click = TypeAdapter(StrictInt | None)
Named = TypeAdapter(dict[Word, Word])
Marks = TypeAdapter(dict[Annotated[str, Field(max_length=140)], Word] | None)
Gestured = TypeAdapter(Gesture | None)
Retried = TypeAdapter(Again | None)


def said(kind: TypeAdapter[Any], value: Any) -> Any:
    """The value, if it is of its kind. Raises Refused (400)."""
    try:
        return kind.validate_python(value)
    except Invalid:
        raise Refused(400, "The callback was told something it cannot read.") from None
