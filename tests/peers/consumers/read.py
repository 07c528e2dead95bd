"""Reads {"path", "kind", "place"} a line and answers one line: what Python's own readers find there, as JSON."""

import configparser
import json
import sys
import xml.etree.ElementTree


def from_ini(path, place):
    section, key = place.split("/")
    # Without interpolation, which is Python's own and which no Windows program knows.
    parser = configparser.ConfigParser(interpolation=None)
    with open(path, encoding="utf-8") as file:
        parser.read_file(file)
    return parser[section][key]


def from_xml(path, place):
    element, attribute = place.rsplit("/@", 1)
    # The way starts below the root there.
    return xml.etree.ElementTree.parse(path).getroot().find("./" + element.split("/", 1)[1]).get(attribute)


def from_json(path, place):
    with open(path, encoding="utf-8-sig") as file:
        # Comments are no JSON to Python.
        lines = [line for line in file if not line.lstrip().startswith(("//", "/*"))]
    at = json.loads("".join(lines).rstrip().removesuffix("}").rstrip().removesuffix(",") + "}")
    for key in place.strip("/").split("/"):
        at = at[key]
    return at


readers = {"ini": from_ini, "xml": from_xml, "json": from_json}
for line in sys.stdin:
    question = json.loads(line)
    try:
        print(json.dumps(readers[question["kind"]](question["path"], question["place"])), flush=True)
    except Exception as error:  # the answer is the point
        print(json.dumps({"fault": type(error).__name__}), flush=True)
