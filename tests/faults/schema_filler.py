"""The plainest value that a JSON schema allows: what a server that keeps to the schema replies."""

from typing import Any


def filled(schema: dict[str, Any], within: dict[str, Any] | None = None) -> Any:
    """A value for `schema`; `within` is the document that its references point into."""
    document = within or schema
    if "$ref" in schema:
        return filled(document["$defs"][schema["$ref"].rsplit("/", 1)[1]], document)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return filled(schema[several][0], document)
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {name: filled(properties[name], document) for name in properties}
        case "array":
            return [filled(schema["items"], document) for _ in range(schema.get("minItems", 0))]
        case "integer" | "number":
            return schema.get("minimum", schema.get("maximum", 0))
        case "boolean":
            return False
        case "string":
            return "word"[: schema.get("maxLength", 4)].ljust(schema.get("minLength", 0), "d")
    return None
