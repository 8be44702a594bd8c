"""Files that browsers save: the header that names them."""

from urllib.parse import quote


def attachment(file_name: str) -> str:
    """The header that makes a browser save a file under this name, without its folders and control characters."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    name = "".join(each for each in name if each.isprintable())[-120:].strip(" .") or "draft"
    plain = "".join(each if each.isascii() and (each.isalnum() or each in " ._-()") else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
