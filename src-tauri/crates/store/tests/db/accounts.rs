//! Configured channels.

use theke_store::Error;
use theke_store::table::{Trouble, accounts};

use crate::shop::{NOW, Shop, mail, new_account};

#[test]
fn an_account_is_stored_changed_and_removed() {
    let shop = Shop::new();
    let id = shop.account("mailbox");
    let other = shop.account("gateway");
    let read = |id| shop.store.read(|conn| accounts::get(conn, id)).unwrap().unwrap();
    let account = read(id);
    assert_eq!((account.name.as_str(), account.enabled, account.caught_up), ("Test mailbox", true, false));
    assert_eq!(account.own, Some(mail("laden@shop.example")));
    assert_eq!(account.remaining, None);

    shop.write(|tx| accounts::save_cursor(tx, id, "17:4", true, Some(12)));
    shop.write(|tx| accounts::save_cursor(tx, id, "17:9", false, None));
    let account = read(id);
    assert_eq!((account.cursor.as_str(), account.caught_up, account.remaining), ("17:9", true, None));

    let reach = |id| {
        let account = read(id);
        (account.total, account.reaches_to, account.fetching_paused)
    };
    assert_eq!(reach(id), (None, None, false));
    shop.write(|tx| accounts::save_reach(tx, id, Some(20_000), Some(NOW)));
    shop.write(|tx| accounts::set_fetching_paused(tx, id, true));
    assert_eq!(reach(id), (Some(20_000), Some(NOW), true));
    assert_eq!(reach(other), (None, None, false));

    let trouble = Trouble { code: "auth_failed".to_owned(), text: "The password is refused.".to_owned() };
    for _ in 0..2 {
        shop.write(|tx| accounts::troubled(tx, id, accounts::Health::NeedsAttention, &trouble, Some(NOW)));
    }
    let account = read(id);
    assert_eq!((account.failures, account.trouble.clone()), (2, Some(trouble)));
    assert_eq!((account.health, account.next_try_at), (accounts::Health::NeedsAttention, Some(NOW)));
    shop.write(|tx| accounts::reached(tx, id, NOW));
    let account = read(id);
    assert_eq!((account.failures, account.trouble, account.health), (0, None, accounts::Health::Ok));

    shop.write(|tx| accounts::update(tx, id, "Laden", &account.settings, None, None));
    assert_eq!(shop.store.read(|conn| accounts::secrets(conn, id)).unwrap(), new_account("x").secrets);
    shop.write(|tx| accounts::remove(tx, id, NOW));
    assert!(shop.store.read(|conn| accounts::secrets(conn, id)).unwrap().is_empty());
    let unwanted = || shop.store.read(accounts::with_unwanted_messages).unwrap();
    shop.write(|tx| accounts::want_messages_gone(tx, id));
    assert_eq!(unwanted(), [id]);
    shop.write(|tx| accounts::messages_are_gone(tx, id));
    assert!(unwanted().is_empty());
    let left: Vec<_> =
        shop.store.read(accounts::list).unwrap().into_iter().map(|account| account.id).collect();
    assert_eq!(left, [other]);
    assert!(matches!(shop.store.write(|tx| accounts::set_enabled(tx, id, true)), Err(Error::NotFound)));
}
