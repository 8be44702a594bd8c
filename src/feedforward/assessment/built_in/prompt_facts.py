"""Facts about a draft for a language model's prompt: trusted, short, with hardly a word of the draft."""

from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.measuring import facts_for
from feedforward.extraction.document import Document
from feedforward.facts.gather import Facts

_SLIPS = {
    "misspellings": "likely misspellings",
    "lower_case_i": "“I” written small",
    "lower_case_starts": "sentences without a capital",
    "missing_apostrophes": "missing apostrophes",
    "doubled_words": "doubled words",
    "run_ons": "run-on sentences",
    "comma_splices": "comma splices",
    "fragments": "fragments",
    "word_form_slips": "certain slips of word form",
}


def facts_for_prompt(document: Document, brief: Brief) -> str:
    """Some dozen lines of measured facts; nothing in them is longer than three words of the draft."""
    facts = facts_for(document, brief)
    return "\n".join(_lines(facts, brief))


def _lines(facts: Facts, brief: Brief) -> list[str]:
    def count(name: str) -> int:
        return int(facts.value(name))

    if "code_lines" in facts and (facts.prose.is_code or brief.work.is_code):
        return [_code_line(facts)]
    limits = [f"at least {brief.word_min}"] if brief.word_min else []
    limits += [f"at most {brief.word_max}"] if brief.word_max else []
    lines = [
        f"Length: {count('words')} words" + (f" (the task asks for {' and '.join(limits)})" if limits else "") + f"; "
        f"language: {facts.prose.language}",
        f"Paragraphs: {count('paragraphs')}, headings: {count('headings')}, of one sentence: "
        f"{count('one_sentence_paragraphs')}, "
        f"above 250 words: {count('long_paragraphs')}",
        f"Sentences: {count('sentences')}, mean {facts.value('sentence_length_mean'):.0f} words, above 40 words: "
        f"{count('long_sentences')}",
        f"Sources: {count('citations')} citations, {count('references')} references, cited but not listed: "
        f"{count('citations_without_reference')}, listed but not cited: {count('references_without_citation')}, "
        f"quotations: {count('quotations')}"
        + (f", style: {facts['citation_style'].notes[0]}" if facts.value("citation_style") else ""),
    ]
    if "code_lines" in facts:
        lines.append(_code_line(facts))
    if not facts.prose.is_english:
        return lines
    slips = ", ".join(f"{label}: {count(name)}" for name, label in _SLIPS.items() if count(name))
    kinds = ("adding", "contrasting", "causing", "sequencing", "concluding", "exemplifying")
    lines += [
        f"Mechanics found by rules: {slips or 'no slips'}",
        "Linking words: " + ", ".join(f"{kind} {count(f'links_{kind}')}" for kind in kinds),
        f"Vocabulary: MTLD {facts.value('mtld'):.0f}, vague words {count('vague_words')}, conversational words "
        f"{count('informal_words')}",
        f"Marks of argument: sentences worded as a position {count('thesis_candidates')}, with a reason "
        f"{count('reasons')}, "
        f"with evidence {count('evidence')}, with another view {count('other_views')} (answered: "
        f"{count('answers_to_other_views')})",
        f"Paragraphs that share no word with the thesis: {count('paragraphs_off_thesis')}; positions without a reason "
        f"or evidence near: {count('claims_without_support')}",
        f"Reading grade (Flesch–Kincaid): {facts.value('reading_grade'):.0f}; likely passives: {count('passives')}; "
        f"hedges: {count('hedges')}",
    ]
    if "task_words_met" in facts:
        missing = facts["task_words_missing"].notes[:6]
        lines.append(
            f"Words of the task used: {facts.value('task_words_met'):.0%}"
            + (f"; not used: {', '.join(missing)}" if missing else "")
        )
    return lines


_IN_CODE = {
    "code_functions": "functions",
    "code_long_functions": "functions above 40 lines",
    "code_deep_nesting": "functions nested more than four deep",
    "code_undocumented": "functions and classes without documentation",
    "code_duplicates": "repeated stretches",
    "code_magic_numbers": "bare numbers",
    "code_commented_out": "runs of commented-out code",
    "code_unclear_names": "unclear names",
    "code_syntax_errors": "syntax errors",
}


def _code_line(facts: Facts) -> str:
    language = facts["code_language"].notes[0] if facts.value("code_language") else "language not recognised"
    found = ", ".join(f"{label}: {int(facts.value(name))}" for name, label in _IN_CODE.items() if facts.value(name))
    return (
        f"Program code ({language}): {int(facts.value('code_lines'))} lines, comments on "
        f"{facts.value('code_comment_share'):.0%} of them" + (f"; {found}" if found else "")
    )
