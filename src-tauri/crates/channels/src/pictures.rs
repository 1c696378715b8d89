//! Fetches the remote pictures of a message once a person asked for them: https only, no cookies, no referrer, no
//! redirect, nothing of this computer or its local network, up to a size.
//!
//! Here, because nothing but channels speaks HTTP. Not here: which pictures a message names and whether their bytes
//! are pictures at all.

use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use url::{Host, Url};

use crate::error::{Error, ErrorKind, Result};
use crate::web::{Reach, Web};

/// The largest picture that is fetched.
pub const PICTURE_MAX_BYTES: usize = 3 * 1024 * 1024;

/// Fetches one picture.
///
/// # Errors
/// `Config` for an address that is not fetched, else what the network said.
pub async fn fetch(address: &str) -> Result<Bytes> {
    let refused = |why: &str| Error::new(ErrorKind::Config, format!("the picture is not fetched: {why}"));
    let url = Url::parse(address).map_err(|_| refused("its address cannot be read"))?;
    if url.scheme() != "https" || !url.username().is_empty() || url.password().is_some() {
        return Err(refused("only https addresses without a login are"));
    }
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        _ => None,
    };
    if ip.is_some_and(is_local) {
        return Err(refused("it lies in the local network"));
    }
    let web = Web::new(Reach::Public)?;
    let request = web.request(reqwest::Method::GET, url).header("accept", "image/*");
    let answer = web.call_up_to(request, PICTURE_MAX_BYTES).await?;
    if !answer.is_success() {
        return Err(Error::new(ErrorKind::Rejected, "the picture is not there any more"));
    }
    Ok(answer.body)
}

/// Whether an address leads to this computer or its network. A sender must not reach into it by a name either.
pub(crate) fn is_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_private()
                || ip.is_link_local()
                || ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_broadcast()
                || ip.is_multicast()
                || (a == 100 && (64..128).contains(&b))
                || ip == Ipv4Addr::new(192, 0, 0, 0)
        }
        IpAddr::V6(ip) => {
            ip.to_ipv4_mapped().is_some_and(|v4| is_local(IpAddr::V4(v4)))
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_https_outside_the_local_network_is_fetched() {
        for address in [
            "http://pictures.example/a.png",
            "https://127.0.0.1/a.png",
            "https://[::1]/a.png",
            "https://192.168.1.1/a",
            "https://[::ffff:10.0.0.1]/a",
            "https://user:pw@pictures.example/a",
            "file:///etc/passwd",
            "https://169.254.169.254/latest",
            "cid:x",
        ] {
            assert_eq!(fetch(address).await.unwrap_err().kind, ErrorKind::Config, "{address}");
        }
    }
}
