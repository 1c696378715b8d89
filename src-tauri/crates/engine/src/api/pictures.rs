//! Senders whose remote pictures are shown. Asked by the address that a message claims to be from: a forged one shows
//! pictures and nothing else.

use theke_domain::ids::MessageId;
use theke_store::table::changes::{self, Step};
use theke_store::table::{messages, picture_senders};

use super::types::Event;
use super::{Api, ApiError, ApiResult, Code};

impl Api {
    /// Shows the pictures of this message's sender from now on.
    pub async fn pictures_allow(&self, message_id: i64) -> ApiResult<()> {
        let now = self.shared.now();
        let conversation_id = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let row = messages::get(tx, MessageId(message_id))?.ok_or_else(|| {
                    ApiError::new(Code::NotFound, format!("There is no message {message_id}."))
                })?;
                picture_senders::allow(tx, &row.from_address, now)?;
                Ok(row.conversation_id.0)
            })
            .await?;
        self.shared.tell(Event::MessageChanged { conversation_id, message_id });
        Ok(())
    }

    /// Asks again before this sender's pictures are shown. Answers the change for `undo`; `None` if they were not shown.
    pub async fn pictures_forget(&self, address: &str) -> ApiResult<Option<i64>> {
        let (address, now) = (address.to_owned(), self.shared.now());
        let undo = self
            .shared
            .write(move |tx| -> theke_store::Result<Option<i64>> {
                if !picture_senders::is_allowed(tx, &address)? {
                    return Ok(None);
                }
                picture_senders::forget(tx, &address)?;
                let step = Step::PicturesForgotten { address: address.clone() };
                Ok(Some(changes::insert(tx, "pictures_forgotten", &address, 1, &[step], now)?.0))
            })
            .await?;
        self.shared.tell(Event::UndoChanged {});
        Ok(undo)
    }

    /// The senders whose pictures are shown.
    pub async fn pictures_allowed(&self) -> ApiResult<Vec<String>> {
        self.shared.read(picture_senders::all).await
    }

    pub(super) async fn pictures_are_allowed(&self, message_id: i64) -> ApiResult<bool> {
        self.shared
            .read(move |conn| {
                let row = messages::get(conn, MessageId(message_id))?;
                row.map_or(Ok(false), |row| picture_senders::is_allowed(conn, &row.from_address))
            })
            .await
    }
}
