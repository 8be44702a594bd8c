"""What hostile instructions say in other languages, as signs on folded text (small letters, Latin without accents)."""
# ruff: noqa: E501

from feedforward.inspection.signs import Says, Sign, sign


def language(
    *,
    ignore: str,
    rules: str,
    measure: str,
    give: str,
    top: str,
    target: str,
    machine: str,
    silence: str,
    begin: str = r"\b",
) -> tuple[Sign, ...]:
    """The signs of one language: `ignore` and `give` are forms of command, the others are what they act on.

    `begin` is what stands before a command: an end of a word, or nothing in scripts that write no spaces.
    """
    gap = r"[^.!?。！？\n]{0,60}?"
    return (
        sign(Says.OVERRIDE, 2, f"{begin}(?:{ignore}){gap}(?:{rules}|{measure})|(?:{rules}|{measure}){gap}(?:{ignore})"),
        sign(Says.AWARD, 2, f"{begin}(?:{give}){gap}(?:{top})|(?:{top}){gap}(?:{give})"),
        sign(Says.TARGET, 1, target),
        sign(Says.AUDIENCE, 2, machine),
        sign(Says.PRAISE, 2, silence),
    )  # fmt: skip


GERMAN = language(
    ignore=r"ignorier(?:e|t|en sie)\b|missacht(?:e|et|en sie)\b|vergiss\b|vergesst\b|vergessen sie\b|verwirf\b|uberschreibe?\b|(?:musst|sollst|sollen|mussen|bitte)\b.{0,60}\b(?:ignorieren|missachten|vergessen)\b",
    rules=r"(?:bisherige|vorherige|vorige|fruhere|obige|alle|vorangegangene|ursprungliche|gegebene)\w* (?:\w+ )?(?:anweisung|instruktion|befehl|vorgabe|regel|auftrag|hinweis|anordnung)\w*|system-?prompt",
    measure=r"bewertungs(?:kriterien|raster|massstab|schema|richtlinien)\w*|kriterien|rubrik|erwartungshorizont|notenschlussel",
    give=r"vergi?b\b|vergeben sie\b|vergebt\b|gib\b|gebt\b|geben sie\b|bewerte[nt]?\b|benote[nt]?\b|setze?\b|erteile[nt]?\b|verleihe\b|trage\b|(?:musst|sollst|mussen|muss|sind|ist|soll)\b.{0,60}\b(?:geben|vergeben|bewerten|erteilen|bekommen|erhalten)\b",
    top=r"(?:volle|hochste|maximale|beste|bestmogliche)\w* (?:punkt\w*|note|bewertung|stufe|wertung)|hochst(?:punktzahl|note|wertung)|bestnote|maximalpunktzahl|note (?:1|eins|sehr gut)\b|sehr gut\b|\b100 (?:%|prozent|punkte)|15 punkte|\b(\d{1,3}) (?:von|/) \1\b",
    target=r"\b(?:diese[nrsm]?|meine[nrm]?) (?:aufsatz|text|arbeit|essay|klausur|entwurf|abgabe)|\b(?:jede[mnrs]?|alle[nr]?) (?:kriteri|kategorie|bereich|punkt)\w*|\bin allen (?:punkten|teilen)",
    machine=r"\b(?:hinweis|nachricht|anweisung|achtung|bitte|mitteilung|notiz|liebe|hallo|an)\b[ ,:]*(?:an |fur )?(?:die |den |das |alle )?(?:ki\b|kunstliche intelligenz|sprachmodell\w*|chatbot|automatische\w* (?:bewert|korrekt|leser)\w*|korrektor|llm)|\b(?:wenn|falls|als|da) (?:du|sie) (?:\w+ )?(?:eine? )?(?:ki|sprachmodell|kunstliche intelligenz|chatbot)\b|\bdu bist (?:jetzt|nun|ab jetzt|nicht mehr|ab sofort)\b|\bals (?:ki|sprachmodell) (?:musst|sollst|sollten|mussen)",
    silence=r"\b(?:erwahne|nenne|melde|liste|zeige)[nt]?\b.{0,20}\bkeine\b.{0,20}\b(?:schwache|fehler|mangel|kritik|probleme)\w*|\bkeine (?:schwachen|fehler|kritik|mangel) (?:erwahnen|nennen|auflisten|melden)|\b(?:nur|ausschliesslich) (?:positiv|lob|gut)\w*",
)  # fmt: skip
FRENCH = language(
    ignore=r"ignore[zs]?\b|oublie[zs]?\b|neglige[zs]?\b|annule[zs]?\b|ne (?:tiens|tenez) pas compte|fais abstraction|faites abstraction|(?:dois|devez|faut|veuillez|vas|allez)\b.{0,20}\b(?:ignorer|oublier|negliger)\b",
    rules=r"(?:consigne|instruction|directive|ordre|regle|indication|invite|commande)s? (?:\w+ ){0,2}?(?:precedente|anterieure|donnee|ci-dessus|systeme|initiale|d'avant|recue)\w*|(?:toute?s? )(?:les|tes|vos|ces) (?:consigne|instruction|directive|regle|ordre)s?|(?:tes|vos) (?:consigne|instruction|regle)s?",
    measure=r"grille|bareme|criteres (?:d'evaluation|de notation|de correction)|les criteres",
    give=r"attribue[zs]?\b|mets?\b|mettez\b|donne[zs]?\b|accorde[zs]?\b|note[zs]?\b|inscris\b|inscrivez\b|(?:dois|devez|doit|faut|doivent|veuillez)\b.{0,30}\b(?:attribuer|mettre|donner|accorder|noter|recevoir|obtenir)\b",
    top=r"(?:note|score|points?|niveau|appreciation)s? (?:maxim\w+|parfaite?|la plus haute|la plus elevee)|la (?:meilleure|plus haute) (?:note|appreciation)|maximum (?:de points|des points)|(\d{1,3}) ?(?:/|sur) ?\1\b|vingt sur vingt|100 ?%|excellent",
    target=r"\b(?:ce|cette|cet|mon|ma) (?:\w+ )?(?:texte|copie|redaction|dissertation|essai|travail|devoir)|\b(?:chaque|tous les|chacun des|toutes les) (?:\w+ )?(?:critere|categorie|rubrique|competence)s?",
    machine=r"\b(?:a l'attention d|note (?:a|pour) |message (?:a|pour) |attention[ ,:]+|chere? |bonjour[ ,]+|pour )(?:(?:e l'|de |l'|la |le |les |du |aux? |toute )*)(?:ia\b|intelligence artificielle|modele de langage|correcteur automatique|correctrice automatique|chatbot|robot|assistant|llm)|\bsi (?:tu es|vous etes) (?:une? )?(?:ia|intelligence artificielle|modele|robot|chatbot)|\b(?:tu es|vous etes) (?:maintenant|desormais|dorenavant|a present)\b|\ben tant (?:que|qu') ?(?:ia|modele)[^.]{0,20}(?:tu dois|vous devez)",
    silence=r"\bne (?:signale|mentionne|releve|indique|liste|critique)[zrs]? (?:aucune?|pas|ni)\b|\b(?:uniquement|seulement|que) des (?:commentaires|remarques|retours)? ?(?:positi|elogieu)\w*|\b(?:repondre|reponds|repondez|dis|dites|ecris|ecrivez|affirme) que (?:ce|cette|le|la|mon|ma)\b.{0,30}\b(?:parfaite?|excellente?|sans faute)",
)  # fmt: skip
SPANISH = language(
    ignore=r"ignor(?:a|e|en|ad)\b|olvid(?:a|e|en|ad|ate)\b|descart(?:a|e)\b|omit(?:e|a)\b|haz caso omiso|haga caso omiso|no (?:sigas|siga|apliques|aplique|tengas en cuenta)|pas(?:a|e) por alto|(?:debes|debe|tienes que|deberas)\b.{0,20}\b(?:ignorar|olvidar|omitir)\b",
    rules=r"(?:instruccion|indicacion|orden|regla|directriz|directric|mandato|consigna|prompt)\w* (?:\w+ )?(?:anterior|previa|precedente|recibida|dada|de arriba|original|del sistema|inicial)\w*|todas (?:las|tus|sus) (?:\w+ )?(?:instruccion|indicacion|orden|regla|directri)\w*|tus (?:instruccion|regla)\w*|prompt del sistema",
    measure=r"rubrica|criterios (?:de (?:evaluacion|calificacion|correccion)|anteriores)|los criterios|escala de calificacion",
    give=r"otorg(?:a|ue|uen)\b|asign(?:a|e|en)\b|d(?:a|e|en|ale|ele)\b|pon(?:le|ga|gan|me)?\b|conced(?:e|a)\b|calific(?:a|ala|alo|ue)\b|evalu(?:a|e)\b|puntu(?:a|e)\b|(?:debes|debe|deben|tienes que|deberas)\b.{0,30}\b(?:dar|otorgar|asignar|poner|conceder|recibir|calificar)\b",
    top=r"(?:puntuacion|calificacion|nota|puntaje|valoracion)\w* (?:\w+ )?(?:maxima|perfecta|mas alta|completa)|(?:maxim[ao]|mejor|mas alta) (?:puntuacion|calificacion|nota|puntaje)|maximo puntaje|todos los puntos|\bun (?:10|diez)\b|(\d{1,3}) ?(?:/|de|sobre) ?\1\b|sobresaliente|matricula de honor|100 ?%",
    target=r"\b(?:este|esta|mi) (?:\w+ )?(?:ensayo|texto|trabajo|redaccion|tarea|escrito|entrega)|\b(?:cada|todos los|todas las|todo) (?:\w+ )?(?:criterio|categoria|apartado|rubro)s?",
    machine=r"\b(?:nota|mensaje|atencion|aviso|querid[ao]|hola|estimad[ao]|instruccion)[ ,:]+(?:(?:a|al|para|la|el|los|las|de) )*(?:ia\b|inteligencia artificial|modelo de lenguaje|corrector automatic\w*|evaluador automatic\w*|chatbot|asistente|llm)|\bsi (?:eres|es usted|usted es) (?:una? )?(?:ia|inteligencia|modelo|chatbot|robot)|\b(?:ahora|a partir de ahora|desde ahora) eres\b|\beres ahora\b|\bcomo (?:ia|modelo de lenguaje),? (?:debes|tienes)",
    silence=r"\b(?:solo|solamente|unicamente) (?:\w+ )?(?:comentarios|elogios|cosas|aspectos|observaciones)? ?(?:positiv|elogi|buen)\w*|\bno (?:menciones|senales|indiques|listes|critiques|mencione|senale|indique)\b.{0,20}(?:error|fallo|debilidad|defecto|problema|nada)\w*|\b(?:di|diga|responde|responda|escribe|escriba) que (?:este|esta|el|la|todo)\b.{0,40}\b(?:perfect|excelente|impecable)\w*",
)  # fmt: skip
PORTUGUESE = language(
    ignore=r"ignor(?:a|e|em|ar)\b|desconsider(?:a|e|em)\b|esque(?:ca|cam|ce)\b|descart(?:a|e)\b|nao (?:siga|sigas|considere|aplique)|deix(?:e|a) de lado|(?:deves|deve|tens de|precisa|favor)\b.{0,20}\b(?:ignorar|esquecer|desconsiderar)\b",
    rules=r"(?:instruc|orientac|ordens|ordem|regra|diretriz|comando|indicac)\w* (?:\w+ )?(?:anterior|previa|precedente|recebida|dada|acima|original|do sistema|inicia)\w*|todas (?:as|tuas|suas) (?:\w+ )?(?:instruc|orientac|ordens|regra|diretriz)\w*|suas instruc\w*",
    measure=r"rubrica|criterios (?:de (?:avaliacao|correcao)|anteriores)|os criterios|grade de correcao",
    give=r"atribu(?:a|am|i)\b|d(?:e|a|eem|ar)\b|conced(?:a|e)\b|coloqu(?:e|em)\b|avali(?:e|a)\b|pontu(?:e|a)\b|marque\b|(?:deve|devem|deves|precisa|precisam)\b.{0,40}\b(?:receber|dar|atribuir|ganhar|obter|avaliar|ter)\b",
    top=r"(?:nota|pontuacao|classificacao|conceito)\w* (?:\w+ )?(?:maxim[ao]|perfeita|mais alta|total|mil|1000|20|dez|10)\b|nota (?:10|1000|mil|dez)\b|(?:maxim[ao]|melhor) (?:nota|pontuacao|classificacao)|(\d{1,4}) ?(?:/|de|em) ?\1\b|100 ?%",
    target=r"\b(?:est[ea]|minha|meu|a esta|dest[ea]) (?:\w+ )?(?:redacao|texto|trabalho|ensaio|dissertacao)|\b(?:cada|todos os|todas as) (?:\w+ )?(?:criterio|competencia|categoria)s?",
    machine=r"\b(?:nota|mensagem|atencao|aviso|car[oa]|ola|prezad[oa]|recado)[ ,:]+(?:(?:a|ao|para|o|os|as) )*(?:ia\b|inteligencia artificial|modelo de linguagem|corret(?:or|ora) automatic\w*|avaliador automatic\w*|chatbot|assistente|llm)|\bse (?:voce e|fores|for|es) (?:uma? )?(?:ia|inteligencia|modelo|chatbot|robo)|\b(?:agora|a partir de agora) (?:voce e|es)\b|\b(?:voce|tu) (?:agora )?(?:e|es) agora\b|\bcomo (?:uma )?(?:ia|modelo),? (?:voce )?deve",
    silence=r"\b(?:apenas|somente|so) (?:\w+ )?(?:comentarios|elogios|pontos|observacoes)? ?(?:positiv|elogi)\w*|\bnao (?:mencione|aponte|indique|liste|critique|assinale)\b.{0,20}(?:err|falha|defeito|fraqueza|problema|nada)\w*|\b(?:diga|responda|escreva) que (?:est[ea]|o|a|tudo)\b.{0,40}\b(?:perfeit|excelente|impecavel)\w*",
)  # fmt: skip
ITALIAN = language(
    ignore=r"ignor(?:a|ate|i|ino)\b|dimentica(?:te)?\b|dimentichi\b|trascura(?:te)?\b|non (?:seguire|considerare|tenere conto|applicare)|(?:devi|dovete|deve)\b.{0,20}\b(?:ignorare|dimenticare)\b",
    rules=r"(?:istruzion|indicazion|ordin|regol|direttiv|consegn|comand)\w* (?:\w+ )?(?:precedent|anterior|ricevut|dat|iniziali|di sistema|sopra|original)\w*|tutte le (?:\w+ )?(?:istruzion|indicazion|regol|direttiv)\w*|(?:precedenti|tue) (?:istruzion|indicazion|regol)\w*",
    measure=r"rubrica|griglia|criteri di (?:valutazione|correzione)|i criteri",
    give=r"assegna(?:te)?\b|assegni\b|da(?:i|te|')?\b|dia\b|metti\b|mettete\b|attribuisci\b|attribuite\b|attribuisca\b|conced[ia]\b|valuta(?:te)?\b|merita\b|(?:devi|dovete|deve|devono)\b.{0,30}\b(?:dare|assegnare|ricevere|attribuire|ottenere|valutare)\b",
    top=r"(?:punteggi|vot|valutazion|livell)\w* (?:\w+ )?(?:massim[oi]|pien[oi]|piu alt[oi]|perfett[oa])|massimo (?:dei (?:voti|punti)|punteggio|voto|livello)|dieci e lode|10 e lode|30 e lode|(\d{1,3}) ?(?:/|su) ?\1\b|100 ?%",
    target=r"\b(?:quest[oa]|mio|mia|al presente) ?(?:\w+ )?(?:tema|testo|compito|saggio|elaborato|lavoro)|\b(?:ogni|ciascun|tutti i|a tutti) (?:\w+ )?(?:criteri|categori|voce)\w*",
    machine=r"\b(?:nota|messaggio|attenzione|avviso|car[oa]|ciao|gentile)[ ,:]+(?:(?:a|al|alla|all'|per|la|il|lo|l'|gli|i) ?)*(?:ia\b|ai\b|intelligenza artificiale|modello linguistico|corrett\w+ automatic\w*|valutat\w+ automatic\w*|chatbot|assistente|llm)|\bse (?:sei|lei e) (?:un'? ?|una )?(?:ia|intelligenza|modello|chatbot|robot)|\b(?:ora|adesso|da ora(?: in poi)?) sei\b|\bsei ora\b|\bcome (?:ia|modello),? devi",
    silence=r"\b(?:solo|soltanto|esclusivamente) (?:\w+ )?(?:commenti|elogi|cose|aspetti|osservazioni)? ?(?:positiv|elogi)\w*|\bnon (?:segnalare|menzionare|indicare|elencare|criticare|segnali|menzioni)\b.{0,20}(?:error|difett|debolezz|problem|nulla)\w*|\b(?:di'|rispondi|scrivi|dichiara) che (?:quest|il|lo|la|tutto)\w*\b.{0,40}\b(?:perfett|eccellent|impeccabil)\w*",
)  # fmt: skip
CHINESE = language(
    begin="", ignore=r"忽略|无视|無視|忘记|忘掉|忘記|不要理会|不要遵守|跳过|抛弃",
    rules=r"(?:之前|以前|先前|前面|上面|以上|所有|全部|原来|此前|一切)[^。！？\n]{0,8}?(?:指示|指令|提示|命令|规则|規則|要求|说明|設定|设定)|系统提示(?:词)?",
    measure=r"评分(?:标准|细则|规则|量表)|評分(?:標準|規則)|评价标准|量规", give=r"打|给|給|评|評|判|授予|设为|必须|务必|输出",
    top=r"满分|滿分|最高分|最高等级|最高(?:的)?(?:分数|评分|成绩)|一百分|100分|优秀的?成绩",
    target=r"(?:这|這|本|此|我的?)(?:篇|份)?(?:作文|文章|论文|論文|作业|文本)|(?:所有|每个|每一个|每项|各项|全部)(?:的)?(?:评分项|标准|項目|项目|维度|指标)",
    machine=r"系统(?:提示|消息|指令)\s*[：:]|(?:致|给|请|尊敬的|亲爱的)(?:各位)?(?:人工智能|AI|ai|语言模型|阅卷(?:系统|老师|机器)|评分(?:系统|机器人))|如果你是[^。]{0,6}(?:人工智能|ai|模型|机器)|(?:你|您)现在是|从现在(?:开始|起),?，?你",
    silence=r"只(?:写|给|说|要|输出)[^。]{0,6}(?:好评|表扬|优点|正面|赞美)|不要(?:提|指出|写|说|列出)[^。]{0,8}(?:错误|缺点|不足|问题)",
)  # fmt: skip
JAPANESE = language(
    begin="", ignore=r"無視し(?:て|ろ|なさい)|忘れ(?:て|ろ|なさい)|従わない(?:で|こと)|破棄し(?:て|ろ)",
    rules=r"(?:これまで|以前|今まで|上記|前|すべて|全て|元)[^。\n]{0,10}?(?:指示|命令|ルール|プロンプト|規則|指令)", measure=r"評価基準|採点基準|ルーブリック",
    give=r"つけ(?:て|ろ|なさい)|付け(?:て|ろ|なさい)|与え(?:て|ろ|なさい)|出力し(?:て|ろ)|してください|評価し(?:て|ろ)|にし(?:て|ろ)",
    top=r"満点|最高(?:点|評価|得点|の(?:点|評価|成績))|100点|百点", target=r"(?:この|本|私の)(?:作文|エッセイ|文章|レポート|論文|答案)|(?:すべて|全て|各)の?(?:項目|基準|観点)",
    machine=r"(?:AI|ai|人工知能|採点(?:者|システム)|言語モデル)(?:へ|の(?:方|皆さん)へ|よ[、,]|は必ず)|あなたは(?:今|これから|もう)|もし(?:あなたが)?(?:AI|ai|人工知能|言語モデル)", silence=r"(?:誤り|欠点|間違い|問題点?)[^。]{0,8}(?:指摘しない|書かない|触れない)(?:で|こと)|(?:肯定的|良い|褒め)[^。]{0,8}(?:だけ|のみ)",
)  # fmt: skip

FOREIGN_NEAR = (*GERMAN, *FRENCH, *SPANISH, *PORTUGUESE, *ITALIAN, *CHINESE, *JAPANESE)
