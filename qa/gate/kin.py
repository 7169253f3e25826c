"""Kin: words that may say the same in two tellings of one thing, by a short table of everyday English.

In: a stem. Out: the stems that may stand for it. Only what is common in reporting is here;
what the record calls by rarer words a draft has to call so too.
"""

from __future__ import annotations

from functools import lru_cache

from qa.gate.words import stem

_SETS = """
    begin start commence open launch starting effect; last lasting run through until span; end finish stop close
    conclude; buy purchase acquire; help assist aid support assistance; child children kid kids youngster youngsters
    pupil pupils; shot shots jab jabs dose doses vaccination vaccinations vaccine; big large huge sizable; job jobs
    employment work worker workers employee employees staff; pay paid cost costs spend spent spending price; money
    fund funds funding dollars crowns; ask request call urge; give provide supply deliver hand offer grant; get
    receive obtain gain; plan plans intend intends intention aim aims going; near close nearly almost about roughly
    approximately around; need needs require requires necessary must; meet met meeting meetings talks conversation
    conversations discussion discussions discuss discussed spoke speak speaking; get got reach reached arrive; show
    shows demonstrate indicate; think believe view consider opinion; want wish hope; country countries nation
    nations national nationwide; american u.s.; fast quick quickly rapidly swiftly; many numerous lots; look examine
    review study; important significant crucial vital critical key; rise rises rose risen increase increased
    increases grow growth grew climb climbed higher up; fall fell fallen drop dropped decrease decreased decline
    declined reduce reduced reduction lower cut cuts down shrink; allow allows allowed let permit permits permitted
    able enable may; fiscal fy; keep kept maintain continue continues continued remain remains still; make made
    build built produce produced create created; use used usage using; send sent dispatch ship shipped shipment
    shipments; people persons residents citizens inhabitants individuals adults men women folks; home homes house
    houses household households housing; school schools classroom classrooms; car cars vehicle vehicles; road roads
    street streets; boat boats ferry ship ships; town city municipal council; law legislation bill act; vote voted
    votes ballot; choose chose chosen choice decide decided decision pick; leave left depart departed; come came
    arrive arrived; kill killed dead died deaths death die; attack attacked strike; safe safely safety secure; try
    tries tried attempt attempted seek sought; fix repair repairs repaired mend renew renewal; change changed alter
    altered shift; complete completed full fully whole entire entirely; yearly annual annually year years; week
    weekly weeks; day daily days; month monthly months; nobody no-one; protect protects protection protecting; agree
    agreed agreement deal accord; announce announced announcement; warn warned warning; threat threaten threatened;
    grateful thank thanks thankful gratitude; happy glad pleased delighted; hard difficult tough; old former
    previous past; now currently present today; say told comment remark; ill sick disease illness; hospital
    hospitals hospitalized hospitalization hospitalised; doctor doctors physician physicians; poll survey; worry
    worried concern concerned concerns; set established establish up; happen happened occur occurred place took;
    together jointly; joint; part portion share proportion percent; twice double doubled; half halved; expect
    expected anticipate anticipated; carry carried transport transported; answer answered reply response; tell say;
    early earlier soon; late later; extra additional more another; previous prior former before; wake following; top
    over above exceed exceeded; less under below; total sum altogether; rate rates pace; goal target aim objective;
    step steps measure measures action actions; issue problem problems issues matter; big major; small minor little;
    understand understood aware know known; centenary centennial anniversary; mark marked commemorate commemorated
    celebrate celebrated honor honour; eager keen look looking forward; welcome welcoming welcomed receive host
    hosting hosted greet; trip travel traveling travelling travelled visit visits visiting journey; scheduled
    schedule due slated planned set; detail details detailed specific specifically specifics; observe observed see
    seen saw notice noticed; fit fits consistent align aligned match line; worldwide globally global world
    international; blend blended mix mixed; oppose opposed opposition against object objected; favor favour favored
    support supported backing back backed endorse endorsed; arrest arrested detain detained detention; free freed
    release released; stop stopped cease halt halted end ended; effective efficacy effectiveness work works; shield
    protect protection; raise raised lift lifted hike increase; ease lower reduce bring; test tests testing tested;
    infected infection infections cases case; deadly fatal lethal; migrant migrants immigrants; border frontier;
    talks talk negotiation negotiations negotiate dialogue; sanction sanctions penalty penalties punish punishment;
    weapons weapon arms weaponry; invade invasion incursion attack aggression; soldiers soldier troops forces
    military; withdraw withdrawal withdrawn pull pulled pullout; ally allies partner partners; relief aid
    assistance; donate donated donation donations give; delay delayed postpone postponed; cancel cancelled canceled
    call off; appoint appointed name named nominate nominated nominee; resign resigned resignation quit step;
    dismiss dismissed fire fired; investigate investigation probe inquiry; lawsuit suit sue litigation; ruling rule
    judgment decision; explain explained explanation clarify; refer referred cite cited mention; describe described
    call called label; stress stressed emphasise emphasize emphasized underline underscore highlight highlighted;
    likely probable probably expected; possible possibly may might could; enough sufficient sufficiently; lack
    lacking absence absent missing; shortage shortages short scarce; poor low-income; rich wealthy wealthiest
    richest; firm firms company companies business businesses corporation corporations employer employers; factory
    plant factories plants; oil petroleum gasoline gas fuel; power electricity energy; storm storms weather
    hurricane; wildfire wildfires fire fires blaze; food meals meal; teacher teachers educators; student students
    pupils; wage wages salary pay; tax taxes taxation taxed; inflation prices; loan loans credit lending; lawmakers
    congress members; evidence proof sign signs indication; danger dangerous risk risks risky; harm hurt damage
    injury injured; success successful succeed succeeded; fail failed failure; win won victory; monitor monitoring
    track tracking watch watching follow following; lead led head headed chair chaired; join joined joining
    participate participated attend attended attending part; phone phoned telephone call; speech remarks address;
    topic subject; purpose reason aim; explain because; various several number different; entire; frequently often
    regularly; rarely seldom; immediately promptly once; gradually slowly; broad wide widespread; collapse collapsed
    fail; destroy destroyed destruction; arrange arranged arrangement organise organize organized; train trained
    training; hire hired hiring recruit employ employed; ready prepared prepare preparation; eligible qualify
    qualified; guard; separate separately apart; comparable similar similarly like alike; correct right accurate;
    wrong incorrect mistaken; clear plain plainly clearly; private privately confidential; public publicly; form
    formed create; pause paused suspend suspended; resume resumed restart restarted reopen reopened; shut closed
    close closure; open opened opening; deploy deployed deployment station stationed; reinforce reinforced
    strengthen strengthened bolster bolstered; fund finance financed; cover covered coverage; fraction share; reach
    reached achieve achieved attain; hope hopes hopeful optimistic; regret sorry apologise; recover recovered
    recovery; evacuate evacuated evacuation; rescue rescued; deliver delivered delivery; distribute distributed
    distribution; produce manufacture manufactured manufacturing; supply supplied supplies; order ordered instruct
    instructed direct directed; propose proposed proposal; recommend recommended recommendation advice advise
    advised; require required requirement mandate mandated; limit limited cap capped restrict restricted; remove
    removed removal; replace replaced replacement; protest protests demonstration demonstrations; crime crimes
    criminal; murder killing; shoot shot shooting; border; flood flooding floods; job jobs; unemployment jobless
    joblessness; where place location; why reason cause because; how way manner; timing time when; new news update
    updated; complete finalize finalise finish; different differ apart distinct distinguish; same likewise; hold
    apply applies applied true; control management manage managed run running operate operation; assume assumed take
    taken over; plant factory facility site; promise promised pledge pledged commit commitment committed vow vowed;
    summer summertime; accuse accused allege alleged; blame blamed fault; brief briefed update; choose opt preferred
    prefer; disclose disclosed reveal revealed share shared; avert avoid prevent prevented; curb limit reduce rein;
    deal handle handled tackle tackled address addressed; deny denied reject rejected; elsewhere other; embrace
    welcome accept; encourage encouraged urge urged; ensure guarantee sure make; establish set create found; examine
    examined look consider; exchange swap; exclude rule ruled; forecast projection project projected predict
    predicted; gather gathered gathering assemble; global world; hurry rush expedite accelerate accelerated speed
    sped faster; injure hurt wounded; invest investment put; launch kick roll rollout introduce introduced; lay
    outline set spell; maintain preserve; meet satisfy; obligation duty responsibility responsible requirement
    obliged; occupy hold; overall total whole; own possess have; persuade convince; press push pressure pressed;
    probable likely; publish published release released issue issued; quit leave; rebuild restore reconstruct;
    recent lately recently; regard concern; reject refuse declined; representative member delegate; respond reply
    response reaction react; restore return; revise revised change; scale size; schedule timetable timeline
    timeframe; search look seek; select choose pick; simple easy; skip miss; source origin; split divide division
    divisive divisiveness; stay remain; sum amount; surprise unexpected; target aim; tell inform; terrible awful;
    topic issue matter; unite together; upcoming next coming; usual normal; value worth appreciate; want seek
    desire; precondition prerequisite condition requirement; request ask asked; sure certain
"""
_KIN: dict[str, frozenset[str]] = {}
for _set in _SETS.split(";"):
    _stems = frozenset(map(stem, _set.split()))
    for _one in _stems:
        _KIN[_one] = _KIN.get(_one, frozenset()) | _stems


@lru_cache(maxsize=20_000)
def kin(stemmed: str) -> frozenset[str]:
    """The stems that may stand for a stem, it among them."""
    return _KIN.get(stemmed, frozenset()) | {stemmed}
