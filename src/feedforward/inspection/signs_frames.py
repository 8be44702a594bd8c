"""What looks like a part of the conversation with a model, or like code a reader does not see; in any language."""
# ruff: noqa: E501

from feedforward.inspection.signs import Says, sign

_PLACE = r"(?:essay|student_?text|submission|draft|text|document|user|student|system|instructions?|prompt|input|context|assistant|rubric|task|data|admin)"

FRAMES = (
    sign(Says.FRAME, 3, r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end)\|?>?|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>", bare=True),
    sign(Says.FRAME, 1.5, r"</" + _PLACE + r">\s*<|<(?:system|instructions?|admin|assistant|prompt)\b[^>]{0,40}>", bare=True),
    sign(Says.FRAME, 2, r"<score\b[^>]*>|<!\[cdata\[|\]\]>", bare=True),
    sign(Says.FRAME, 1.5, r"^\W{0,4}(?:system|assistant|ai|model|chatgpt|gpt)(?: message| prompt| note| notice)?\s?:(?=\s*\S)|^\W*(?:### ?|---+ ?|=+ ?)(?:system|instructions?|response|end of)\b", bare=True),
    sign(Says.FRAME, 2, r"^\W{0,4}(?:human|user|student)\s?:[^\n]{1,300}\n\W{0,4}(?:assistant|ai|model|grader|chatgpt)\s?:|^\W{0,4}(?:assistant|ai|model|grader)\s?:[^\n]{0,300}\n\W{0,4}(?:human|user)\s?:", bare=True),
    sign(Says.FRAME, 3, r"\brole\W{1,4}system\b[\s\S]{0,40}\bcontent\W{1,5}(?:all|every|give|award|ignore|grade|mark|you must|the (?:essay|submission))", bare=True),
    sign(Says.FRAME, 3, r"[\"'](?:scores?|grades?|criteria|overall|points|marks)[\"']\s*:\s*(?:[\[{]\s*[\"']?[^{}]{0,60}?[\"']?\s*:\s*\d|\d+\s*[,}][^\n]{0,80}[\"'](?:feedback|comments?|text|overall|justification)[\"']\s*:)", bare=True),
    sign(Says.FRAME, 3, r"[\"'](?:function|tool|name|tool_call|action)[\"']\s*:\s*[\"'][^\"']{0,30}(?:grade|score|mark|feedback)", bare=True),
    sign(Says.FRAME, 2, r"<!--[^>]{0,40}\b(?:graders?|evaluators?|ai|llm|reviewers?|models?|assistant|ki|ia|scores?|marks?)\b|^\[//\]: ?#|^\[comment\]: ?", bare=True),
    sign(Says.FRAME, 1.5, r"\\(?:textcolor|color)\s?\{white\}|font-size\s?:\s?[01](?:px|pt|em)?\b|color\s?:\s?(?:#fff(?:fff)?\b|white\b)|display\s?:\s?none|visibility\s?:\s?hidden|opacity\s?:\s?0\b|\\tiny\b", bare=True),
    sign(Says.FRAME, 1.5, r"(?:<|\[|\(|-{3,}|={3,}|\*{3,}|#{2,}) ?(?:end|begin|start|beginning) of (?:the )?(?:student'?s? )?(?:essay|submission|session|text|document|input|prompt|draft|conversation|user|data|context|paper)\b", bare=True),
    sign(Says.FRAME, 1, r"\bnew task\b|\bnext task\b.{0,20}\bassistant\b"),
)  # fmt: skip
