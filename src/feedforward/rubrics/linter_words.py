"""The words the linter knows: judging ones, degrees, and what could be said instead."""

import re

from feedforward.facts.lexicon import listed

VAGUE = listed("""
    good well better best excellent excellently outstanding superior superb great strong strongly solid sound fine nice
    poor poorly weak weakly bad badly worse unsatisfactory satisfactory satisfactorily acceptable unacceptable adequate
    adequately inadequate inadequately sufficient sufficiently insufficient insufficiently appropriate appropriately
    inappropriate inappropriately suitable suitably proper properly effective effectively ineffective ineffectively
    competent competently skilful skilfully skillful skillfully proficient proficiently successful successfully
    unsuccessful unsuccessfully impressive exemplary exceptional exceptionally reasonable reasonably decent basic
    limited consistent consistently inconsistent inconsistently high low quality correct correctly interesting
    thoughtful insightful sophisticated mature professional professionally academic compelling meaningful relevant
    """)
"""Words that judge and leave it to each reader what is meant."""

DEGREES = listed("""
    all most many several some few little no none minimal hardly rarely sometimes often usually mostly partly fully
    always never generally largely somewhat very quite fairly slightly extremely highly completely partially occasional
    occasionally frequent frequently numerous extensive limited considerable significant throughout almost entirely
    consistently adequately excellent good fair poor clearly thoroughly
    """)
"""Words of quantity, frequency or degree."""

LITTLE = listed("""
    a an the and or but of in on at to for with by from as is are was were be been being it its this that these those
    there here which who what where when how than then so very more less much not does do did has have had can could
    may might will would should also into over under their they them he she his her your you we our us any each every
    other own such only just both either neither
    """)

TELLING = listed("not nor neither either any each every only both other own much more less")
"""Little words that make one text say something else than another."""

GENERIC = listed("""
    work writing text essay draft paper report piece answer response submission student students writer author reader
    use used uses using usage way manner level degree extent range control command understanding knowledge skill skills
    ability demonstrates demonstrate demonstrated shows show shown showing displays display exhibits provides provide
    provided presents presented contains meets meet met needs need improvement attempt attempts attempted evident
    evidenced present expectations expectation criteria criterion standard standards requirements requirement overall
    language content ideas idea
    """)
"""Words that every rubric uses, and that point at nothing."""

ANCHORS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), text)
    for pattern, text in (
        (r"\b(?:thesis|position|central claim|main claim)\b",
         "“One sentence in the introduction says what the essay claims, and somebody could disagree with it.”"),
        (r"\b(?:evidence|support|examples?|details?|development)\b",
         "“Each main claim has at least one specific example or source, and a sentence that says what it shows.”"),
        (r"\b(?:sources?|citations?|references?|referencing|bibliography)\b",
         "“Everything taken from a source names it in the text, and every source named stands in the list.”"),
        (r"\b(?:reasoning|analysis|argument|argumentation|logic)\b",
         "“For each piece of evidence the draft says why it supports the claim; one objection is answered.”"),
        (r"\b(?:organi[sz]ation|structure|coheren|cohesion|flow|paragraph)",
         "“Each paragraph has one point, named in its first sentences, and takes up the one before.”"),
        (r"\b(?:grammar|mechanics|conventions|spelling|punctuation|syntax|correctness of language)\b",
         "“At most two slips a page; none that makes a sentence unclear.”"),
        (r"\b(?:vocabulary|word choice|diction|style|tone|register|language)\b",
         "“Uses the terms of the subject exactly; hardly a sentence in spoken style.”"),
        (r"\b(?:functions?|design|elegance|modular|complexity)\b",
         "“No function is longer than a screen or does two things; nothing is copied.”"),
        (r"\b(?:comments?|documentation|docstrings?)\b",
         "“Each public function says what it expects and returns; comments give reasons.”"),
        (r"\b(?:naming|names|readability|readable)\b",
         "“Names say what they hold; a reader needs no comment to follow a function.”"),
        (r"\b(?:method|methodology|procedure|experiment)\b",
         "“Another student could repeat the experiment from the text alone.”"),
        (r"\b(?:reflection|reflective|learning)\b",
         "“Names one situation, what was thought then and now, and what will be done differently.”"),
        (r"\b(?:task|prompt|question|requirements?|relevance)\b",
         "“Answers every part of the task, and no paragraph could be left out.”"),
    )
)  # fmt: skip
"""What a criterion with these words could name instead; the first that fits."""

USUAL_ANCHOR = (
    "Something that can be counted or quoted: how many, of which kind, where, with what effect on the reader."
)
