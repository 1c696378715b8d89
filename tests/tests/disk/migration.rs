//! R4 while a profile of the first released schema is brought to the newest: from any write on the disk refuses. The
//! old file stays what it was or is at a whole later step, no half backup is left, and with room the migration comes to
//! its end.

use std::path::Path;

use rusqlite::Connection;
use theke_store::header::Header;
use theke_store::profile::{self, Folder};
use theke_store::table::settings;
use theke_store::{Error, Key, backup, migrate};

use super::kit::START;
use super::{disk, vfs};

const KEY: [u8; 32] = [7; 32];
/// Tried for each kind of refusal, spread over all writes.
const POINTS: u64 = 20;
const FIRST: &str = include_str!("../../../migrations/0001_init.sql");

/// A profile as the first release left it, with something in it.
fn first_release(dir: &Path) -> (Folder, Header) {
    let folder = Folder::new(dir.join("profile"));
    std::fs::create_dir_all(folder.dir()).unwrap();
    let conn = Connection::open(folder.database()).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    conn.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.execute_batch(FIRST).unwrap();
    let filling = format!("\"{}\"", "Rad und Tat ".repeat(20_000));
    conn.execute("INSERT INTO settings (key, value, changed_at) VALUES ('shop.name', ?1, 1)", [filling])
        .unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    drop(conn);
    let (header, _, _) = Header::new().unwrap();
    header.write(&folder).unwrap();
    (folder, header)
}

fn copied(from: &Folder, to: &Path) -> Folder {
    let folder = Folder::new(to.join("profile"));
    std::fs::create_dir_all(folder.dir()).unwrap();
    for file in [from.database(), from.header()] {
        std::fs::copy(&file, folder.dir().join(file.file_name().unwrap())).unwrap();
    }
    folder
}

fn open(folder: &Folder, header: &Header) -> Result<Option<i64>, Error> {
    profile::open(folder, header, &Key::from_bytes(KEY), START, None).map(|opened| {
        let name = opened.store.read(|conn| settings::get(conn, "shop.name")).unwrap();
        assert!(name.is_some_and(|name| name.to_string().len() > 200_000), "what was in it is in it");
        assert_eq!(opened.store.check_structure().unwrap(), Vec::<String>::new());
        opened.migrated_from
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_refuses_while_migrating_leaves_a_whole_step() {
    let _turn = disk().await;
    let made = tempfile::tempdir().unwrap();
    let (original, header) = first_release(made.path());
    let whole = tempfile::tempdir().unwrap();
    let folder = copied(&original, whole.path());
    vfs::healthy();
    assert_eq!(open(&folder, &header).unwrap(), Some(1));
    let (writes, _) = vfs::writes();
    assert!(writes > 100, "{writes} writes");

    let mut refused = 0;
    for (code, name) in vfs::REFUSALS {
        for step in 0..POINTS {
            let nth = if step < 6 { step + 1 } else { 1 + step * writes / POINTS };
            let place = format!("{name} from write {nth} of {writes}");
            let dir = tempfile::tempdir().unwrap();
            let folder = copied(&original, dir.path());
            vfs::refuse_from(nth, code);
            let first = open(&folder, &header);
            vfs::healthy();
            match first {
                Ok(_) => {}
                Err(Error::DiskFull | Error::DiskFailed(_) | Error::ReadOnly) => refused += 1,
                Err(other) => panic!("{place}: {other:?}"),
            }
            // Whatever lies in the folder of backups is a whole one of the old schema.
            for file in backup::newest_first(&folder).unwrap() {
                assert_eq!(backup::head(&file).unwrap().schema, 1, "{place}");
            }
            let left = std::fs::read_dir(folder.backups()).into_iter().flatten().count();
            assert_eq!(left, backup::newest_first(&folder).unwrap().len(), "{place}: a draft is left");
            let second = open(&folder, &header);
            // Each step is a transaction of its own: those that were whole are not done again.
            let goes_on = |from: i64| (1..migrate::newest()).contains(&from);
            assert!(second.as_ref().is_ok_and(|from| from.is_none_or(goes_on)), "{place}: {second:?}");
            assert_eq!(open(&folder, &header).unwrap(), None, "{place}");
        }
    }
    assert!(refused > 20, "{refused} refusals");
}
