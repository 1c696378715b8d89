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
    fetch_by(&Web::new(Reach::Public, None)?, url).await
}

/// What is left once the address is known to be one that may be asked.
async fn fetch_by(web: &Web, url: Url) -> Result<Bytes> {
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
    use std::sync::{Arc, Mutex};

    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use theke_tests::authority::Authority;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

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

    /// A picture server of our own, with its authority's file and what was asked of it.
    struct Pictures {
        web: Web,
        address: Url,
        asked: Arc<Mutex<Vec<String>>>,
        _folder: tempfile::TempDir,
    }

    async fn pictures(answers: Vec<Vec<u8>>) -> Pictures {
        let authority = Authority::new().unwrap();
        let signed = authority.sign(&["localhost"]).unwrap();
        let chain = CertificateDer::pem_slice_iter(signed.certificate_pem.as_bytes());
        let key = PrivateKeyDer::from_pem_slice(signed.key_pem.as_bytes()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain.collect::<Result<Vec<_>, _>>().unwrap(), key)
            .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("https://localhost:{}/bild.png?an=kate", listener.local_addr().unwrap().port());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        tokio::spawn(async move {
            let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
            for answer in answers {
                let mut stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(stream.read_u8().await.unwrap());
                }
                seen.lock().unwrap().push(String::from_utf8(request).unwrap().to_lowercase());
                // The client may have hung up in the middle of too much.
                let _cut = stream.write_all(&answer).await;
                let _cut = stream.shutdown().await;
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let web = Web::new(Reach::Loopback, Some(&authority.write_into(folder.path()).unwrap())).unwrap();
        Pictures { web, address: Url::parse(&address).unwrap(), asked, _folder: folder }
    }

    fn answer(status: &str, more: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{more}\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    #[tokio::test]
    async fn a_picture_arrives_and_says_nothing_of_who_asked() {
        let png = b"\x89PNG\r\n\x1a\n and more";
        let cookie = "set-cookie: seen=kate; path=/\r\nconnection: close\r\n";
        let server = pictures(vec![answer("200 OK", cookie, png), answer("200 OK", cookie, png)]).await;
        for _ in 0..2 {
            assert_eq!(fetch_by(&server.web, server.address.clone()).await.unwrap(), &png[..]);
        }
        let asked = server.asked.lock().unwrap().clone();
        assert_eq!(asked.len(), 2);
        for request in asked {
            assert!(request.starts_with("get /bild.png?an=kate http/1.1\r\n"), "{request}");
            for word in ["cookie:", "referer:", "authorization:", "accept-language:"] {
                assert!(!request.contains(word), "{word} in {request}");
            }
        }
    }

    #[tokio::test]
    async fn what_is_no_picture_or_too_much_is_left_out() {
        let large = vec![0; PICTURE_MAX_BYTES + 1];
        let answers = vec![
            answer("302 Found", "location: https://localhost/other.png\r\nconnection: close\r\n", b""),
            answer("404 Not Found", "connection: close\r\n", b"no"),
            answer("200 OK", "connection: close\r\n", &large),
        ];
        let server = pictures(answers).await;
        for kind in [ErrorKind::Rejected, ErrorKind::Rejected, ErrorKind::Protocol] {
            assert_eq!(fetch_by(&server.web, server.address.clone()).await.unwrap_err().kind, kind);
        }
        assert_eq!(server.asked.lock().unwrap().len(), 3, "a redirect is not followed");
    }
}
