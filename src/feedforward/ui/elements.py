"""The names of HTML's elements as constructors, and what every page needs beside them: `render`, `raw`, `Child`."""

from feedforward.ui.escaping import escape_text
from feedforward.ui.tree import (
    Attribute,
    Child,
    Constructor,
    Element,
    Raw,
    constructor,
    element,
    html_of_any_page,
    raw,
    render,
    written_once,
)

__all__ = [
    "H1",
    "H2",
    "H3",
    "H4",
    "A",
    "Abbr",
    "Article",
    "Aside",
    "Attribute",
    "Blockquote",
    "Body",
    "Br",
    "Button",
    "Caption",
    "Child",
    "Circle",
    "Cite",
    "Code",
    "Constructor",
    "Dd",
    "Del",
    "Desc",
    "Details",
    "Dialog",
    "Div",
    "Dl",
    "Dt",
    "Element",
    "Em",
    "Fieldset",
    "Figcaption",
    "Figure",
    "Footer",
    "Form",
    "G",
    "Head",
    "Header",
    "Hr",
    "Html",
    "Img",
    "Input",
    "Ins",
    "Kbd",
    "Label",
    "Legend",
    "Li",
    "Line",
    "LinkTag",
    "Main",
    "Mark",
    "Meta",
    "Nav",
    "Noscript",
    "Ol",
    "Optgroup",
    "Option",
    "Output",
    "P",
    "Path",
    "Polyline",
    "Pre",
    "Progress",
    "Raw",
    "Rect",
    "Script",
    "Section",
    "Select",
    "Small",
    "Span",
    "Strong",
    "Summary",
    "Sup",
    "Svg",
    "SvgText",
    "Table",
    "Tbody",
    "Td",
    "Template",
    "Textarea",
    "Tfoot",
    "Th",
    "Thead",
    "Time",
    "Title",
    "Tr",
    "Ul",
    "element",
    "escape_text",
    "html_of_any_page",
    "raw",
    "render",
    "written_once",
]

A = constructor("a")
Abbr = constructor("abbr")
Article = constructor("article")
Aside = constructor("aside")
Blockquote = constructor("blockquote")
Body = constructor("body")
Br = constructor("br", void=True)
Button = constructor("button")
Caption = constructor("caption")
Circle = constructor("circle")
Cite = constructor("cite")
Code = constructor("code")
Dd = constructor("dd")
Del = constructor("del")
Desc = constructor("desc")
Details = constructor("details")
Dialog = constructor("dialog")
Div = constructor("div")
Dl = constructor("dl")
Dt = constructor("dt")
Em = constructor("em")
Fieldset = constructor("fieldset")
Figcaption = constructor("figcaption")
Figure = constructor("figure")
Footer = constructor("footer")
Form = constructor("form")
G = constructor("g")
H1 = constructor("h1")
H2 = constructor("h2")
H3 = constructor("h3")
H4 = constructor("h4")
Head = constructor("head")
Header = constructor("header")
Hr = constructor("hr", void=True)
Html = constructor("html")
Img = constructor("img", void=True)
Input = constructor("input", void=True)
Ins = constructor("ins")
Kbd = constructor("kbd")
Label = constructor("label")
Legend = constructor("legend")
Li = constructor("li")
Line = constructor("line")
LinkTag = constructor("link", void=True)
Main = constructor("main")
Mark = constructor("mark")
Meta = constructor("meta", void=True)
Nav = constructor("nav")
Noscript = constructor("noscript")
Ol = constructor("ol")
Optgroup = constructor("optgroup")
Option = constructor("option")
Output = constructor("output")
P = constructor("p")
Path = constructor("path")
Polyline = constructor("polyline")
Pre = constructor("pre")
Progress = constructor("progress")
Rect = constructor("rect")
Script = constructor("script")
Section = constructor("section")
Select = constructor("select")
Small = constructor("small")
Span = constructor("span")
Strong = constructor("strong")
Summary = constructor("summary")
Sup = constructor("sup")
Svg = constructor("svg")
SvgText = constructor("text")
Table = constructor("table")
Tbody = constructor("tbody")
Td = constructor("td")
Template = constructor("template")
Textarea = constructor("textarea")
Tfoot = constructor("tfoot")
Th = constructor("th")
Thead = constructor("thead")
Time = constructor("time")
Title = constructor("title")
Tr = constructor("tr")
Ul = constructor("ul")
