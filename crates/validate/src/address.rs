//! Hosts, ports and voters as Kafka reads them.

/// Characters that Kafka allows in a host name or address; zones of IPv6 addresses too.
pub(crate) fn is_host(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'%' | b'.' | b'_' | b':'))
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Host and port of `host:port`, `[::1]:port` and `scheme://host:port`; the port is digits, of whatever size.
///
/// To 3.9 anything may stand before the host; later only a scheme (`strict`).
pub(crate) fn host_and_port(text: &str, strict: bool) -> Option<(&str, &str)> {
    let (head, port) = text.rsplit_once(':')?;
    if !is_port(port) {
        return None;
    }
    let head = head.strip_suffix(']').unwrap_or(head);
    if !strict {
        // The host is the longest tail of allowed characters; a bracket before it is part of what is skipped.
        let from = head.char_indices().rev().take_while(|(_, c)| is_host(c.encode_utf8(&mut [0; 4]))).last();
        return from.map_or(Some(("", port)), |(from, _)| head.get(from..).map(|host| (host, port)));
    }
    let head = match head.split_once("://") {
        Some((scheme, rest)) if is_host(scheme) && !scheme.contains(':') => rest,
        Some(_) => return None,
        None => head,
    };
    let head = head.strip_prefix('[').unwrap_or(head);
    is_host(head).then_some((head, port))
}

/// Whether digits are a port number that an address takes: 0 to 65535.
pub(crate) fn is_port_in_range(digits: &str) -> bool {
    digits.trim_start_matches('0').len() <= 5 && digits.parse::<u32>().is_ok_and(|port| port <= 65_535)
}

/// One entry of `controller.quorum.voters`: `{id}@{host}:{port}`.
pub(crate) fn voter(text: &str, strict: bool) -> Option<(i64, &str, &str)> {
    // Java's split drops what is empty at the end, so trailing `@` do no harm.
    let (id, address) = text.trim_end_matches('@').split_once('@')?;
    if address.contains('@') {
        return None;
    }
    let id = super::number::whole(id, i64::from(i32::MIN), i64::from(i32::MAX))?;
    let (host, port) = host_and_port(address, strict)?;
    is_port_in_range(port).then_some((id, host, port))
}

/// Which family an address literal is of; `None` for names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    V4,
    V6,
}

/// The family of an IP address as listeners write it.
pub(crate) fn family(host: &str) -> Option<Family> {
    if host.parse::<std::net::Ipv4Addr>().is_ok() {
        return Some(Family::V4);
    }
    let address = host.split_once('%').map_or(host, |(address, _)| address);
    address.parse::<std::net::Ipv6Addr>().is_ok().then_some(Family::V6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_and_without_scheme() {
        assert_eq!(host_and_port("a.b:1", true), Some(("a.b", "1")));
        assert_eq!(host_and_port("x://a:1", true), Some(("a", "1")));
        assert_eq!(host_and_port("[::1]:9092", true), Some(("::1", "9092")));
        assert_eq!(host_and_port(":9092", true), Some(("", "9092")));
        for wrong in ["a", "a:", "a b:1", "a:b", "a/b:1", "://", ""] {
            assert_eq!(host_and_port(wrong, true), None, "{wrong}");
        }
        assert_eq!(host_and_port("a b:1", false), Some(("b", "1")));
    }

    #[test]
    fn a_voter_has_an_id_a_host_and_a_port() {
        assert_eq!(voter("1@a:9093", true), Some((1, "a", "9093")));
        assert_eq!(voter("1@a:9093@", true), Some((1, "a", "9093")));
        for wrong in ["", "a:9093", "x@a:9093", "1@a", "1@a:99999", "1@2@a:1", "1@"] {
            assert_eq!(voter(wrong, true), None, "{wrong}");
        }
    }
}
