//! What reads: the card with its timeline, the list, the search, whose address it is, the access report, the wish in a text.

use std::time::Instant;

use anyhow::Result;
use theke_domain::address::Address;
use theke_domain::form_mail::{self, Letter};
use theke_domain::matching;
use theke_domain::message::{Direction, Party};
use theke_engine::api::wish_reading;
use theke_store::table::identities;

use super::stock::Person;
use super::{Bench, timed};
use crate::mailbox::Choice;
use crate::report::{Report, Target, millis};

const ASKED: usize = 400;
/// So many rows the window asks for at first and while somebody types, and so many at the end of those.
const LISTED: u32 = 100;
const LISTED_AT_MOST: u32 = 500;
const REPORTS: usize = 20;
const SENTENCES: &[&str] = &[
    "Guten Tag, mein Rad macht seit gestern beim Bremsen ein Geräusch, können Sie sich das einmal ansehen?",
    "Am Telefon bin ich tagsüber schlecht zu erreichen, weil ich in der Werkstatt stehe und es dort laut ist.",
    "Bitte schreiben Sie mir künftig eine SMS, Mails lese ich nur am Wochenende.",
    "Could you tell me whether the frame is still available in blue, and what the delivery to Bern would cost?",
    "Please do not call before noon; a short message is fine at any time.",
    "Je voudrais savoir si la commande est prête, car je passe devant le magasin vendredi.",
    "Merci de me répondre par courriel plutôt que par téléphone.",
    "Vorrei sapere quando posso ritirare la bicicletta e quanto costa il cambio della catena.",
    "Die Rechnung Nummer 4711 haben wir am Montag überwiesen, der Lieferschein lag dem Paket aber nicht bei.",
    "Mit freundlichen Grüßen und vielen Dank für die schnelle Hilfe beim letzten Mal.",
];

/// All that reads.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    cards(bench).await?;
    heavy(bench).await?;
    lists(bench).await?;
    addresses(bench)?;
    reports(bench).await
}

/// Customers of all kinds, the same ones in every run.
pub fn some(people: &[Person], seed: u64, wanted: usize) -> Vec<Person> {
    let mut choice = Choice::new(seed);
    (0..wanted).filter_map(|_| people.get(choice.below(people.len())).cloned()).collect()
}

async fn cards(bench: &mut Bench<'_>) -> Result<()> {
    let mut times = Vec::new();
    for person in some(&bench.stock.people, 1, ASKED) {
        times.push(timed(bench.api.contact(person.id.0, None)).await?.1);
    }
    let name = "card and first page of the timeline";
    bench.report.goal(name, bench.count, times, "ms", Some(Target::Within(5.0)));
    let mut times = Vec::new();
    for person in bench.stock.people.iter().take(ASKED) {
        times.push(timed(bench.api.contact(person.id.0, None)).await?.1);
    }
    let name = "the same, of those who write most";
    bench.report.goal(name, bench.count, times, "ms", Some(Target::Within(5.0)));
    Ok(())
}

/// The customer with 200,000 messages.
async fn heavy(bench: &mut Bench<'_>) -> Result<()> {
    let Some(heavy) = bench.stock.heavy.clone() else { return Ok(()) };
    let mut times = Vec::new();
    for _ in 0..ASKED / 4 {
        times.push(timed(bench.api.contact(heavy.id.0, None)).await?.1);
    }
    let name = "card and first page of 200,000 messages";
    bench.report.goal(name, bench.count, times, "ms", Some(Target::Within(5.0)));
    let (mut times, mut older) = (Vec::new(), None);
    for _ in 0..ASKED / 4 {
        let (answer, took) = timed(bench.api.contact(heavy.id.0, older)).await?;
        times.push(took);
        older = answer.older;
    }
    let name = "further pages of 200,000 messages";
    bench.report.goal(name, bench.count, times, "ms", Some(Target::Within(5.0)));
    Ok(())
}

/// The list as the window asks for it, and the search letter by letter: names, addresses, numbers.
async fn lists(bench: &mut Bench<'_>) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..ASKED / 2 {
        times.push(timed(bench.api.contacts(None, LISTED)).await?.1);
    }
    bench.report.goal("list of customers", bench.count, times, "ms", Some(Target::Within(5.0)));
    let mut times = Vec::new();
    for _ in 0..ASKED / 2 {
        times.push(timed(bench.api.contacts(None, LISTED_AT_MOST)).await?.1);
    }
    bench.report.goal("the same, scrolled to its end", bench.count, times, "ms", None);
    let people = some(&bench.stock.people, 2, ASKED / 8);
    let surname = |person: &Person| person.name.rsplit(' ').next().unwrap_or_default().to_owned();
    let asked: [(&str, Vec<String>); 4] = [
        ("name", people.iter().map(|person| person.name.clone()).collect()),
        ("surname", people.iter().map(surname).collect()),
        ("address", people.iter().map(|person| person.email.clone()).collect()),
        ("number", people.iter().filter_map(|person| person.mobile.clone()).collect()),
    ];
    for (what, typed) in asked {
        let mut times = Vec::new();
        for text in typed {
            for end in 1..=text.chars().count().min(14) {
                let part: String = text.chars().take(end).collect();
                times.push(timed(bench.api.contacts(Some(part), LISTED)).await?.1);
            }
        }
        let name = format!("search of customers by {what}, typed");
        bench.report.goal(&name, bench.count, times, "ms", Some(Target::Within(5.0)));
    }
    Ok(())
}

