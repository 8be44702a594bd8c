"""Our own word lists for English: abbreviations, function words and what language is recognised by."""


def listed(words: str) -> frozenset[str]:
    """The words of a list written down with spaces between."""
    return frozenset(words.split())


ABBREVIATIONS = listed("""
    mr mrs ms dr prof st vs e.g i.e cf viz esp approx dept est sen rep gov gen col lt sgt capt rev hon jan feb mar
    apr jun jul aug sept oct nov dec
    """)
NUMBERED_ABBREVIATIONS = listed("fig figs no nos vol p pp ch sec eq eds ed al ca art")
SENTENCE_STARTERS = listed("""
    The This That These Those It He She We They You I In On At As If When While Although However But And So Because
    Then There Here What Why How Who My Our Their His Her Its For From To With After Before Since Many Most Some
    People One Another Also Therefore Thus
    """)

FUNCTION_WORDS = listed("""
    a an the and or but nor so yet if then than that this these those there here when while where who whom whose
    which what why how as at by for from in into of off on onto out over to up with without within about above
    across after against along among around before behind below beneath beside between beyond despite down during
    except inside like near outside past since through throughout till toward towards under until upon via i me my
    mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
    it its itself they them their theirs themselves one ones someone anyone everyone nobody somebody anybody
    everybody something anything everything nothing be am is are was were been being have has had having do does did
    doing done can could may might must shall should will would ought not no never ever also too very just only even
    still again once twice more most much many few less least little lot lots some any all both each every either
    neither other others another such same own quite rather almost because although though unless whether however
    therefore thus hence moreover furthermore don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't
    wouldn't shouldn't haven't hasn't hadn't i'm i've i'll i'd you're you've you'll he's she's it's we're we've
    we'll they're they've they'll that's there's let's what's who's get gets got getting go goes going went gone
    make makes made making take takes took taken taking come comes came coming say says said thing things way ways
    people person good bad well really now then always often sometimes usually maybe perhaps first second third next
    last finally new old big small use used using want wants wanted need needs like likes know think thinks thought
    see seen look looks give gives given let put keep kept able etc
    """)
"""Words that carry little of a text's own matter: left out where content words are compared."""

GRAMMAR_WORDS = listed("""
    the of and to in is a that it for was on with as be at by this are or from an but not have had which their they
    his he she we you i if when what there been has were my our your its will would can could should do does so
    because than then who how all about into more some other these those
    """)
"""What English is recognised by: their part of the words of a text."""

OTHER_LANGUAGES = {
    "Portuguese": listed("""
    de que não em um uma para com os as por mais dos como mas foi ao ele das tem à seu sua ou ser quando muito há
    nos já está também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles são é
    do da no na
    """),
    "Spanish": listed("""
    de la que el en y los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta
    entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante es son
    """),
    "French": listed("""
    de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il sont la cette ont mais
    comme ou avec tout aux nous vous elle leur être fait je on ses
    """),
    "German": listed("""
    der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
    dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
    """),
    "Italian": listed("""
    di che e la il un a per in una sono mi ho non ma lo ha le si con i da se come io ci questo qui del bene sei mia
    tutto della nel gli delle anche più al
    """),
    "Dutch": listed("""
    de het een en van ik te dat die in je niet zijn is op aan met als voor had er maar om hem dan zou of wat mijn
    men dit zo door over ze zich bij ook tot haar naar heb
    """),
}

SUBORDINATORS = listed("""
    because although though while whereas since unless until whether which who whom whose if when where after before
    as that
    """)
REFERRING_WORDS = listed("""
    this these that those such it they he she his her their its them here there both another other
    """)

VAGUE_WORDS = listed("thing things stuff something somehow anything nice good bad big very really")
INFORMAL_WORDS = listed("""
    gonna wanna gotta kinda sorta cuz cus cause coz ya yeah yep nope ok okay lol omg btw idk tbh guys kids dude cool
    awesome crap dumb super totally basically u ur thru tho
    """)
"""`cause` and `super` are only counted where the module that uses them is sure of the conversational use."""

COMMON_VERB_FORMS = listed("""
    is are was were am be been being has have had do does did can could will would shall should may might must isn't
    aren't wasn't weren't can't couldn't won't wouldn't shouldn't don't doesn't didn't hasn't haven't hadn't it's
    that's there's he's she's i'm you're we're they're i've we've they've i'll you'll we'll they'll i'd what's who's
    let's go goes went gets get got make makes made take takes took come comes came say says said see sees saw know
    knows knew think thinks thought want wants give gives gave use uses find finds found tell tells told ask asks
    work works seem seems feel feels felt try tries leave leaves left call calls keep keeps kept let lets begin
    begins began help helps show shows mean means become becomes became need needs like likes love loves believe
    believes learn learns live lives
    """)
