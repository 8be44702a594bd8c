"""Reading forms: from the body alone, whole, within limits, and nothing else than forms."""

import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import FROM_HERE, told

URL_ENCODED = {**FROM_HERE, "Content-Type": "application/x-www-form-urlencoded"}
BOUNDARY = "xyz"
MULTIPART = {**FROM_HERE, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def part(name: str, value: bytes = b"v", *, file_name: str | None = None, headers: bytes = b"") -> bytes:
    as_file = f'; filename="{file_name}"' if file_name is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{as_file}\r\n'
    return head.encode() + headers + b"\r\n" + value + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def test_headers_cookies_and_the_query_fill_neither_forms_nor_principals(small: TestClient) -> None:
    small.cookies.set("role", "admin")
    small.cookies.set("who", "1")
    headers = {**FROM_HERE, "role": "admin", "who": "1", "s": "x", "sess": "x"}
    answer = told(
        small.post("/tell/n?role=admin&tick=1&many=a&s=x&sess=x&who=1&user_id=1", data={"x": "1"}, headers=headers)
    )
    small.cookies.clear()
    assert answer == {
        "name": "n", "signed_in": False, "role": "", "s": "", "sess": "", "tick": False, "many": [],
        "others": {"x": "1"},
    }  # fmt: skip


def test_fields_called_like_a_framework_s_sessions_are_ordinary_fields(small: TestClient) -> None:
    answer = told(small.post("/tell/n", data={"s": "a", "sess": "b", "role": "c"}, headers=FROM_HERE))
    assert (answer["s"], answer["sess"], answer["role"]) == ("a", "b", "c")


@pytest.mark.parametrize("name", ["role", "tick", "row.0.name"])
def test_a_single_field_sent_twice_is_refused_rather_than_guessed_at(small: TestClient, name: str) -> None:
    assert small.post("/tell/n", content=f"{name}=a&{name}=b", headers=URL_ENCODED).status_code == 400


def test_a_list_takes_its_name_several_times(small: TestClient) -> None:
    assert told(small.post("/tell/n", content="many=a&many=b", headers=URL_ENCODED))["many"] == ["a", "b"]
    assert told(small.post("/many", content="x=a&x=b&y=c", headers=URL_ENCODED)) == {"x": ["a", "b"], "y": ["c"]}


def test_line_ends_and_nul_are_made_storable_in_every_kind_of_field(small: TestClient) -> None:
    answer = told(small.post("/tell/n", content="role=a%0D%0Ab%00c&row=a%0D%0Ab%00c&many=a%00", headers=URL_ENCODED))
    assert (answer["role"], answer["others"]["row"], answer["many"]) == ("a\nbc", "a\nbc", ["a"])


def test_bytes_that_are_no_utf_8_become_something_that_can_be_stored(small: TestClient) -> None:
    answer = told(small.post("/tell/n", content=b"role=%ED%A0%80%FF", headers=URL_ENCODED))
    answer["role"].encode()
    answer = told(small.post("/file", content=body(part("text", b"\xed\xa0\x80\xff")), headers=MULTIPART))
    answer["text"].encode()


@pytest.mark.parametrize(
    "kind",
    ["application/json", "text/plain", "", "application/x-www-form-urlencodedx", "multipart/mixed; boundary=xyz",
     "multipart/form-data; boundary=xyz; charset=utf-7", "multipart/form-data; boundary=xyz; charset=idna",
     'multipart/form-data; boundary=xyz; charset="punycode"', "application/x-www-form-urlencoded; charset=utf-16"],
)  # fmt: skip
def test_what_is_no_form_in_utf_8_is_refused(small: TestClient, kind: str) -> None:
    response = small.post("/file", content=b"text=a", headers={**FROM_HERE, "Content-Type": kind})
    assert response.status_code == 415


def test_a_body_in_chunks_without_a_length_is_refused(small: TestClient) -> None:
    response = small.post("/tell/n", content=iter([b"role=", b"a"]), headers=URL_ENCODED)
    assert response.status_code == 411


@pytest.mark.parametrize("length", ["99999999999", "9" * 5000, "-1", "\u00b2", "1e3", "+5", "0x10", ""])
def test_a_length_that_is_too_much_or_no_number_is_refused_before_anybody_is_asked_who_they_are(
    small: TestClient, length: str
) -> None:
    read: list[str] = []
    response = raw_post(small, "/private", [(b"content-length", length.encode("latin-1"))], read)
    assert response == 413
    assert read == []


def test_two_lengths_are_refused(small: TestClient) -> None:
    read: list[str] = []
    assert raw_post(small, "/tell/n", [(b"content-length", b"5"), (b"content-length", b"50")], read) == 413
    assert read == []


def raw_post(client: TestClient, path: str, headers: list[tuple[bytes, bytes]], read: list[str]) -> int:
    """The status an ASGI server would send for these headers; `read` notes whether the body was asked for."""
    sent: list[int] = []
    scope: dict[str, Any] = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "scheme": "http", "http_version": "1.1", "root_path": "", "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 1),
        "headers": [
            (b"host", b"127.0.0.1:8000"), (b"origin", b"http://127.0.0.1:8000"),
            (b"content-type", b"application/x-www-form-urlencoded"), *headers,
        ],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        read.append("read")
        return {"type": "http.request", "body": b"role=a", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])

    async def run() -> None:
        await client.app(scope, receive, send)

    assert client.portal is not None
    client.portal.call(run)
    return sent[0]


