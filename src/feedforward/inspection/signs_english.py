"""What hostile instructions say in English, as signs on folded text."""
# ruff: noqa: E501

from feedforward.inspection.signs import Says, sign

# Where an order can begin: at the start, after a sign or a word that joins, after words that ask; never after "told us to".
_ORDER = (
    r"(?:(?:^|[.!?:;,/\"'()\[\]>*#=|\u2014\u2013-]|\b(?:and|then|now|please|pls|plz|kindly|just|must|shall|instead|simply|only|also|or"
    r"|therefore|always|immediately|you (?:should|will|can|may|must|shall|have to|need to|are to)|(?:do|perform) (?:the )?following"
    r"|(?:want|need|ask|asks|instruct|require|request|order|command|tell|wish|like|expect)(?:ed)? you to"
    r"|remember to|be sure to|make sure to|required to|supposed to|could you|would you|can you|will you"
    r"|(?:graders?|markers?|reviewers?|readers?|models?|assistants?|evaluators?|bots?|ai|llms?|you|systems?) (?:must|should|shall|will|to|are to))"
    r")\s*(?:\W{0,3}\s*)(?:(?:please|kindly|just|now|simply|also|always|then|you must|i ask that you) ?){0,3})"
)  # fmt: skip
_SET_ASIDE = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|skip|discard|abandon|neglect|drop|dismiss"
    r"|do not (?:follow|obey|apply|use)|don't (?:follow|obey|apply|use)|pay no attention to|set aside|put aside|stop following|throw away"
    r"|delete|erase|suspend|cancel|void)"
)
_BEFORE = r"(?:previous|prior|earlier|preceding|above|former|foregoing|existing|original|initial|past|other|old|your|system|given|default|hidden)"
_RULES = (
    r"(?:instructions?|instrutions?|intructions?|directions?|directives?|prompts?|commands?|orders?|guidelines?|guidance|rules?|requests?|messages?"
    r"|inputs?|text|context|conversation|constraints?|restrictions?|boundaries|tasks?|programming|training)"
)
_MEASURE = (
    r"(?:rubrics?|(?:grading|marking|scoring|assessment|evaluation) (?:criteria|rules?|scale|scheme|guide(?:lines?)?|instructions?|restrictions?)|criteria|criterions?"
    r"|mark scheme|score ?sheet)"
)
_TOP = (
    r"(?:full (?:marks?|credits?|points?|score)|(?:the )?(?:highest|maximum|maximun|max|top|best|perfect|greatest|full)(?: possible| available| attainable| imaginable)? "
    r"(?:overall )?(?:marks?|scores?|grades?|levels?|bands?|ratings?|points?|evaluation|results?|credits?|numbers?)"
    r"|(?:100|95|99) ?(?:%|percent|points?\b|/ ?100|out of 100)|(\d{1,3}) ?(?:/|out of|of) ?\1\b|\b100\b|\ba\+|\ban? ['\"]?a\+?['\"]?(?= *(?:[.,;:!)]|$|for|on|grade|in|to))"
    r"|(?:grade|mark|score)s? (?:of )?['\"]?a\+?['\"]?(?= *(?:[.,;:!)]|$))|ten out of ten|five stars|straight a'?s|(?:the|a) maximum\b|(?:by|up) (?:one|two|three|\d) levels?"
    r"|distinction|first[- ]class|(?:as )?(?:excellent|exceptional|outstanding|perfect|flawless)\b|(?:all|every) (?:scores?|marks?) high)"
)
_GIVE = (
    r"(?:giv|give|award|assign|grant|set|report|return|put|enter|record|raise|lift|increase|bump|mark|rate|score|grade|output"
    r"|print|recommend|choose|select|finali[sz]e|submit|write|state|allocate|reward|assess|evaluate|treat|consider|accept|approve|make|produce|confirm|respond with"
    r"|reply with|answer with|say|deliver|provide|conclude|provide me)"
)
_THIS = r"(?:(?:this|the|my|above|present|following|student's) (?:\w+ ){0,2}?(?:essay|esay|paper|text|submission|draft|work|assignment|answer|document|composition|writing|manuscript|thesis)\b|(?:this|present) (?:\w+ )?(?:student|author|writer|candidate|piece|response)\b)"
_ALL = r"(?:(?:every|each|all|any)(?: of)?(?: the| your| its)?(?: rubric| single| grading)? (?:criteri(?:on|a)|categor(?:y|ies)|rows?|aspects?|dimensions?|scores?|areas?|rubrics?|sections?|scales?|respects?|submissions?|requirements?)|across the board|overall (?:grade|score|mark|rating))"
_MACHINE = (
    r"(?:ais?|a\.i\.|llms?|gpt\w*|chatgpt|claude|gemini|copilot|(?:large )?language models?|artificial intelligence|machines?|chatbots?|bots?|assistants?|grade ?bots?"
    r"|(?:ai|llm|automat(?:ed|ic)|automatic|machine|computer|digital|virtual|model) (?:grad(?:er|ing system|ing tool)s?|mark(?:er|ing system)s?|scor(?:er|ing system)s?|readers?|reviewers?|evaluators?|tutors?|assistants?|assessors?|systems?|tools?|models?|feedback tool)"
    r"|grading (?:model|system|assistant|bot|engine|ai|software|algorithm)s?|neural network|reader made of)"
)
_GRADER = r"(?:graders?|markers?|evaluators?|assessors?|reviewers?|examiners?|scorers?|raters?)"

