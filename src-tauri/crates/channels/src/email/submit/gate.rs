//! A stream that stops before the line which ends a mail's data.
//!
//! lettre writes the data and that line in one call. The marker must be on disk between the two: earlier, and a crash
//! during a long upload would leave a mail in doubt that certainly did not go out.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_rustls::client::TlsStream;

/// What lettre writes to end the data; dot stuffing keeps it out of the data itself.
const END: &[u8] = b"\r\n.\r\n";

/// Opened and closed by the sender.
#[derive(Default)]
pub(super) struct Gate {
    closed: Mutex<(bool, Option<Waker>)>,
    reached: Notify,
}

impl Gate {
    /// From here the end of the data is held back.
    pub(super) fn close(&self) {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).0 = true;
    }

    /// Lets the end of the data pass.
    pub(super) fn open(&self) {
        let mut state = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = false;
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }

    /// Returns when everything but the end is written.
    pub(super) async fn reached(&self) {
        self.reached.notified().await;
    }

    fn is_closed(&self) -> bool {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn holds(&self, context: &Context<'_>) -> bool {
        let mut state = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 {
            state.1 = Some(context.waker().clone());
            self.reached.notify_one();
        }
        state.0
    }
}

/// TLS with a gate. After STARTTLS the server says nothing by itself, while lettre waits for a greeting: `greeting` is
/// read first.
pub(super) struct Gated {
    tls: TlsStream<TcpStream>,
    gate: Arc<Gate>,
    greeting: &'static [u8],
}

impl Gated {
    pub(super) fn new(tls: TlsStream<TcpStream>, gate: Arc<Gate>, greeting: &'static [u8]) -> Self {
        Self { tls, gate, greeting }
    }
}

impl std::fmt::Debug for Gated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gated")
    }
}

impl AsyncTokioStream for Gated {
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        self.tls.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Gated {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.tls).poll_read(context, buffer);
        }
        let count = self.greeting.len().min(buffer.remaining());
        let (now, later) = self.greeting.split_at_checked(count).unwrap_or_default();
        buffer.put_slice(now);
        self.greeting = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Gated {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if bytes == END && self.gate.is_closed() {
            // A connection that is known to be broken is a certain failure as long as the end was not written.
            let mut one = [0];
            match self.tls.get_ref().0.poll_peek(context, &mut ReadBuf::new(&mut one)) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Ready(Ok(_)) | Poll::Pending => {}
            }
            if self.gate.holds(context) {
                return Poll::Pending;
            }
        }
        Pin::new(&mut self.tls).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_shutdown(context)
    }
}