/// What the intake asks of the sender of a message before anything is written: who of its people is the customer, whether
/// a form wrote it, and whose address that is.
fn addresses(bench: &mut Bench<'_>) -> Result<()> {
    let store = bench.profile.store()?;
    let own = [Address::Email { value: "laden@shop.example".to_owned() }];
    let mut choice = Choice::new(3);
    for (what, known) in [("known", true), ("new", false)] {
        let mut times = Vec::new();
        for person in some(&bench.stock.people, 4, ASKED) {
            let raw = if known { person.email.clone() } else { format!("neu.{}", person.email) };
            let text = choice.text(1_660, true);
            let start = Instant::now();
            let from = Party { name: Some(person.name), address: Address::parse(&raw, "DE").ok(), raw };
            let customer = matching::customer(Direction::In, &from, &[], &[], &[], &own);
            let letter = Letter {
                from: &from,
                reply_to: &[],
                subject: "Frage zum Fahrrad",
                text: &text,
                own: &own,
                home_country: "DE",
            };
            let form = form_mail::read(&letter);
            let address = customer.and_then(|customer| customer.party.address.clone());
            let found = match (&form, address) {
                (None, Some(address)) => store.read(|conn| identities::by_address(conn, &address))?,
                _ => anyhow::bail!("this is no form, and it has a sender"),
            };
            times.push(millis(start.elapsed()));
            anyhow::ensure!(found.is_some() == known, "an address is known or not");
        }
        let name = format!("matching of an incoming address, {what}");
        bench.report.goal(&name, bench.count, times, "ms", Some(Target::Within(1.0)));
    }
    Ok(())
}

async fn reports(bench: &mut Bench<'_>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (mut shown, mut saved) = (Vec::new(), Vec::new());
    for (nth, person) in some(&bench.stock.people, 5, REPORTS).into_iter().enumerate() {
        shown.push(timed(bench.api.access_report(person.id.0)).await?.1);
        let file = folder.path().join(format!("{nth}.html"));
        saved.push(timed(bench.api.access_report_save(person.id.0, file)).await?.1);
    }
    let target = Some(Target::Within(2_000.0));
    bench.report.goal("access report", bench.count, shown, "ms", target);
    bench.report.goal("access report written to files", bench.count, saved, "ms", target);
    let most = bench.stock.people.first().cloned();
    for (what, person) in [("who writes most", most), ("with 200,000 messages", bench.stock.heavy.clone())] {
        let Some(person) = person else { continue };
        let file = folder.path().join("most.html");
        let (_, took) = timed(bench.api.access_report_save(person.id.0, file)).await?;
        let name = format!("access report of the one {what}");
        bench.report.goal(&name, bench.count, vec![took], "ms", None);
    }
    Ok(())
}

/// The wish in a text: those of the generated store, letters of real sentences, and letters far longer than any.
pub fn wishes(report: &mut Report) {
    let mut choice = Choice::new(6);
    let generated: Vec<String> = (0..2_000)
        .map(|_| {
            let length = 200 + choice.below(2_500);
            let german = choice.chance(65);
            choice.text(length, german)
        })
        .collect();
    let mut letters = |sentences: usize, spread: usize, wanted: usize| -> Vec<String> {
        let mut one = || {
            let count = sentences + choice.below(spread);
            let picked = (0..count).filter_map(|_| SENTENCES.get(choice.below(SENTENCES.len())).copied());
            picked.collect::<Vec<_>>().join("\n")
        };
        (0..wanted).map(|_| one()).collect()
    };
    let target = Some(Target::Within(1.0));
    let all = [
        ("wish in a generated text", generated, target),
        ("wish in a letter of 3 to 22 sentences", letters(3, 20, 2_000), target),
        ("wish in a letter of 100 sentences, 10 KB", letters(100, 1, 200), target),
        ("wish in a text of 1,000 sentences, 100 KB", letters(1_000, 1, 20), None),
    ];
    for (name, texts, target) in all {
        let times = texts.iter().map(|text| {
            let start = Instant::now();
            let reading = wish_reading(text, "email");
            let took = millis(start.elapsed());
            std::hint::black_box(reading);
            took
        });
        report.goal(name, 0, times.collect(), "ms", target);
    }
}
