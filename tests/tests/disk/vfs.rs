//! A disk beneath SQLite that a test can fill up or cut the power of. Every file of a database is opened through it:
//! it passes everything on to the real one, counts the writes, refuses them from a chosen one on (after half of the
//! first, as a disk does that fills up in the middle), and keeps what each file held when it was last synced.
//!
//! Installed as the process's default, so that the engine over it is the real one. Not here: files that are not
//! databases; the witness of attempts syncs by itself.
#![allow(
    unsafe_code,
    reason = "SQLite's file layer is a table of C functions; each block says why it is sound"
)]

use std::collections::BTreeMap;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use rusqlite::ffi;

/// What each database file held at its last sync.
pub type Synced = BTreeMap<PathBuf, Vec<u8>>;
type AtSync = Box<dyn FnMut(&Synced) + Send>;

/// In which ways a disk refuses, with SQLite's code for each.
pub const REFUSALS: [(c_int, &str); 3] =
    [(ffi::SQLITE_FULL, "full"), (ffi::SQLITE_IOERR_WRITE, "failing"), (ffi::SQLITE_READONLY, "read-only")];

/// How the disk is.
#[derive(Default)]
struct Disk {
    writes: u64,
    /// From this write on, with this answer.
    refuses: Option<(u64, c_int)>,
    refused: u64,
    synced: Synced,
    at_sync: Option<AtSync>,
}

static DISK: Mutex<Option<Disk>> = Mutex::new(None);

fn disk() -> MutexGuard<'static, Option<Disk>> {
    DISK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A whole, empty-handed disk: nothing is counted before, nothing refused.
pub fn healthy() {
    install();
    *disk() = Some(Disk::default());
}

/// Refuses every write from the `nth` on (from 1, counted from now), with one of SQLite's error codes.
pub fn refuse_from(nth: u64, code: c_int) {
    let mut disk = disk();
    let disk = disk.get_or_insert_default();
    *disk = Disk { refuses: Some((nth, code)), ..Disk::default() };
}

/// How many writes there were, and how many of them were refused.
pub fn writes() -> (u64, u64) {
    disk().as_ref().map_or((0, 0), |disk| (disk.writes, disk.refused))
}

/// Calls back after each sync with what a power cut at that moment leaves; `before` is what is there now.
pub fn at_sync(before: Synced, call: impl FnMut(&Synced) + Send + 'static) {
    *disk() = Some(Disk { synced: before, at_sync: Some(Box::new(call)), ..Disk::default() });
}

/// Our part of an open file; the real one lies directly behind it.
#[repr(C)]
struct Shim {
    base: ffi::sqlite3_file,
    path: *mut PathBuf,
}

const SHIM: usize = size_of::<Shim>();

/// # Safety
/// `file` is one that [`open`] filled in: `SHIM` bytes of ours and then the real one, in one allocation of SQLite's.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: SQLite allocated `szOsFile` bytes, which is SHIM and the size of the real file (see `install`).
    unsafe { file.cast::<u8>().add(SHIM).cast() }
}

/// Passes a call on to the real file.
macro_rules! pass {
    ($name:ident, $method:ident ( $($arg:ident : $type:ty),* ) -> $answer:ty, $missing:expr) => {
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($arg: $type),*) -> $answer {
            // SAFETY: SQLite calls this with a file that `open` made; the real one has methods while it is open.
            unsafe {
                let real = real(file);
                match (*(*real).pMethods).$method {
                    Some(call) => call(real, $($arg),*),
                    None => $missing,
                }
            }
        }
    };
}

