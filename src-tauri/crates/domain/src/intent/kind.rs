//! The intents by name.

use serde::{Deserialize, Serialize};

/// What a message asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// When the shop is open.
    OpeningHours,
    /// How far an order or repair is.
    OrderStatus,
    /// Whether something is there.
    StockAvailability,
    /// What something costs.
    Price,
    /// Whether it can be fetched now.
    PickupReady,
    /// Giving back or swapping.
    ReturnExchange,
    /// Displeasure.
    Complaint,
    /// Booking, moving, cancelling.
    Appointment,
    /// A copy of an invoice or receipt.
    InvoiceCopy,
    /// How long something takes in general.
    DeliveryTime,
    /// How to get there, where to park.
    DirectionsParking,
    /// Vouchers.
    GiftVoucher,
    /// No more messages.
    OptOut,
    /// Thanks, and nothing else.
    ThanksOnly,
    /// A person instead of the machine.
    HumanRequested,
    /// Everything else.
    Other,
}

impl Intent {
    /// All, in the order of the model's outputs.
    pub const ALL: [Self; 16] = [
        Self::OpeningHours,
        Self::OrderStatus,
        Self::StockAvailability,
        Self::Price,
        Self::PickupReady,
        Self::ReturnExchange,
        Self::Complaint,
        Self::Appointment,
        Self::InvoiceCopy,
        Self::DeliveryTime,
        Self::DirectionsParking,
        Self::GiftVoucher,
        Self::OptOut,
        Self::ThanksOnly,
        Self::HumanRequested,
        Self::Other,
    ];

    /// The stable word, as in rules and in the corpus.
    pub fn word(self) -> &'static str {
        match self {
            Self::OpeningHours => "opening_hours",
            Self::OrderStatus => "order_status",
            Self::StockAvailability => "stock_availability",
            Self::Price => "price",
            Self::PickupReady => "pickup_ready",
            Self::ReturnExchange => "return_exchange",
            Self::Complaint => "complaint",
            Self::Appointment => "appointment",
            Self::InvoiceCopy => "invoice_copy",
            Self::DeliveryTime => "delivery_time",
            Self::DirectionsParking => "directions_parking",
            Self::GiftVoucher => "gift_voucher",
            Self::OptOut => "opt_out",
            Self::ThanksOnly => "thanks_only",
            Self::HumanRequested => "human_requested",
            Self::Other => "other",
        }
    }

    /// The intent of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intent| intent.word() == word)
    }
}
