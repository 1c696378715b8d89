//! English, British first.

use super::super::tag::*;
use super::{EMAIL, IN_PERSON, PHONE, POST, Row, SMS, WHATSAPP};

/// Channels.
pub(in crate::wish) const CHANNELS: &[Row] = &[
    (NOUN | THING, PHONE, "phone, telephone, landline, blower, bell"),
    (NOUN | THING, POST, "post, letterbox"),
    (
        NOUN,
        PHONE,
        "call, calls, phonecall, phone call, phone calls, callback, call back, tinkle, ring back, ring, telephone call, phone chat, a ring, a buzz, voicemail, \
        phone line, a bell, quick call, voicemails, voice mail",
    ),
    (
        MANNER,
        PHONE,
        "by phone, by telephone, on the phone, over the phone, via phone, via telephone, on the telephone, over the telephone, on the blower, by voice call, talk on the phone, on my landline, use the phone, use my phone, by landline, on my mobile by call",
    ),
    (NOUN, SMS, "text, texts, text message, text messages, txt, txts, text msg, texting"),
    (MANNER, SMS, "by text, via text, by text message, by sms, via sms, over text, in a text"),
    (NOUN, EMAIL, "email, emails, e mail, e mails, emailing, inbox, mailbox"),
    (
        MANNER,
        EMAIL,
        "by email, via email, by e mail, via e mail, over email, electronically, by return of email, by reply to this email, to this email, by reply email, to my inbox, in an email, to this address",
    ),
    (NOUN, POST, "letter, letters, snail mail, hard copy, paper copy, paper letter*, royal mail, paper mail"),
    (
        MANNER,
        POST,
        "by post, by letter, in the post, through the post, by mail, in the mail, by snail mail, on paper, via post, by royal mail, through the letterbox, by ordinary post, by regular mail, in a letter",
    ),
    (MANNER, IN_PERSON, "in person, face to face, face-to-face"),
    (
        PLACE,
        IN_PERSON,
        "in the shop, in store, at the counter, at the till, when i come in, when i pop in, when i collect, when i pick it up, when i come by, when i m in, when im in, in the salon, in the store, at the shop, when i come to collect, \
        on site, at the desk, when i pick up, when i call in, when i drop by, when i come, over the counter, when i swing by, when i m there",
    ),
    (
        CALL | IMPERATIVE | INFINITIVE,
        PHONE,
        "call, ring, phone, telephone, call back, ring back, phone back, dial, give a ring, give me a ring, giving me a ring, giving me a bell, giving me a quick bell, giving me a quick ring, giving us a ring, giving us a bell, give me a call, give me a bell, give me a quick bell, give me a buzz, give us a ring, give us a call, give us a bell, gimme a bell, gimme a ring, gimme a call, \
        give me a tinkle, ring me up, give me a quick call, give me a shout on the phone, gimme a buzz, give us a buzz, give us a tinkle, give me a quick ring, give her a ring, give him a ring, callback, pick up the phone",
    ),
    (
        CALL | PARTICIPLE | PAST,
        PHONE,
        "called, phoned, rang, rung, telephoned, called back, phoned back, rang back, rung back",
    ),
    (
        CALL,
        PHONE,
        "calling, ringing, phoning, telephoning, calling me, ringing me, phoning me, calling back, ringing back",
    ),
    (
        CALL | IMPERATIVE | INFINITIVE,
        SMS,
        "text, txt, text back, drop me a text, send me a text, shoot me a text, fire me a text",
    ),
    (CALL | PARTICIPLE | PAST, SMS, "texted, txted"),
    (CALL, SMS, "texting"),
    (
        CALL | IMPERATIVE | INFINITIVE,
        EMAIL,
        "email, e mail, mail, email back, drop me an email, ping me an email, mail me",
    ),
    (CALL | PARTICIPLE | PAST, EMAIL, "emailed, e mailed, mailed"),
    (CALL, EMAIL, "emailing, e mailing"),
    (CALL | IMPERATIVE | INFINITIVE, WHATSAPP, "whatsapp, whats app"),
    (CALL | PARTICIPLE | PAST, WHATSAPP, "whatsapped"),
    (CALL | IMPERATIVE | INFINITIVE | SEND, POST, "post it, post me"),
    (
        HERE,
        None,
        "here, in this chat, on this chat, on here, right here, in the chat, to this number, on this thread, in this thread, on this number, this way, in this app, to this message, same way",
    ),
];

