//! Texts and why they are sensitive; and texts that only look like it.

use super::*;

fn kinds(text: &str) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = find(text).into_iter().map(|found| found.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

#[test]
fn sensitive_words_are_found_with_their_reason() {
    for (text, kind) in [
        ("Was für ein Saftladen, ihr könnt mich mal!", Kind::Anger),
        ("Ich bin so was von wütend auf euch", Kind::Anger),
        ("Dann sehen wir uns vor Gericht.", Kind::Law),
        ("Ich übergebe das meiner Anwältin.", Kind::Law),
        ("Meine Grossmutter ist am Sonntag verstorben.", Kind::Bereavement),
        ("Blumen für die Beerdigung", Kind::Bereavement),
        ("Ich muss absagen, ich habe Fieber.", Kind::Medical),
        ("Darf ich in der Schwangerschaft Salbeitee trinken?", Kind::Medical),
        ("Mini Tochter isch chrank", Kind::Medical),
        ("Bitte löschen Sie meine Daten.", Kind::DataProtection),
        ("You useless lot!", Kind::Anger),
        ("My solicitor will write to you.", Kind::Law),
        ("My mum passed away on Monday.", Kind::Bereavement),
        ("I fell on your stairs", Kind::Medical),
        ("What data do you hold on me?", Kind::DataProtection),
        ("Vous êtes des voleurs", Kind::Anger),
        ("Je vais porter plainte", Kind::Law),
        ("les obsèques de ma tante", Kind::Bereavement),
        ("J’ai de la fièvre", Kind::Medical),
        ("Effacez mes données", Kind::DataProtection),
        ("Vergognatevi!", Kind::Anger),
        ("Vi denuncio ai carabinieri", Kind::Law),
        ("per il funerale di mia zia", Kind::Bereavement),
        ("Mia figlia ha la febbre alta", Kind::Medical),
        ("Chi vi ha dato i miei dati?", Kind::DataProtection),
    ] {
        assert!(kinds(text).contains(&kind), "{text}: {:?}", find(text));
    }
}

#[test]
fn calm_displeasure_and_everyday_words_are_not() {
    for text in [
        "Mit der Naht bin ich leider nicht zufrieden.",
        "Enthält der Kuchen Nüsse?",
        "Ist der Laden mit dem Rollstuhl erreichbar?",
        "Haben Sie Heftpflaster an Lager?",
        "Welche Gerichte gibt es heute, und was ist in der Dose?",
        "Schicken Sie den Beleg bitte für die Krankenkasse.",
        "Wann ist die Blütezeit der Rosen?",
        "Gibt es die Lampe auch in hell?",
        "Do you have a French press?",
        "The hem came apart, that is a pity.",
        "I bought two by accident, can I return one?",
        "What temperature should I wash it at?",
        "Avez-vous du pain complet ?",
        "Mon pantalon est trop court.",
        "Posso parlare con un operatore?",
        "L’IVA è compresa?",
        "Posso passare con il cane?",
    ] {
        assert_eq!(kinds(text), [], "{text}: {:?}", find(text));
    }
}

#[test]
fn the_words_are_those_of_the_text() {
    let text = "Leider ist mein Onkel gestorben. Sie hören von meinem Anwalt!";
    let found = find(text);
    let words: Vec<&str> = found.iter().map(|found| found.words.as_str()).collect();
    assert!(words.contains(&"gestorben") && words.contains(&"Anwalt"), "{words:?}");
    assert!(found.iter().all(|found| text.get(found.range.clone()) == Some(found.words.as_str())));
}