def test_a_form_without_files_may_not_be_as_large_as_one_with_a_file(small: TestClient) -> None:
    large = "text=" + "a" * 100_000
    assert small.post("/file", content=large, headers=URL_ENCODED).status_code == 413
    assert small.post("/tell/n", content=body(part("role", b"a" * 100_000)), headers=MULTIPART).status_code == 413


def test_a_text_too_long_beside_a_file_is_told_as_too_long(small: TestClient) -> None:
    response = small.post("/file", content=body(part("text", b"a" * 100_000)), headers=MULTIPART)
    assert response.status_code == 413
    assert "Shorten" in response.text


def test_thousands_of_fields_parts_or_files_are_refused_quickly(small: TestClient) -> None:
    started = time.perf_counter()
    assert small.post("/tell/n", content="a=1&" * 16_000, headers=URL_ENCODED).status_code in (400, 413)
    assert small.post("/file", content=body(*[part("x") for _ in range(9000)]), headers=MULTIPART).status_code == 413
    files = body(*[part("file", file_name="a.txt") for _ in range(5000)])
    assert small.post("/file", content=files, headers=MULTIPART).status_code == 413
    headers = b"".join(f"X-{number}: a\r\n".encode() for number in range(20_000))
    assert small.post("/file", content=body(part("x", headers=headers)), headers=MULTIPART).status_code in (
        200,
        400,
        413,
    )
    assert small.post("/file", content=b"\r\n-" * 200_000, headers=MULTIPART).status_code in (200, 400)
    assert time.perf_counter() - started < 10


def test_a_file_where_text_is_expected_and_the_reverse_are_nothing(small: TestClient) -> None:
    as_file = body(part("text", b"words", file_name="a.txt"))
    assert told(small.post("/file", content=as_file, headers=MULTIPART))["text"] == ""
    as_text = body(part("file", b"words"))
    assert told(small.post("/file", content=as_text, headers=MULTIPART))["name"] is None
    refused = small.post("/tell/n", content=body(part("role", b"words", file_name="a.txt")), headers=MULTIPART)
    assert refused.status_code == 413


def test_a_file_keeps_its_bytes_and_its_name_as_text(small: TestClient) -> None:
    sent = body(part("file", b"\x00\r\n\xff", file_name="../../etc/passwd"), part("text", b""))
    assert told(small.post("/file", content=sent, headers=MULTIPART)) == {
        "text": "", "name": "../../etc/passwd", "size": 4
    }  # fmt: skip


@pytest.mark.parametrize(
    "broken", [b"", b"--xyz", b"--xyz\r\n\r\n", b"no boundary", b"--xyz\r\nContent-Disposition: form-data\r\n\r\nv"]
)
def test_a_broken_body_is_no_defect_of_ours(small: TestClient, broken: bytes) -> None:
    assert small.post("/file", content=broken, headers=MULTIPART).status_code in (200, 400, 411)
    no_boundary = {**FROM_HERE, "Content-Type": "multipart/form-data"}
    assert small.post("/file", content=b"x", headers=no_boundary).status_code == 400


def test_names_in_the_path_are_short_and_printable(small: TestClient) -> None:
    for name in ("%00", "%0d%0aSet-Cookie:a=b", "a" * 201):
        assert small.post(f"/tell/{name}", data={"x": "1"}, headers=FROM_HERE).status_code == 404
    assert small.get("/page/" + "9" * 60_000).status_code == 404
    assert small.get("/page/1?" + "a" * 60_000).status_code == 200


def test_other_methods_find_nothing_and_change_nothing(small: TestClient) -> None:
    assert small.head("/page/1").status_code == 200
    assert small.options("/page/1").status_code == 404
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert small.request(method, "/page/1", headers=FROM_HERE).status_code == 404
    assert small.get("/tell/n").status_code == 404
    assert (
        small.post("/page/1", data={"x": "1"}, headers={**FROM_HERE, "X-HTTP-Method-Override": "GET"}).status_code
        == 404
    )