/// Answering.
pub(in crate::wish) const ANSWERS: &[Row] = &[
    (
        ANSWER | IMPERATIVE | INFINITIVE,
        None,
        "reply, answer, respond, write, message, msg, ping, write back, get back, come back to me, get in touch, be in touch, reach out, drop me a line, drop us a line, dm, message back, reply back, drop me a note, confirm, getting back",
    ),
    (FILLER, None, "call me old fashioned, call me crazy, call me picky, call me silly, phone me mad"),
    (
        ANSWER | TELL | IMPERATIVE | INFINITIVE,
        None,
        "tell, do me, let me know, let us know, lmk, inform, notify, advise, update, say, explain, keep me posted, keep me informed, keep me updated, remind, fill me in, give me the details, talk me through, alert, give me a heads up, keep us posted, give me an update, be told, be notified, be informed, walk me through, letting me know, run me through, break the news, go through",
    ),
    (
        ANSWER | SEND | IMPERATIVE | INFINITIVE,
        None,
        "send, forward, shoot, drop, pass, leave, fire, pop, put, sent over, send over, stick, deliver your answer",
    ),
    (ANSWER | REACH, None, "contact, reach, get hold of, catch, get me, get through"),
    (
        REPLY,
        None,
        "reply, replies, answer, response, responses, update, updates, news, confirmation, word, message, messages, communication, communications, correspondence, notification, notifications, info, information, details, contact, feedback, heads up, reminder, reminders, \
        pickup time, collection time, price, note, notice, notices, acknowledgement, verdict, estimate figure",
    ),
    (
        DOCUMENT,
        None,
        "quote, quotes, quotation, invoice, receipt, estimate, confirmation, copy, copies, summary, photo, photos, picture, pictures, pics, pdf, list, price list, documents, document, paperwork, form, certificate, statement, warranty card, proof, bill, report, duplicate, drawing, sketches, mockup, credit note",
    ),
    (
        TALK | INFINITIVE,
        None,
        "talk, speak, discuss, chat, talk through, go over, have a word, have a chat, sort this out, catch up, go through, talk over, continue, switch, move, carry on, talking, speaking, discussing, chatting, hear, hash it out, move this, sort it out, take this",
    ),
    (
        PLEASE,
        None,
        "please, kindly, ta, would you mind, do you mind, be so kind, be good enough, if you could, if you would, could i ask you, may i ask you, can i ask you, i d ask you, if someone could, if somebody could, if u could, would be grateful, i d be grateful, id be grateful, be grateful, plz, plse, don t hesitate, do not hesitate, don t forget, dont forget, do not forget, dont hesitate, don t be shy",
    ),
    (
        PREFER,
        None,
        "prefer, prefers, preferred, preferably, rather, easiest, ideally, best, i d rather, better, simplest, quickest, fastest, most convenient, favour, favoured, sooner, easier, preference, safest, much prefer, handiest, works better, happier, preferable",
    ),
    (
        WANT,
        None,
        "happy to chat, happy to talk, happy to discuss, happy to take, look forward to your, looking forward to your, wait for your, waiting for your, awaiting your, was wondering, wondering, want, wants, i d like, i would like, id like, would like, wants a, i d love, id love, would love, need, needs, require, requires, wish, wishes, looking for, after a, hoping for, would appreciate, d appreciate, requests, requested, asks for, asking for, expects, could do with, would welcome, any chance, \
        is it possible, would it be possible, could i get, may i have, can i get, could i have, can i have, might i have, fancy, like a, d like, asked for, i ask for, would be possible, like you to, chance of, minutes for, a minute for, a moment for, had better, d better, better go over, should we, shall we, let s, lets, can we, could we, do you have time for, got time for, have time for, good time for you to, \
        we d better, would u like to, insist, time for",
    ),
    (
        SUFFICES,
        None,
        "is fine, will do, would do, do nicely, is enough, would be great, would be nice, would be lovely, would be perfect, d be great, d be perfect, d be lovely, d be good, thatd be great, works, works best, works well, suits, suits me, suffices, will suffice, is best, is easiest, will be fine, would suffice, would be ideal, is perfect, \
        is ideal, would help, is the way, would be good, would be best, would be appreciated, is plenty, d do, would work, would be fine, does the job, is all i need, be great, be lovely, be perfect, be brilliant, would be brilliant, would be wonderful, be wonderful, be super, be fab, be best, be easiest, is good, works for me, is great, is okay, is ok, are fine, are ok, are okay, are best, are good, would be helpful, be helpful, be ideal, be much appreciated, be fine, will work, ll do",
    ),
    (
        ASKED,
        None,
        "appreciated, welcome, requested, happy to get, happy to receive, gladly, gratefully received, feel free",
    ),
    (
        REACH,
        None,
        "reachable, available, contactable, on hand, best reached, be reached, reached, at your disposal",
    ),
    (
        CHANNEL,
        None,
        "channel, contact method, method of contact, way, route, way to reach, contact preference, preferred method, means of contact",
    ),
];

