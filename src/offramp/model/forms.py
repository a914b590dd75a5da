"""The small forms that the shape of a case is made of: numbers, words, ranges, expressions."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

__all__ = ["Ends", "Expression", "Ids", "Number", "Sentence", "Text", "Words", "one_of"]


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _kind(value: object) -> str | None:
    """Which of the forms of an element this is; the tags vanish from the places of faults."""
    if _number(value):
        return "<number>"
    if isinstance(value, str):
        return "<text>"
    if isinstance(value, list):
        return "<range>" if value and all(map(_number, value)) else "<list>"
    return "<mapping>" if isinstance(value, (dict, BaseModel)) else None


def _expression(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if _number(value):
        return repr(value)
    if isinstance(value, str):
        return value
    raise PydanticCustomError("expression", "an expression is wanted here")


def _text_or_number(value: object) -> object:
    return str(value) if _number(value) else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Number = Annotated[float, Tag("<number>")]
Words = Annotated[str, Tag("<text>")]
Ends = Annotated[list[float], Field(min_length=2, max_length=2), Tag("<range>")]
Expression = Annotated[str, BeforeValidator(_expression, json_schema_input_type=str | float | bool)]
Text = Annotated[str, BeforeValidator(_text_or_number, json_schema_input_type=str | float)]
Sentence = Annotated[str, Field(pattern=r"\S")]
Ids = Annotated[list[str], BeforeValidator(_listed, json_schema_input_type=str | list[str])]


def one_of(message: str) -> Discriminator:
    """Tell the forms of an element apart by their YAML type; the message names what may be written."""
    return Discriminator(_kind, custom_error_type="form", custom_error_message=message)
