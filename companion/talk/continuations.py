"""Words that tell whether a sentence goes on, by language. Data only; `reading.py` applies it.

Closed classes of words, as grammars list them, and not what any recording held: articles, conjunctions and
possessives never end a sentence; prepositions and auxiliaries do so only where their complement was moved or
left out ("What are you looking for?", "Yes, I was").
"""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


@dataclass(frozen=True, slots=True)
class Continuations:
    """What is known of one language. All in lower case, with straight apostrophes."""

    never_last: frozenset[str] = frozenset()
    """No sentence ends with these: fillers, articles, conjunctions, possessives, contracted auxiliaries."""
    never_last_pairs: frozenset[str] = frozenset()
    """Nor with these pairs of words, though each alone may end one."""
    may_be_last_pairs: frozenset[str] = frozenset()
    """Pairs that end a sentence although their last word seldom does: "think so"."""
    needs_complement: frozenset[str] = frozenset()
    """Prepositions: last only where the complement came before, as in a question with "what"."""
    seldom_last: frozenset[str] = frozenset()
    """Auxiliaries, degree words, verbs without their object, prepositions that are particles too ("turn it on")."""
    seldom_last_pairs: frozenset[str] = frozenset()
    """The same, as pairs of words: "think that"."""
    answers: frozenset[str] = frozenset()
    """A sentence that begins with these may leave out its end: "Yes, I was"."""
    relatives: frozenset[str] = frozenset()
    """Stand for a complement that is missing further on: "what are you looking for", "nothing that I need"."""
    auxiliaries: frozenset[str] = frozenset()
    """After a subordinator these make a question: "when are you coming"."""
    clause_takers: frozenset[str] = frozenset()
    """Verbs that end a question only if what it asks is still to come: "Do you remember"."""
    clause_taking_tails: frozenset[str] = frozenset()
    """The same, as two words or three."""
    subordinators: frozenset[str] = frozenset()
    """Open a clause that calls for another: "If it rains tomorrow"."""
    joiners: frozenset[str] = frozenset()
    """Stand before the last item of a list."""
    closings: frozenset[str] = frozenset()
    """A word or pair of words that ends a turn wherever it ends a sentence: "please", "good night"."""
    whole: frozenset[str] = frozenset()
    """Sentences that need no more words: commands to her, greetings, farewells, thanks, yes and no."""


NOTHING_KNOWN = Continuations()

ENGLISH = Continuations(
    never_last=_words(
        """um umm uh uhh uhm er erm hm hmm ah eh mm
        the a an and or but nor because cause cuz if unless whether although while whereas until than as
        my your our their its whose every
        i he she we they
        i'm i've i'll i'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll it'd
        we're we've we'll we'd they're they've they'll they'd that's that'll there's there'll here's
        what's who's where's how's when's why's let's gonna wanna gotta"""
    ),
    never_last_pairs=_phrases(
        """and then, so then, but then, and so, and also, and maybe, i mean, kind of, sort of,
        one of, some of, all of, because of, instead of, such as, and that,
        name of, part of, end of, top of, side of, middle of, rest of, half of, most of, lot of, lots of, bit of,
        piece of, number of, type of, couple of, capital of, meaning of, history of, price of, cost of, author of,
        but that, and if, going to, used to, what i, what we, how i, why i"""
    ),
    may_be_last_pairs=_phrases(
        """think so, hope so, guess so, suppose so, believe so, said so, say so, me so, even so, is so, do so,
        or so, am i, are we, do i, do we, did i, should i, should we, can i, can we, could i, could we, shall we,
        shall i, will i, would i, was i, have i, have we, did he, did she, did they, is he, is she, are they, has he,
        has she, does he, does she, will he, will she, was he, was she, were they, than i, than he, as he,
        as she, do i, what for, who with, where to, where from"""
    ),
    needs_complement=_words(
        "to of for with from at about into onto during without between among towards against per via"
    ),
    seldom_last=_words(
        """hey so like just only even also that's is am are was were be been being has have had do does did
        will would can could shall should may might must can't couldn't wouldn't won't don't doesn't isn't wasn't
        very quite rather pretty want wants wanted need needs needed said says thought wonder wondering
        guess mean suppose hoping thinking think believe called named
        what which who where when why how once since in on by"""
    ),
    seldom_last_pairs=_phrases(
        """excuse me, think that, thought that, said that, believe that, hope that, is that, was that, true that,
        sure that, me that"""
    ),
    answers=_words("yes yeah yep no nope sure sorry"),
    relatives=_words(
        """what which who whom whose where what's who's where's whatever
        something anything nothing everything someone anyone"""
    ),
    auxiliaries=_words(
        """do does did don't doesn't didn't can can't could couldn't would wouldn't will won't should shouldn't shall
        is isn't are aren't am was wasn't were weren't have haven't has hasn't had may might"""
    ),
    clause_takers=_words("know think remember say explain believe suppose want need wonder mean imagine guess check"),
    clause_taking_tails=_phrases(
        """tell me, tell us, remind me, show me, ask you, tell you, true that, sure that, think that, know that,
        know if, say that, believe that, mean that, explain to me, explain to us, describe to me"""
    ),
    subordinators=_words("if when whenever while although though unless since once before after as until"),
    joiners=_words("and or nor but then too"),
    closings=_phrases("please, thanks, thank you, good night, goodbye, bye, isn't it, don't you think, right"),
    whole=_phrases(
        """yes, yeah, yep, no, nope, okay, ok, sure, of course, not really, exactly, right, yes please,
        no thanks, no thank you, thanks, thank you, thank you very much, thank you so much, many thanks,
        stop, stop it, wait, hold on, go on, go ahead, continue, carry on, be quiet, never mind, forget it, that's all,
        that's it, that will be all, help, again, say that again, louder, slower, pardon, sorry, i'm sorry,
        hello, hi, hello there, hi there, good morning, good afternoon, good evening, how are you,
        bye, goodbye, bye bye, good night, see you, see you later, see you tomorrow, talk to you later, sleep well,
        i don't know, i think so, i don't think so, i do, i don't, i am, i'm not, i will, i won't, i did, i didn't,
        i can, i can't, it is, it isn't, it was, it wasn't, really, why, what, where, when, who, how, why not,
        what else, how come, so what, guess what, what about you, and you, me too, me neither, so do i, so am i"""
    ),
)