/// The frame around it.
pub(in crate::wish) const FRAMES: &[Row] = &[
    (
        SUFFICES,
        None,
        "sufficient, is sufficient, all i need, that s all, would suit, would put my mind at rest, preferred",
    ),
    (
        GOOD,
        None,
        "great, good, lovely, perfect, ideal, nice, fine, brilliant, helpful, handy, super, wonderful, fab, ace, appreciated",
    ),
    (WOULD_BE, None, "would, d, wd"),
    (PAST, None, "could have, should have, might have, could ve, should ve, would have"),
    (SAYS, None, "is waiting, expects, needs, requires, insists"),
    (ME, None, "me, us"),
    (
        YOU,
        None,
        "you, u, ya, someone, somebody, anyone, one of you, your team, whoever, y all, anybody, yourselves",
    ),
    (I, None, "i, ill, im, ive, i ll, i m, i ve, myself, id"),
    (WE, None, "we, let s, lets"),
    (
        THIRD,
        None,
        "gran, mum, mom, dad, mother, father, parents, wife, husband, daughter, son, brother, sister, neighbour, neighbor, colleague, boss, manufacturer, supplier, aunt, uncle, friend, grandma, grandad, landlord, courier, secretary, nan, assistant, recipient, caretaker, tenant, flatmate, boyfriend, girlfriend, partner, insurer, my mate, grandson, granddaughter, cousin, nephew, niece",
    ),
    (HE, None, "he, she, they, him, them, her, it was me"),
    (MODAL, None, "can, could, would, will, may, might, cld, wld, shall, cd, pls can, should, must"),
    (NEED, None, "need to, have to, needn, need you to"),
    (WANT | PASSIVE, None, "like to be, love to be"),
    (SHALL | PASSIVE, None, "to be, needs to be, should be"),
    (HAVE | INFINITIVE, None, "have, get, receive, got, getting, receiving, having"),
    (PASSIVE, None, "be, being, get a"),
    (ONLY, None, "only, just, solely, exclusively, nothing but, strictly"),
    (
        NOT,
        None,
        "not, don t, dont, do not, didn t, didnt, can t, cant, cannot, won t, wont, no longer, doesn t, doesnt, isn t, isnt, aren t, not to, don, never ever, wouldn t, wouldnt, shouldn t, nor, not by, couldn t, unable, mustn t, not allowed, refrain from, can not, couldnt",
    ),
    (NO, None, "no, zero, not any, any"),
    (NO | LASTING, None, "no more, no further"),
    (NEITHER, None, "neither"),
    (OR, None, "or, nor, and or"),
    (VERSUS, None, "instead of, rather than, over, than, in place of, as opposed to"),
    (
        WAIVE,
        None,
        "no need, needn t, neednt, don t need, dont need, do not need, don t have to, dont have to, do not have to, no action, not necessary, unnecessary, not required, don t bother, dont bother, no rush, don t mind you, dont mind you, don t mind when, don t mind if, nothing against, it s not that, not that, its not that, not because, it isn t that, not only, not just, nothing to do, needless, don t worry about, not needed",
    ),
    (
        NEEDS,
        None,
        "need, expect, expecting, require, asking for, ask for, after a, demand, asking, requesting, want you to",
    ),
    (
        SAYS,
        None,
        "says, said, wants, asked, thinks, told, reckons, asks, would like, prefers, mentioned, tells, reads, advised, recommended",
    ),
    (FILLER, None, "call it, called the, so called, call on, calls for"),
    (
        REFUSE,
        None,
        "stop, avoid, quit, cease, skip, refrain, forget about, hold off, lay off, enough of, no more of, cut out, do without, spare me, leave off, leave out, opt out of, refuse, object to, no thanks, no thank you, rather not",
    ),
    (
        USELESS,
        None,
        "not my thing, i hate, not a fan of, can t stand, not for me, aren t for me, isn t for me, does not work, do not work, are a nightmare, is a nightmare",
    ),
    (WORKS, None, "work, works, help, helps"),
    (ANSWER | IMPERATIVE | USE, None, "use, go with, stick to, switch to"),
    (
        USELESS,
        None,
        "no good, useless, pointless, no use, doesn t work, don t work, not working, doesnt work, dont work, won t work, wont work, not possible, impossible, out of the question, is out, are out, not an option, hopeless for me, never reaches me, never reach me, don t reach me, doesn t reach me, a waste of time, no point, isn t possible, aren t possible, aren t an option, isn t an option, not allowed at work, won t reach me, wont reach me, not reach me, no point in, never arrive, never get through, aren t allowed, isn t allowed, not allowed",
    ),
    (SELDOM, None, "rarely, hardly, hardly ever, seldom, barely, almost never"),
    (
        SENSE,
        None,
        "react to, respond to, read, see, check, take, answer, hear, pick up, get, receive, open, look at, reading, seeing, checking, taking, answering, talk on, use, using, make, be on, access, getting, pick, accept, see it, handle, view",
    ),
    (
        LASTING,
        None,
        "always, from now on, in future, in the future, going forward, every future, each future, any future, every time, permanently, for good, each time, moving forward, henceforth, as a rule, by default, generally, any more, anymore, from here on, whenever, in general, ever again, from today, forever, on file, as standard, at all times, without exception, for all future, all future, all my future, no longer, all correspondence, across the board, every single time, ever, for the future, going forwards, until further notice, invariably, from this point on",
    ),
    (
        STILL,
        None,
        "always been, as always, always a, always so, was always, ive always, always good, always great, always in, are always, is always, i m always, i am always, im always, always get lost, always end up, have always, always lose",
    ),
    (NEVER, None, "never"),
    (MORE, None, "more, again, further, longer"),
    (
        CONDITION,
        None,
        "in case, only if, should there, should it, should that, should this, should they, should plans, should things, should you, should the, should anything, unless, in an emergency, in emergencies, otherwise, if there s, if there is, theres, any questions, any problems, any queries, any issues, in the event, if anything, if not, if it s not, if it isn t, provided, if you have, if you need, if you can t, if you cannot, if any, \
        only when, for queries, for questions, for emergencies, if need be, if necessary, in case of, with any questions, with any queries, if problems, if it, if they, if something, if the, emergencies only, if she, if he, if your, if theres, if you run, if you re, if my, if that, if this, if i, if you find, if you get stuck, if you want, if you do, if nobody, if no one, as long as, assuming, if stock",
    ),
    (IF, None, "if"),
    (
        TIME,
        None,
        "before, after, between, during, until, till, at night, in the evening, in the morning, at weekends, on sundays, on saturdays, too early, too late, straight away, on sunday, in the afternoon, evenings, mornings, weekends, at lunch, right now",
    ),
    (WHEN, None, "when, once, as soon as, whether, what, until, how much, how long, where"),
    (
        POLITE_IF,
        None,
        "if possible, if you could, if you would, if you can, if u can, if u could, if that s ok, if thats ok, if that s okay, if you don t mind, if you dont mind, if you please, if it s not too much, if it s all the same, if that works, if someone could, if you get a chance, if you get a sec, if you get a minute, if you have a minute, if you have a moment, if somebody could, if that s easier, if i may, if at all possible, if you wouldn t mind, if that s alright, if it s ok, if it s no trouble, if you have time, if thats alright, if you d",
    ),
    (
        UNCERTAIN,
        None,
        "problem, problems, question, questions, late, delay, delayed, later, not, no, wrong, changes, issue, issues, none, over, more, out, snag, hitch, emergency, unclear, queries",
    ),
    (READY, None, "ready, done, in, arrives, arrived, finished, here, know, news"),
    (
        PAST_AUX,
        None,
        "have, has, had, ve, ive, was, were, been, haven t, havent, hasn t, did, didn t, didnt, youve, you ve",
    ),
    (
        PAST,
        None,
        "sent, wrote, told, said, tried, received, replied, answered, asked, spoke, was, were, missed, heard, left, yesterday, promised, as requested, as discussed, as agreed, following our, further to, thanks for, thank you for, last week, messaged, contacted, lost, came, did, saw, didn t, didnt, never got, last time, didn t get, were meant, spoken",
    ),
    (
        PARTICIPLE,
        None,
        "sent, written, told, tried, received, replied, answered, asked, left, spoken, contacted, informed, notified",
    ),
    (
        ADVERT,
        None,
        "newsletter*, marketing, promo*, promotion*, advert*, advertising, adverts, offers, deals, mailing list, unsubscribe, subscribe, campaign*, spam texts, mailout*, mailshot*, sign me up, sign up, flyers, leaflet*",
    ),
    (
        GOODS,
        None,
        "parcel, package, delivery, deliver, boots, shoes, return, returns, returned, ship, shipped, shipping, postage, item, items, order, goods, lamp, book, books, watch, part, parts, key, keys, sample, samples, returning, gift, voucher, send back, sending back, courier, glasses, lenses, ring back box, flowers, bag, dress, spare, charger, product, battery, label, fabric, swatch*, vinyl, case, jacket, cake, card, poster, seeds, medication, tools, catalogue, brochure, magazine, calendar",
    ),
    (
        DEVICE,
        None,
        "my phone can, update, app, screen, repair costs, since the update, sim, handset, phone case, phone screen, charger, phone repair, phone repairs, iphone, android, smartphone, phone shop, phone contract, cracked, can t make calls, cant make calls, battery, drops calls, microphone, tablet, laptop, install, set up my, speaker, keyboard, ringtone, router, headset",
    ),
    (
        MATTER,
        None,
        "recall, affected, recalled, code, link, attachment, delete, correct, typo, website, resend, tracking, password, attached, voucher code, spelled, wrong number, misspelled, wrong email",
    ),
    (
        INDIFFERENT,
        None,
        "don t mind, dont mind, either is fine, either way, all the same, whichever, whatever suits, no preference, makes no difference, doesn t matter, doesnt matter, up to you, either one, either works, not fussed, whatever is easiest for you, whatever s easiest for you, whatever you prefer, whatever works for you, no odds, not bothered, whichever you prefer",
    ),
    (
        WITHDRAWN,
        None,
        "never mind, nevermind, nvm, no longer needed, no longer need, forget it, ignore my, scratch that, disregard, sorted now, all sorted, cancel my, no longer necessary, no longer required, don t worry, dont worry, found it, ignore that",
    ),
    (DEFINITE, None, "the, your, my, that, this, our, last, those, his, her, their, confirmation"),
    (BY, None, "by, via, on, over, through, in, to, with, using, at"),
    (
        BREAK,
        None,
        "but, because, cause, cos, coz, since, as i, so i, so that, although, though, so we, so please, instead just, while, then, as we, bc, as my, so just, so",
    ),
    (AND, None, "and, n, plus"),
    (LABEL, None, "number, numbers, address, addresses, details on file"),
    (
        BOOK,
        None,
        "book, order, reserve, pay, cancel, buy, booking, ordering, return, send back, sign up, make an appointment, booked, orders, bookings, arrange an appointment",
    ),
    (WRITTEN, None, "in writing, written"),
    (POINTER, None, "below, in my signature, at the bottom, underneath, in the footer, signature"),
    (
        SELF,
        None,
        "here is, here are, heres, here s, follows, will follow, hereby, enclosed is, enclosed please, want me to, like me to, need me to, prefer me to, shall i, should i, do i, myself, the other way round",
    ),
    (
        ERRAND,
        None,
        "before you deliver, before delivery, manufacturer, supplier, before delivering, before you come, before dropping, courier, on delivery, to arrange delivery, before the delivery, so she s in, so they re in, so he s in",
    ),
    (TITLE, None, "novel, film, movie, book, album, song, titled, called the, title, record, board game"),
    (THAT, None, "that, to say, to tell"),
    (
        FILLER,
        None,
        "a, an, and, the, is, are, was, hi, hello, hiya, thanks, thank, you, for, of, with, it, when, what, how, do, does, done, my, your, any, some, there, at, about, today, tomorrow, this, that, will, from, quick, short, much, cheers, regards, best, love, dear, have, has, bike, ready, if, at, up, as, or, ps, instead, again, now, asap, soon, tonight, first, straight, too, anytime, tho, early, late, urgently, away, directly, personally, any time, sometime, briefly",
    ),
];
