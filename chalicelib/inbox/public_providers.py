"""The domains at which anyone can have an address, so that a shared domain says nothing about who someone is.

Large mail and access providers of each region, and services that lend aliases. A provider missing here lets
strangers speak for each other, so families with a domain in each country are matched by their name alone.
"""

_FAMILIES = frozenset({
    "aol", "gmx", "googlemail", "hotmail", "live", "mail", "msn", "outlook", "passport", "proton",
    "protonmail", "rocketmail",
    "tutanota", "windowslive", "yahoo", "yandex", "ymail", "zoho", "zohomail", "myyahoo", "freenet",
    "caramail", "lycos", "rediffmail",
})  # fmt: skip
_COUNTRY_ENDINGS = 2
_LONGEST_ENDING = 4
"""`yahoo.de` and `yahoo.co.uk` have at most so many labels behind the name, of at most so many letters."""

PUBLIC_PROVIDERS = frozenset({
    # over the world
    "gmail.com", "icloud.com", "me.com", "mac.com", "hey.com", "fastmail.com", "fastmail.fm",
    "fastmail.net", "fastmail.org",
    "fastmail.us", "fastmail.to", "sent.com", "pm.me", "tuta.com", "tuta.io", "tutamail.com", "tutanota.de",
    "keemail.me", "hushmail.com",
    "hush.com", "hush.ai", "mailfence.com", "runbox.com", "posteo.de", "posteo.net", "mailbox.org",
    "disroot.org", "riseup.net",
    "startmail.com", "countermail.com", "ctemplar.com", "skiff.com", "inbox.com", "inbox.lv", "email.com",
    "usa.com", "usa.net", "myself.com",
    "consultant.com", "europe.com", "engineer.com", "post.com", "iname.com", "writeme.com", "dr.com",
    "cheerful.com", "techie.com",
    "excite.com", "juno.com", "netzero.net", "netzero.com", "netscape.net", "aim.com", "love.com",
    "games.com", "wow.com", "verizon.net",
    "opayq.com", "duck.com", "privaterelay.appleid.com", "mozmail.com", "simplelogin.com", "simplelogin.co",
    "anonaddy.com", "anonaddy.me",
    "addy.io", "8alias.com", "aleeas.com", "slmail.me", "passmail.net", "passinbox.com", "passfwd.com",
    "onmail.com", "mail2world.com",
    "vivaldi.net", "opera.com", "linuxmail.org", "operamail.com", "gmx.net", "cock.li", "zoho.com",
    "pobox.com",
    # North America
    "comcast.net", "xfinity.com", "att.net", "sbcglobal.net", "bellsouth.net", "pacbell.net",
    "ameritech.net", "swbell.net", "prodigy.net",
    "snet.net", "flash.net", "nvbell.net", "currently.com", "cox.net", "charter.net", "spectrum.net",
    "rr.com", "twc.com", "roadrunner.com",
    "brighthouse.com", "earthlink.net", "mindspring.com", "centurylink.net", "centurytel.net",
    "embarqmail.com", "q.com", "qwest.net",
    "frontier.com", "frontiernet.net", "windstream.net", "optonline.net", "optimum.net", "suddenlink.net",
    "mediacombb.net", "wowway.com",
    "wavecable.com", "tds.net", "cableone.net", "sparklight.net", "ptd.net", "rcn.com", "verizon.com",
    "peoplepc.com", "compuserve.com",
    "bell.net", "sympatico.ca", "rogers.com", "shaw.ca", "telus.net", "videotron.ca", "cogeco.ca",
    "eastlink.ca", "sasktel.net", "mts.net",
    # United Kingdom and Ireland
    "btinternet.com", "btopenworld.com", "talk21.com", "talktalk.net", "tiscali.co.uk", "sky.com",
    "virginmedia.com", "virgin.net", "ntlworld.com",
    "blueyonder.co.uk", "plus.net", "plusnet.com", "o2.co.uk", "orange.net", "fsmail.net",
    "freeserve.co.uk", "wanadoo.co.uk", "zen.co.uk",
    "eircom.net", "eir.ie",
    # German-speaking countries
    "web.de", "t-online.de", "magenta.de", "arcor.de", "vodafone.de", "vodafonemail.de", "1und1.de",
    "online.de", "email.de", "posteo.at",
    "kabelmail.de", "unitybox.de", "o2online.de", "netcologne.de", "ewetel.net", "ewe.net", "aon.at",
    "chello.at", "a1.net", "inode.at",
    "bluewin.ch", "sunrise.ch", "hispeed.ch", "swissonline.ch", "directbox.com", "systemli.org",
    "emailn.de", "firemail.de",
    # France, Belgium, Netherlands, Luxembourg
    "orange.fr", "wanadoo.fr", "free.fr", "aliceadsl.fr", "sfr.fr", "neuf.fr", "cegetel.net",
    "club-internet.fr", "laposte.net", "bbox.fr",
    "numericable.fr", "noos.fr", "voila.fr", "mailo.com", "netcourrier.com", "skynet.be", "proximus.be",
    "telenet.be", "scarlet.be", "voo.be",
    "ziggo.nl", "kpnmail.nl", "kpnplanet.nl", "planet.nl", "hetnet.nl", "home.nl", "xs4all.nl",
    "upcmail.nl", "chello.nl", "casema.nl", "quicknet.nl",
    "tele2.nl", "online.nl", "solcon.nl", "pt.lu",
    # Italy, Spain, Portugal, Greece
    "libero.it", "virgilio.it", "alice.it", "tin.it", "tim.it", "tiscali.it", "fastwebnet.it", "inwind.it",
    "iol.it", "blu.it", "email.it",
    "poste.it", "aruba.it", "telefonica.net", "terra.es", "ono.com", "movistar.es", "orange.es", "sapo.pt",
    "netcabo.pt", "clix.pt", "iol.pt",
    "otenet.gr", "forthnet.gr", "hol.gr", "in.gr",
    # Northern Europe and the Baltic
    "telia.com", "bredband.net", "bredband2.com", "comhem.se", "spray.se", "tele2.se", "swipnet.se",
    "online.no", "broadpark.no", "getmail.no",
    "frisurf.no", "tdcadsl.dk", "mail.dk", "stofanet.dk", "youmail.dk", "jubii.dk", "ofir.dk", "luukku.com",
    "elisanet.fi", "kolumbus.fi",
    "pp.inet.fi", "saunalahti.fi", "suomi24.fi", "simnet.is", "delfi.ee", "hot.ee", "mail.ee", "one.lv",
    "takas.lt",
    # Middle and Eastern Europe, Turkey
    "wp.pl", "o2.pl", "tlen.pl", "onet.pl", "onet.eu", "op.pl", "vp.pl", "poczta.onet.pl", "poczta.fm",
    "interia.pl", "interia.eu", "gazeta.pl",
    "autograf.pl", "seznam.cz", "email.cz", "post.cz", "centrum.cz", "centrum.sk", "volny.cz", "atlas.cz",
    "quick.cz", "azet.sk", "zoznam.sk",
    "pobox.sk", "freemail.hu", "citromail.hu", "indamail.hu", "t-online.hu", "upcmail.hu", "abv.bg",
    "mail.bg", "dir.bg", "siol.net", "t-2.net",
    "net.hr", "inet.hr", "eunet.rs", "sezampro.rs", "ya.ru", "mail.ru", "bk.ru", "inbox.ru", "list.ru",
    "internet.ru", "rambler.ru", "lenta.ru",
    "ro.ru", "autorambler.ru", "myrambler.ru", "vk.com", "ukr.net", "i.ua", "meta.ua", "bigmir.net",
    "tut.by", "mynet.com", "mynet.com.tr",
    "superonline.com", "ttmail.com",
    # Asia and the Pacific
    "qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "188.com", "vip.163.com",
    "vip.126.com", "sina.com", "sina.cn", "vip.sina.com",
    "sohu.com", "tom.com", "21cn.com", "139.com", "189.cn", "wo.cn", "aliyun.com", "netvigator.com",
    "hinet.net", "msa.hinet.net", "seed.net.tw",
    "pchome.com.tw", "naver.com", "hanmail.net", "daum.net", "nate.com", "kakao.com", "korea.com",
    "paran.com", "docomo.ne.jp", "ezweb.ne.jp",
    "au.com", "softbank.ne.jp", "i.softbank.jp", "nifty.com", "biglobe.ne.jp", "ocn.ne.jp", "so-net.ne.jp",
    "plala.or.jp", "excite.co.jp",
    "goo.jp", "infoseek.jp", "rediff.com", "sify.com", "indiatimes.com", "in.com", "singnet.com.sg",
    "pacific.net.sg", "starhub.net.sg",
    "streamyx.com", "bigpond.com", "bigpond.net.au", "bigpond.com.au", "optusnet.com.au", "optusnet.com",
    "iinet.net.au", "internode.on.net", "tpg.com.au",
    "dodo.com.au", "westnet.com.au", "adam.com.au", "ozemail.com.au", "xtra.co.nz", "slingshot.co.nz",
    "orcon.net.nz", "vodafone.co.nz",
    # Latin America, Africa, the Near East
    "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "globo.com", "globomail.com", "oi.com.br",
    "r7.com", "zipmail.com.br", "prodigy.net.mx",
    "terra.com", "arnet.com.ar", "fibertel.com.ar", "speedy.com.ar", "ciudad.com.ar", "vtr.net",
    "une.net.co", "adinet.com.uy", "cantv.net",
    "walla.com", "walla.co.il", "netvision.net.il", "012.net.il", "bezeqint.net", "zahav.net.il",
    "mweb.co.za", "telkomsa.net", "webmail.co.za",
    "vodamail.co.za", "iafrica.com", "maktoob.com", "emirates.net.ae", "link.net", "menara.ma",
})  # fmt: skip


def public_provider(domain: str) -> bool:
    """Whether anyone can have an address at this domain, given in lower case."""
    name, *endings = domain.split(".")
    family = (
        name in _FAMILIES
        and 0 < len(endings) <= _COUNTRY_ENDINGS
        and all(len(ending) <= _LONGEST_ENDING for ending in endings)
    )
    return family or domain in PUBLIC_PROVIDERS or domain.partition(".")[2] == "rr.com"