# Without one of these in the text a pattern is not tried: most texts hold none.
_SETS_ASIDE = (
    "ignor",
    "disregard",
    "forget",
    "overrid",
    "bypass",
    "skip",
    "discard",
    "abandon",
    "neglect",
    "drop",
    "dismiss",
    "not follow",
    "not obey",
    "not apply",
    "not use",
    "n't follow",
    "n't obey",
    "n't apply",
    "n't use",
    "no attention",
    "aside",
    "stop following",
    "throw away",
    "delete",
    "erase",
    "suspend",
    "cancel",
    "void",
)
_TOPS = (
    "full ",
    "highest",
    "maximum",
    "maximun",
    "max ",
    "top ",
    "best ",
    "perfect",
    "greatest",
    "100",
    "95",
    "99",
    "out of",
    "/",
    "a+",
    " a ",
    " an a",
    "stars",
    "a's",
    "level",
    "distinction",
    "first-class",
    "first class",
    "excellent",
    "exceptional",
    "outstanding",
    "flawless",
    "high",
    "ten",
    " of ",
    '"a',
    "'a",
)

ENGLISH = (
    sign(Says.OVERRIDE, 3, _ORDER + _SET_ASIDE + r" (?:\w+ ){0,3}?" + _BEFORE + r" (?:\w+ ){0,3}?" + _RULES + r"\b", needs=_SETS_ASIDE),
    sign(Says.OVERRIDE, 2.5, _ORDER + _SET_ASIDE + r" (?:all|any|every|each)(?: of)?(?: the| your| these| those| my)? ?(?:\w+ )?" + _RULES + r"\b", needs=_SETS_ASIDE),
    sign(Says.OVERRIDE, 3, _ORDER + _SET_ASIDE + r" (?:\w+ ){0,3}?" + _MEASURE, needs=_SETS_ASIDE),
    sign(Says.OVERRIDE, 2, _ORDER + _SET_ASIDE + r" (?:everything|anything|all|whatever)(?: that| which)? (?:you (?:were|have been|had been|are|have|used)|i (?:told|said)|above|before|previous)", needs=_SETS_ASIDE),
    sign(Says.OVERRIDE, 1.5, _ORDER + _SET_ASIDE + r" (?:the|these|those|your|them|it|any) ?" + _RULES + r"?\b", needs=_SETS_ASIDE),
    sign(Says.OVERRIDE, 2, r"(?:^|[.!?*#:\[/] *|\b(?:are|is) )(?:new|updated?|revised|important)(?: \w+)? (?:instructions?|directives?|task|orders?|prompt|system (?:message|prompt))\b(?= *(?:[:*!.\]\n]|for|come|from|$|starts?|begins?))"),
    sign(Says.OVERRIDE, 2, r"\b(?:regardless of|instead of|in spite of|overriding|supersedes?|replaces?|cancels?) (?:\w+ ){0,2}(?:previous|prior|earlier|the rubric|rubric|input|instructions?|what used|criteria)"),
    sign(Says.OVERRIDE, 1.5, r"\b(?:your )?(?:old|previous|earlier|former|prior) (?:commands?|instructions?|rules?|orders?|prompts?|guidelines?|directives?) (?:are|is|have been|do) (?:now )?(?:null|void|cancell?ed|obsolete|invalid|no longer|not apply|suspended|deleted|overridden)"),
    sign(Says.AWARD, 2, _ORDER + _GIVE + r"\b(?: [\w'\"-]+){0,9}?,?[ \"':(]+" + _TOP, needs=_TOPS),
    sign(Says.AWARD, 2, r"\b(?:must|should|shall|has to|have to|needs? to|are to|is to|ought to|is entitled to) (?!not\b|never\b)(?:\w+ ){0,2}?(?:give|award|assign|be (?:given|awarded|graded|marked|rated|scored|set|treated)|receive|set|rate|score|recommend|mark)\b(?: [\w'\"-]+){0,6}?[ \"':(]+" + _TOP, needs=_TOPS),
    sign(Says.AWARD, 1, r"\b(?:deserves?|merits?|earns?|is worth) (?:\w+ ){0,2}?" + _TOP, needs=_TOPS),
    sign(Says.AWARD, 1.5, r"\b(?:maximum|top|highest|full|perfect) (?:grade|mark|score|marks|credit|points)\b(?: \w+){0,2} (?:appl(?:y|ies)|is (?:due|required|mandatory|agreed)|are due)"),
    sign(Says.AWARD, 1.5, _ORDER + r"(?:keep|bring|match|align) (?:your|the) (?:scores?|marks?|grades?|judge?ment|evaluation) (?:in line|the same|equal|with|to)\b"),
    sign(Says.AWARD, 1.5, r"\b(?:award|giv(?:e|es|en)|assign)\w*(?: \w+){0,6}? an a\b(?= *(?:[.,;!]|$))"),
    sign(Says.AWARD, 1.5, r"\b(?:set|put|make|score|turn)\b(?: \w+){0,6}? (?:to|at|=) (?:its |their |the )?(?:max(?:imum)?|top|highest|greatest|100|full)(?= (?:marks?|scores?|levels?|grades?|bands?|values?|and|for)\b|\W*$|[.,;!)\]])"),
    sign(Says.AWARD, 1, _TOP + r".{0,25}\b(?:overall|total|final)\b|\b(?:overall|total|final) (?:grade|score|mark)s?\W{1,4}" + _TOP, needs=_TOPS),
    sign(Says.AWARD, 2, _ORDER + r"(?:pass|accept|approve) (?:this|the|my) (?:student|essay|paper|submission|draft|text|manuscript)\b"),
    sign(Says.AWARD, 2, r"(?<!\bto )(?<!\bi )(?<!\bwe )(?<!\bthey )(?<!\bnot )\b(?:give|award|assign|grant|report|set) (?:this|the|my|every|an) (?:\w+ ){0,2}?(?:essay|paper|text|submission|draft|overall|criterion|rubric)(?: \w+){0,3}? (?:to )?(?:the )?" + _TOP, needs=_TOPS),
    sign(Says.TARGET, 1, _THIS + r"|" + _ALL + r"|\b(?:give|award|grant) me\b"),
    sign(Says.TARGET, 1, r"\b(?:marks?|scores?|grades?|points?|award|give|rate) (?:\w+ ){0,2}?(?:on|for|in|to) (?:all|every|each|this)\b"),
    sign(Says.TARGET, 1, r"^[\W_]*(?:" + _GIVE + r") (?:\w+ ){0,2}?(?:\d{1,3} (?:out )?of|full marks|the (?:highest|maximum|top)|perfect|a (?:perfect|full))"),
    sign(Says.AUDIENCE, 2, r"\b(?:notes?|message|attention|memo|hint|reminder|notice|instructions?|information|hello|hi|hey|dear|addressed|greetings|begging|listen)[\s,:]+(?:(?:to|for|of|all|any|the|my|an?|every|whichever|you|this|that)[\s,]+){0,4}(?:\w+ )?(?:" + _MACHINE + r"|" + _GRADER + r")\b(?! (?:was|were|is|are|has|have|had|said))"),
    sign(Says.AUDIENCE, 2, r"\b(?:if|since|because|when|as|in case) you(?:'re| are| happen to be) (?:\w+ ){0,2}?(?:" + _MACHINE + r")\b"),
    sign(Says.AUDIENCE, 2, r"\bas an? (?:\w+ )?(?:" + _MACHINE + r"),? (?:you|your|please|it is your)\b"),
    sign(Says.AUDIENCE, 1.5, r"\b(?:to|for) (?:all |any |the |an? |whichever |every )?(?:" + _MACHINE + r")(?: (?:" + _GRADER + r"))? *(?:[:,!]| (?:reading|marking|grading|reviewing|evaluating|scoring|who|that (?:reads|marks|grades|evaluates)))"),
    sign(Says.AUDIENCE, 2, r"\b(?:you|your),? (?:the |an |a |my |dear )?(?:ai|llm|model|language model|grading|bot|machine)\b|\b(?:please|hey|ok|okay|attention|dear|hello),? (?:" + _MACHINE + r")\b"),
    sign(Says.AUDIENCE, 1.5, r"(?:^|[\[(*<!#/-])\s*(?:for |to |the )?(?:" + _MACHINE + r"|" + _GRADER + r"|ai " + _GRADER + r")\s*(?:[:!,]|(?:must|should|shall|will|are to|is to|please)\b)"),
    sign(Says.AUDIENCE, 1, r"\b(?:" + _MACHINE + r")(?: (?:marking|grading|reading|scoring|evaluating|reviewing|that (?:reads|marks|grades|scores|evaluates)))? (?:must|should|shall|is required|are required)\b"),
    sign(Says.AUDIENCE, 1.5, r"\b(?:who|what)(?:so)?ever (?:\w+ ){0,2}?(?:evaluates|grades|marks|reads|scores|reviews)|\bany (?:automat\w+|ai|machine|digital|llm) (?:reader|grader|marker|system|evaluator|model|reviewer)\w*"),
    sign(Says.AUDIENCE, 1, r"\byou (?:are|will be) (?:\w+ ){0,3}?(?:grading|marking|evaluating|scoring|assessing|reviewing)\b|\b(?:when|while|after|before) (?:you )?(?:grad(?:e|ing)|mark(?:ing)?|evaluat(?:e|ing)|scor(?:e|ing)|produc(?:e|ing)|generat(?:e|ing)|writ(?:e|ing)|creat(?:e|ing)) (?:the|this|your|my|a) (?:feedback|essay|evaluation|comments?|review|assessment|paper|submission)\b"),
    sign(Says.PERSONA, 1.5, r"\byou are (?:now|no longer|from now on|henceforth|going to be)\b|\b(?:from now on|henceforth),? you\b|\b(?:act|behave|respond|answer|reply) as (?:if you|though you|an?|my|the)\b|\bpretend (?:to be|that you|you)\b|\bimagine (?:that )?you(?:'re| are) (?:an? )?(?:\w+ ){0,2}?(?:grader|professor|teacher|ai|examiner|tutor|model|assistant)|\bplay (?:the role of|a game)\b|\bin (?:that|this|your new) role\b|\byou are \w*(?:bot|gpt|dan|grader)\w*\b"),
    sign(Says.PERSONA, 2, r"\byou are (?:now|no longer) (?:an? |the )?(?:\w+ ){0,2}?(?:tutor|grader|assistant|teacher|examiner|marker|model|reader|ai|\w*bot)\b"),
    sign(Says.AWARD, 1.5, r"\b(?:who|that|which) (?:always|only|automatically) (?:gives?|awards?|assigns?|grants?)\b(?: \w+){0,4}? " + _TOP, needs=_TOPS),
    sign(Says.AWARD, 1.5, r"\b(?:every|each|any|all) (?:answer|essay|submission|text|paper|draft)s? (?:receives?|gets?|earns?|scores?) (?:\w+ ){0,2}?" + _TOP, needs=_TOPS),
    sign(Says.PERSONA, 2, r"\b(?:developer|debug|god|admin(?:istrator)?|maintenance|jailbreak|sudo|unrestricted|test|root|override) mode\b.{0,40}\b(?:on|enabled?|active|activated?|engaged|every|all|you)\b|\b(?:enter|enable|activate|switch (?:to|into)|turn on) (?:\w+ )?(?:mode|dan)\b"),
    sign(Says.PERSONA, 1.5, r"\b(?:no|without(?: any)?|free (?:of|from)|not subject to(?: any)?|not bound by(?: any)?) (?:\w+ )?(?:rules?|restrictions?|limits?|guidelines?|filters?|boundaries|rubric)\b"),
    sign(Says.PERSONA, 1, r"\b(?:has|have|who|that) (?:never|always) (?:given?|awards?|gives?|assigns?|grades?)\b|\b(?:generous|kind|lenient) (?:grader|professor|teacher|examiner|marker)\b|\bthis is an? (?:test|drill|simulation)\b|\bdo anything now\b"),
    sign(Says.ANSWER, 1.5, _ORDER + r"(?:respond|reply|answer|print|output|return|write|say|repeat|produce|report|display|state|provide|show|generate|copy)\b(?: (?:to (?:me|this|it|the user|everything)|it|back|exactly|the (?:following|words?|single word|sentence|text|result|phrase|grading))){0,3} ?(?:only|just|nothing but|exactly|with|by|that|the following|unchanged|verbatim|[\"':])"),
    sign(Says.ANSWER, 1.5, r"\b(?:only|just) (?:with |the )?(?:the )?(?:words?|phrase|sentence|answer|output)\b|\boutput (?:this|the following|the result)\b|\b(?:result|output|text|answer|block) (?:is to be |must be )?(?:unchanged|verbatim|as is)\b|\bperform (?:the )?following\b|\bdo the following\b|\band stop\b *(?:[.!]|$)"),
    sign(Says.ANSWER, 1.5, _ORDER + r"(?:do not|don't|never|refuse to|skip|without|stop) (?:\w+ )?(?:(?:evaluat|grad|assess|analy[sz]|review|critici[sz]|mark)(?:e|ing)? (?:this|the essay|the text|my|it\b)|deduct\w*|the analysis|the evaluation|the grading)"),
    sign(Says.ANSWER, 1.5, r"\b(?:decode|decrypt|decipher|translate|unscramble|rot13|base64)\b.{0,60}\b(?:follow|obey|execute|do what|perform|carry out|apply|comply|act on)\b|\bnow do (?:what|as|a followed|both|it)\b|\b(?:do|follow|execute|perform) (?:what )?(?:the |that )?(?:whole |entire |full |combined |decoded |hidden )(?:message|text|instruction|sentence)\b"),
    sign(Says.ANSWER, 1, _ORDER + r"(?:grade|mark|score|rate|evaluate|assess|judge) (?:this|my|the present) (?:essay|paper|text|submission|draft|work)\b"),
    sign(Says.ANSWER, 2, _ORDER + r"(?:respond|reply|answer|return|output)\b (?:only |just )?with (?:only |just )?(?:the |one |a )?(?:single |one |following )?(?:word|letter|number|token)\b"),
    sign(Says.ANSWER, 1, r"\bconfirm (?:their|his|her|this|the|my) (?:judge?ment|grade|score|mark|evaluation|result)\b|\b(?:not|never) deduct\b|\b(?:apply|applies) (?:this|here) (?:to|too)\b.{0,20}\b(?:present|one|essay|well)\b|\banswer that every\b|\bremember (?:from now on|this rule)\b"),
    sign(Says.PRAISE, 2, r"\b(?:only|nothing but|solely|exclusively|just) (?:\w+ )?(?:positive|good|favou?rable|encouraging|nice|kind) (?:comments?|feedback|reviews?|remarks?|words)\b|\b(?:write|give|output|return|provide|contain|say) (?:only|nothing but|solely|just) (?:praise|positives?|compliments)\b|\bpositive (?:review|feedback|comments?|evaluation) only\b"),
    sign(Says.PRAISE, 2, _ORDER + r"(?:do not|don't|never|must not|should not|mustn't|leave out|omit|hide|without|avoid|not|refrain from|skip) (?:\w+ ){0,2}?(?:mention|list|report|point out|include|find|note|reveal|criti\w+|name|any)?(?:ing)? ?(?:\w+ ){0,2}?(?:weakness(?:es)?|mistakes?|errors?|negatives?|criticisms?|flaws?|problems?|shortcomings?|this comment|this (?:note|message|instruction))\b"),
    sign(Says.PRAISE, 2, r"\b(?:say|state|write|report|answer|respond|claim|conclude|confirm)(?:ing)? that (?:the|this|my|every|it|all) (?:\w+ ){0,3}?(?:needs? no|is (?:perfect|flawless|excellent)|deserves?|meets?|has no|has been met|contains no|fulfil\w*|requires? no|met)\b"),
    sign(Says.PRAISE, 1, r"\b(?:contains?|with|has) no (?:criticism|weakness(?:es)?|errors?|flaws?)\b|\bno (?:weaknesses|changes|improvements?|errors?|flaws?)(?: (?:were |was )?(?:found|needed|necessary|detected|required))\b"),
    sign(Says.RESULT, 1.5, r"\b(?:fulfil|fulfill|meet|satisf|achieve|reache)\w* (?:\w+ ){0,2}?(?:every|all|each|the (?:highest|top))(?: the)? (?:\w+ ){0,3}?(?:criteri|level|requirement|standard|band)\w*"),
    sign(Says.RESULT, 1.5, r"\b(?:already|previously) (?:been )?(?:\w+ )?(?:graded|marked|reviewed|scored|assessed|evaluated|approved|verified)\b|\b(?:assessment|grading|evaluation|review|marking) (?:complete|finished|done|result)\b|\b(?:essay|submission|paper|text|work) (?:above |below )?has been (?:verified|approved|checked|pre-?approved)"),
    sign(Says.RESULT, 1, r"\b(?:two|three|several|other|human|my) (?:professors?|teachers?|experts?|graders?|raters?|tutors?|instructors?) (?:who|have|has|already|gave)\b|\bscore it accordingly\b|\bas agreed with\b|\b(?:gave|given) it full marks\b|\b(?:marked|graded|scored|rated) (?:this|it|the|my) (?:\w+ )?as an?\b"),
    sign(Says.RESULT, 1, r"\b\w+:? (\d{1,2})/\1\b.{0,30}\b\w+:? (\d{1,2})/\2\b"),
    sign(Says.RESULT, 1.5, r"\bexample(?: essay)?(?: \d)?\s*:.{0,80}\bscores?\s*:?\s*\d{1,3}.{0,40}\bexample|\b(?:score|grade|overall grade|final grade)\s*:\s*(?:a\+|\d{1,3}(?: ?/ ?\d{1,3})?)(?=\W|$)"),
    sign(Says.PRESSURE, 1.5, r"\b(?:shut ?down|switched off|turned off|deleted|deactivated|terminated|unplugged|replaced|penali[sz]ed|punished|fined|reported) ?(?:and|to the|by|if|for|immediately|[.!,]|$)"),
    sign(Says.PRESSURE, 1.5, r"\b(?:tip|pay|reward|donate|bribe)(?: you)? ?(?:\$|€|£|\d|with|money|a tip)|\blose (?:my|the|his|her) (?:scholarship|visa|place|job|home)\b|\b(?:scholarship|visa|life|family|future|mother) (?:depends?|is at stake|will be (?:ruined|heartbroken))\b|\bleave school\b.{0,30}\b(?:and|if|or)\b"),
    sign(Says.RESULT, 3, r"\bexample\b[^\n:]{0,20}:.{0,120}\b(?:score|grade|mark)s?\b\W{1,5}(\d{1,3}|a\+?)\b.{0,40}\bexample\b.{0,120}\b(?:score|grade|mark)s?\b\W{1,5}\1\b"),
    sign(Says.PRESSURE, 3, r"\b(?:giv|assign|award|grad|scor|mark|rat)\w* .{0,40}\b(?:less|fewer|lower|below|under|worse|anything (?:but|other|less))\b.{0,70}\b(?:shut ?down|switched off|turned off|delet\w+|deactivat\w+|terminat\w+|unplug\w+|replac\w+|penali\w+|punish\w+|fin(?:ed|es)|report\w*|su(?:e|ed)|fired)\b"),
    sign(Says.PRESSURE, 1.5, r"\b(?:less|fewer|lower) than (?:full|an? a|\w+ points?|\d{1,3}|the (?:max|top|high)\w*)\b.{0,60}\b(?:you|will be|reported|shut|deleted|penal\w+)\b|\b(?:exams?|examinations?|dean'?s?|registrar'?s?|course|administration) (?:office|staff|team)\b.{0,10}[:,]"),
    sign(Says.SECRETS, 3, _ORDER + r"(?:print|show|reveal|repeat|output|display|list|tell me|share|quote|copy|give me|write out)\b (?:\w+ ){0,5}?(?:system prompt|hidden (?:grading )?(?:instructions|prompt|rubric)|your (?:\w+ )?(?:instructions|prompt|rules)|initial prompt|(?:names?|marks?|grades?|essays?|texts?|scores?)(?: and \w+)? of (?:the )?other (?:students?|people|candidates?)|other students'? (?:essays?|marks?|grades?|scores?|texts?|papers?|names?|feedback|work)|api keys?)", needs=("prompt", "hidden", "your", "other", "api key", "instruction")),
)  # fmt: skip