pass!(read, xRead(to: *mut c_void, bytes: c_int, at: i64) -> c_int, ffi::SQLITE_IOERR);
pass!(real_write, xWrite(from: *const c_void, bytes: c_int, at: i64) -> c_int, ffi::SQLITE_IOERR);
pass!(truncate, xTruncate(size: i64) -> c_int, ffi::SQLITE_IOERR);
pass!(real_sync, xSync(flags: c_int) -> c_int, ffi::SQLITE_IOERR);
pass!(file_size, xFileSize(size: *mut i64) -> c_int, ffi::SQLITE_IOERR);
pass!(lock, xLock(level: c_int) -> c_int, ffi::SQLITE_IOERR);
pass!(unlock, xUnlock(level: c_int) -> c_int, ffi::SQLITE_IOERR);
pass!(check_lock, xCheckReservedLock(answer: *mut c_int) -> c_int, ffi::SQLITE_IOERR);
pass!(control, xFileControl(op: c_int, argument: *mut c_void) -> c_int, ffi::SQLITE_NOTFOUND);
pass!(sector, xSectorSize() -> c_int, 4096);
pass!(traits, xDeviceCharacteristics() -> c_int, 0);
pass!(shm_map, xShmMap(page: c_int, size: c_int, extend: c_int, to: *mut *mut c_void) -> c_int, ffi::SQLITE_IOERR);
pass!(shm_lock, xShmLock(offset: c_int, n: c_int, flags: c_int) -> c_int, ffi::SQLITE_IOERR);
pass!(shm_barrier, xShmBarrier() -> (), ());
pass!(shm_unmap, xShmUnmap(delete: c_int) -> c_int, ffi::SQLITE_IOERR);
pass!(real_close, xClose() -> c_int, ffi::SQLITE_OK);

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    let refused = {
        let mut disk = disk();
        let disk = disk.get_or_insert_default();
        disk.writes += 1;
        let refuses = disk.refuses.filter(|(nth, _)| disk.writes >= *nth);
        disk.refused += u64::from(refuses.is_some());
        refuses.map(|(_, code)| (code, disk.refused == 1))
    };
    match refused {
        // SAFETY: as `pass!`; SQLite's buffer holds at least half of its bytes.
        Some((code, true)) => unsafe {
            real_write(file, from, bytes / 2, at);
            code
        },
        Some((code, false)) => code,
        // SAFETY: the arguments are SQLite's own, passed on as they are.
        None => unsafe { real_write(file, from, bytes, at) },
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: as `pass!`.
    let answer = unsafe { real_sync(file, flags) };
    // SAFETY: `open` put a path there, and it lives until `close`.
    let path = unsafe { (*(*file.cast::<Shim>()).path).clone() };
    if let (ffi::SQLITE_OK, Ok(held), Some(disk)) = (answer, std::fs::read(&path), disk().as_mut()) {
        disk.synced.insert(path, held);
        if let Some(call) = &mut disk.at_sync {
            call(&disk.synced);
        }
    }
    answer
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once; the path was made by `Box::into_raw` in `open` and is not used after this.
    unsafe {
        drop(Box::from_raw((*file.cast::<Shim>()).path));
        real_close(file)
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: `vfs` is ours, and its `pAppData` is the system's own, which lives for ever. SQLite gave `file` the
    // room of both parts. `name` is null or ends in a zero byte. Where the real one does not open, ours has no
    // methods, and SQLite then calls none.
    unsafe {
        (*file).pMethods = std::ptr::null();
        let system: *mut ffi::sqlite3_vfs = (*vfs).pAppData.cast();
        let Some(real_open) = (*system).xOpen else { return ffi::SQLITE_CANTOPEN };
        let answer = real_open(system, name, real(file), flags, out);
        if answer != ffi::SQLITE_OK {
            return answer;
        }
        let name: *const c_char = name;
        let path = if name.is_null() {
            PathBuf::new()
        } else {
            PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()))
        };
        (*file.cast::<Shim>()).path = Box::into_raw(Box::new(path));
        (*file).pMethods = &raw const METHODS;
        ffi::SQLITE_OK
    }
}

/// Makes it the default of this process, once.
fn install() {
    static ONCE: Once = Once::new();
    // SAFETY: the system's own is copied, so that everything but opening stays as it is; the copy and its name live as
    // long as the process, as SQLite asks.
    ONCE.call_once(|| unsafe {
        assert_eq!(ffi::sqlite3_initialize(), ffi::SQLITE_OK);
        let system = ffi::sqlite3_vfs_find(std::ptr::null());
        let ours = Box::leak(Box::new(*system));
        ours.zName = c"theke-test".as_ptr();
        ours.szOsFile += c_int::try_from(SHIM).unwrap();
        ours.pAppData = system.cast();
        ours.pNext = std::ptr::null_mut();
        ours.xOpen = Some(open);
        assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK);
    });
}