GERMAN = Continuations(
    never_last=_words(
        """äh ähm öh hm hmm
        und oder aber weil dass ob wenn sondern denn obwohl während bevor nachdem damit sowie als
        der den dem des eine einen einem einer eines mein meine meinen meinem meiner dein deine deinen deinem deiner
        unser unsere unseren seine seinen seinem ihre ihren ihrem kein keine keinen keinem
        für von bei ohne gegen zwischen wegen im am zum zur vom beim ins ans sehr"""
    ),
    never_last_pairs=_phrases("und dann, und so, und die, und das, aber dann"),
    seldom_last=_words("ich wir die in also dann eigentlich vielleicht zu wie was wer wo wann warum"),
    subordinators=_words("wenn als weil obwohl während bevor nachdem falls sobald"),
    joiners=_words("und oder"),
    closings=_phrases("bitte, danke, gute nacht, tschüss, nicht wahr"),
    whole=_phrases(
        """ja, nein, doch, genau, klar, okay, ok, ja bitte, nein danke, danke, danke schön, vielen dank,
        stopp, stop, halt, warte, warte mal, moment, weiter, mach weiter, sei still, vergiss es, das ist alles,
        hallo, guten morgen, guten tag, guten abend, gute nacht, tschüss, auf wiedersehen, bis morgen, bis später,
        ich weiß nicht, ich glaube schon, warum, was, wie, wer, wo, wann, wieso, und du, ich auch"""
    ),
)

FRENCH = Continuations(
    never_last=_words(
        """euh heu hum
        et ou mais car que qu' si parce puisque lorsque afin
        le les un une des du de d' l' au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
        ce cet cette
        je j' tu il ils on c' n' ne très chaque en à par dans chez vers"""
    ),
    never_last_pairs=_phrases("et puis, et alors, y a, et là"),
    seldom_last=_words(
        "la donc alors puis pour avec sans sur sous entre quand comme est suis sont était ai a ont ben bah"
    ),
    subordinators=_words("si quand lorsque puisque comme"),
    joiners=_words("et ou"),
    closings=_phrases("te plaît, vous plaît, merci, bonne nuit, au revoir, n'est-ce pas"),
    whole=_phrases(
        """oui, non, si, d'accord, bien sûr, ok, exactement, s'il te plaît, s'il vous plaît, oui merci, non merci,
        merci, merci beaucoup, stop, arrête, attends, continue, tais-toi, laisse tomber, c'est tout,
        bonjour, salut, bonsoir, bonne nuit, au revoir, à demain, à bientôt, à plus tard,
        je ne sais pas, je sais pas, pourquoi, quoi, comment, qui, où, quand, et toi, moi aussi"""
    ),
)

SPANISH = Continuations(
    never_last=_words(
        """eh em mmm
        y e o u pero porque que si aunque mientras sino ni
        el la los las un una unos unas del al de a en con por para sin sobre entre hasta desde
        mi tu su mis tus sus nuestro nuestra cada muy"""
    ),
    never_last_pairs=_phrases("y luego, y entonces, o sea"),
    seldom_last=_words("yo pues entonces como cuando donde es era está son estaba fue este más bueno"),
    subordinators=_words("si cuando aunque mientras como"),
    joiners=_words("y e o u"),
    closings=_phrases("por favor, gracias, buenas noches, adiós, verdad"),
    whole=_phrases(
        """sí, si, no, claro, vale, exacto, por favor, sí por favor, no gracias, gracias, muchas gracias,
        para, basta, espera, espera un momento, sigue, continúa, cállate, olvídalo, eso es todo,
        hola, buenos días, buenas tardes, buenas noches, adiós, hasta luego, hasta mañana, nos vemos,
        no sé, no lo sé, creo que sí, creo que no, por qué, qué, cómo, quién, dónde, cuándo, y tú, yo también"""
    ),
)

BY_LANGUAGE = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
