//! Linux: a socket on which the kernel says that something about interfaces, addresses or routes changed, and its table
//! of routes, which is read then. What exactly changed is not asked.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, bind, recv, socket_with};
use tokio::io::unix::AsyncFd;
use tokio::time::{sleep, timeout};

/// `RTMGRP_LINK`, `RTMGRP_IPV4_IFADDR`, `RTMGRP_IPV4_ROUTE`, `RTMGRP_IPV6_IFADDR`, `RTMGRP_IPV6_ROUTE`.
const GROUPS: u32 = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;
/// What changes together is one change: an interface, its addresses, its routes.
const MOMENT: Duration = Duration::from_millis(200);
/// Whether the way is metered can change without a word of the kernel.
const ASKED_EVERY: Duration = Duration::from_secs(30);

/// The kernel's news.
pub struct Changes(AsyncFd<OwnedFd>);

impl Changes {
    /// Listens from now on. News of routes is what a netlink socket brings where no other protocol is named.
    #[allow(
        deprecated,
        reason = "the new way is unsafe code; an OwnedFd keeps its descriptor open, which is all it asks"
    )]
    pub fn open() -> io::Result<Self> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, flags, None)?;
        bind(&socket, &SocketAddrNetlink::new(0, GROUPS))?;
        Ok(Self(AsyncFd::new(socket)?))
    }

    /// Returns when something may have changed.
    pub async fn next(&mut self) -> io::Result<()> {
        match timeout(ASKED_EVERY, self.0.readable()).await {
            Ok(ready) => ready?.retain_ready(),
            Err(_) => return Ok(()),
        }
        sleep(MOMENT).await;
        let mut ready = self.0.readable().await?;
        let mut bytes = [0_u8; 8192];
        loop {
            match recv(self.0.get_ref(), &mut bytes, RecvFlags::DONTWAIT) {
                // What was lost does not matter: all is read anew.
                Ok(_) | Err(rustix::io::Errno::NOBUFS | rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => {
                    ready.clear_ready();
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Whether a default route leads out of this computer over an interface that is not known to be unplugged. A computer
/// whose tables cannot be read counts as connected.
pub fn has_way_out() -> bool {
    let (four, six) =
        (std::fs::read_to_string("/proc/net/route"), std::fs::read_to_string("/proc/net/ipv6_route"));
    if four.is_err() && six.is_err() {
        return true;
    }
    let ways = defaults_of_four(&four.unwrap_or_default());
    ways.into_iter().chain(defaults_of_six(&six.unwrap_or_default())).any(|name| is_plugged_in(&name))
}

/// Interfaces of the default routes in `/proc/net/route`.
fn defaults_of_four(table: &str) -> Vec<String> {
    let default = |line: &str| {
        let mut fields = line.split_whitespace();
        let (name, destination, mask) = (fields.next()?, fields.next()?, fields.nth(5)?);
        (destination == "00000000" && mask == "00000000").then(|| name.to_owned())
    };
    table.lines().skip(1).filter_map(default).collect()
}

/// The same in `/proc/net/ipv6_route`, where the computer itself stands in the list of ways that lead nowhere.
fn defaults_of_six(table: &str) -> Vec<String> {
    let default = |line: &str| {
        let mut fields = line.split_whitespace();
        let (destination, length, name) = (fields.next()?, fields.next()?, fields.next_back()?);
        let is_default = length == "00" && destination.bytes().all(|byte| byte == b'0');
        (is_default && name != "lo").then(|| name.to_owned())
    };
    table.lines().filter_map(default).collect()
}

/// A cable that is out leaves its routes where no program takes them away.
fn is_plugged_in(interface: &str) -> bool {
    let state = std::fs::read_to_string(format!("/sys/class/net/{interface}/operstate"));
    !matches!(state.as_deref().map(str::trim), Ok("down" | "lowerlayerdown" | "notpresent"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_routes_are_told_from_others() {
        let table = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n\
                     docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n\
                     wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
        assert_eq!(defaults_of_four(table), ["wlan0"]);
        assert!(defaults_of_four("Iface\n").is_empty() && defaults_of_four("").is_empty());
        let zero = "0".repeat(32);
        let line = |to: &str, length: &str, name: &str| {
            format!("{to} {length} {zero} 00 {zero} 00000400 00000001 00000000 00200200 {name}\n")
        };
        let nowhere = line(&zero, "00", "lo");
        assert!(defaults_of_six(&nowhere).is_empty());
        let near = line("fe800000000000000000000000000000", "40", "eth0");
        assert_eq!(defaults_of_six(&(nowhere + &near + &line(&zero, "00", "eth0"))), ["eth0"]);
    }

    #[test]
    fn an_interface_that_nobody_describes_counts_as_plugged_in() {
        assert!(is_plugged_in("there-is-none"));
    }
}
