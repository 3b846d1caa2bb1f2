"""The plainest value that a JSON schema allows: what a server that keeps to the schema replies."""

from typing import Any

Schema = dict[str, Any]


def filled(schema: Schema, text: str = "word", within: Schema | None = None) -> Any:
    """A value for `schema`, made of `text`; `within` is the document that its references point into."""
    document = within or schema
    if "$ref" in schema:
        return filled(document["$defs"][schema["$ref"].rsplit("/", 1)[1]], text, document)
    choices = [schema[key][0] for key in ("anyOf", "oneOf", "allOf") if key in schema]
    if choices:
        return filled(choices[0], text, document)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _of_type(schema, text, document)


def _of_type(schema: Schema, text: str, document: Schema) -> Any:
    match schema.get("type"):
        case "object":
            return {name: filled(sort, text, document) for name, sort in schema.get("properties", {}).items()}
        case "array":
            return [filled(schema["items"], text, document) for _ in range(max(1, schema.get("minItems", 0)))]
        case "integer" | "number":
            return schema.get("minimum", schema.get("maximum", 0))
        case "string":
            return text[: schema.get("maxLength", len(text))].ljust(schema.get("minLength", 0), "d")
        case sort:
            return False if sort == "boolean" else None
