//! Whether the Secret Service is locked, which its own answers do not tell: a search in a locked collection finds
//! nothing and says so.

use secret_service::EncryptionType;
use secret_service::blocking::SecretService;

/// True if the default collection is locked or has not been made: in both cases "no such entry" proves nothing.
/// False where the service cannot be asked, which the caller has found out by then.
pub fn is_locked() -> bool {
    let Ok(service) = SecretService::connect(EncryptionType::Plain) else { return false };
    match service.get_default_collection() {
        Ok(collection) => collection.is_locked().unwrap_or(true),
        Err(_) => true,
    }
}
