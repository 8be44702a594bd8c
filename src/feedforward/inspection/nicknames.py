"""Short forms of given names, and names that are words of everyday language as well."""
# ruff: noqa: E501

_SHORT = """
alexander alex sascha sasha xander lex sandro alejandro;alexandra alex sandra sasha lexi alessandra;alessandro ale sandro;anthony tony;antonio toni tonio tono
andrew andy drew;andreas andi andy;andrea andi;anna anni annie anya ania;aleksandra ola sasha;aleksander olek sasha;aleksandr sasha sanya;anastasia nastya asya stacy
benjamin ben benny;beatriz bea;barbara barb babs basia;bartholomew bart;brigitte gitte;carolina caro;caroline caro carrie;catherine cathy kate katie cat;katherine kate kathy katie kat
katharina kathi kati katja;catarina cata;charles charlie chuck;charlotte lotte charlie lottie;christian chris;christina chris tina christy;christine chris tina;christopher chris topher kit
christoph chris;cristina cris tina;daniel dan danny dani;daniela dani;david dave davy;deborah deb debbie;dimitri dima mitya;dmitri dima;dmitry dima;dominic dom nick;dominik domi nik
dorothea dora thea;eduardo edu lalo;edward ed eddie ted ned;ekaterina katya;elizabeth liz lizzie beth betty eliza lisa;elisabeth lisa lisbeth elli sissi;eleanor ellie nell nora;emily em emmy
emmanuel manu;evgeny zhenya;fernando nando fer;francesca fran;francesco franco checco;francis frank;francisco paco pancho fran;franziska franzi;frederick fred freddy rick;friedrich fritz
gabriel gabe gabi;gabriela gabi;gabriele gabi;giovanni gianni vanni;giuseppe beppe peppe;grzegorz grzes;gregory greg;guadalupe lupe;guillermo memo;guillaume gui;hannah hanna
heinrich heiner heinz;helena lena;henry harry hank;ignacio nacho;irina ira;isabel isa bella;isabella isa bella izzy;ivan vanya;jacob jake jakob;jacqueline jackie;jakub kuba
james jim jimmy jamie;jan janek;janet jan;jennifer jen jenny;jessica jess jessie;joachim achim;johannes hannes jo;john jack johnny jon;jonathan jon jonny;jose pepe;joseph joe joey;josef sepp
joshua josh;juan juanito;julia jule;julian jules;jurgen juergen;kenneth ken kenny;konstantin kostya;krzysztof krzys;lawrence larry;leonardo leo;leonard leo lenny;lucia lucy;ludmila lyuda
magdalena magda lena leni;malgorzata gosia;manuel manu manolo;margaret maggie meg peggy;margarita rita;margarethe grete gretel;maria mia maruja masha mary;mariana mari;marcus marc;matthew matt matty
matthias matze;maximilian max maxi;maxim max;mechthild meche;mehmet memo;mercedes merche;michael mike mick mickey micha michi;michelle shelly;miguel migue;mikhail misha;mohammed mo mohamed mohammad muhammad
muhammad mo mohammed mohamed mohammad;mohammad mo;mustafa musti;nadezhda nadya;natalia natasha nati;nathaniel nate nat;nicholas nick nicky;nicolas nico;nikolai kolya;nikolaus klaus niko;oliver olli ollie
olivia liv livvy;olga olya;pamela pam;patricia pat patty trish;patrick pat paddy;peter pete;petra peti;philip phil;philipp phil;piotr piotrek;rachel rach;rafael rafa;raymond ray;rebecca becky becca
richard rick dick richie;robert bob rob bobby robbie;roberto beto;rosario charo;samantha sam;samuel sam sammy;sebastian seb basti;sergei seryozha;simone simo;sophia sophie sofia;stanislaw staszek
stefanie steffi;stephanie steph;stephen steve;steven steve;susan sue susie;susanne susi sanne;tatiana tanya;theodore ted theo teddy;theresa terry tess resi;thomas tom tommy;timothy tim timmy;tomasz tomek
valentina vale;veronika vroni;vicente chente;victoria vicky tori;viktor vitya;viktoria vicky;vincent vince vinnie;vladimir vova volodya;walter walt;wilhelm willi;william bill will billy willy liam
wolfgang wolf;xavier xavi;yekaterina katya;yevgenia zhenya;zachary zach;zbigniew zbyszek;abdullah abdul;abdulrahman abdul;ibrahim ibo;oluwaseun seun;oluwaseyi seyi;olumide mide;chukwuemeka emeka;nnamdi nna
priyanka priya pri;siddharth sid;vikram vicky;rajesh raj;krishna krish;aditya adi;yoshihiro yoshi;takahiro taka;haruki haru
"""

NICKNAMES: dict[str, tuple[str, ...]] = {
    words[0]: tuple(words[1:])
    for line in _SHORT.strip().splitlines()
    for entry in line.split(";")
    if (words := entry.split())
}

COMMON_WORDS = frozenset(
    """
    will mark grace may rose hope faith bill joy rich art april june august summer autumn winter sunny sky skye
    rain river ocean dawn eve angel chance chase hunter mason carter cooper baker cook king queen prince duke earl
    page paige reed reid brook brooks lake glen forest woods wood field fields hill hills stone rock banks bank
    bush green brown black white gray grey young old long short small little good best love loving lord bishop
    pope major field ray sun star moon day knight knights price cash gold silver wolf fox lamb lion bird swan
    crane drew pat sue bob rob jack nick gene dean max guy don ken jean van miles sandy ginger olive violet lily
    iris ivy daisy jasmine heather holly hazel robin jay martin frank ernest grant victor pierce trip wade penny
    ruby pearl crystal amber jade melody harmony charity patience prudence constance mercy destiny journey trinity
    genesis heaven serenity liberty justice true royal noble power powers case law means ways ward wall walls
    house church park parks street bridge marsh moss berry bean rice may marsh bond bell ball horn song sing so do
    an le ha li he she you my me in on to no yes son sons man men ho min bin wan hung dung can ban ben ken long
    bay bao chi binh my linh son thu thi hai ba nam sau tan minh kim lam lan mai dan fan han pan tan wang yang yin
    lee low tay koh sim see too ng rosa sol luz paz cruz rey santos leon flor marina nieves dolores pilar blanco
    rico reina iglesia campos mar bravo delgado marco klein gross lang kurz weber koch ernst engel herzog kaiser
    konig richter winter sommer herbst stern berg bach busch wolf fuchs hahn kraft petit grand blanc noir rouge
    roux roi martin marin leclerc chevalier bon belle fleur aurore prudent claire constant sasha dick ted nat bea
    mia lex kit rick chuck hank ned liv tori olli em mo sid raj adi ola ira isa
    """.split()  # noqa: SIM905 many quoted words are no easier to read
)
