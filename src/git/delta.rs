//! What git writes down of a version that is much like another: which of the other's bytes to take,
//! and which are new.

use super::packs::LARGEST;

/// Makes a version from the one it is described by, in place of what `version` held; `None` where the
/// description makes no sense.
pub(super) fn apply(base: &[u8], mut delta: &[u8], version: &mut Vec<u8>) -> Option<()> {
    let delta = &mut delta;
    if size(delta)? != base.len() {
        return None;
    }
    let expected = size(delta)?;
    if expected > LARGEST {
        return None;
    }
    version.clear();
    version.reserve(expected);
    while let Some(command) = byte(delta) {
        let piece = match command {
            0 => return None,
            0x80.. => {
                let start = number(delta, command, 0..4)?;
                let length = number(delta, command, 4..7)?;
                let length = if length == 0 { 0x1_0000 } else { length };
                base.get(start..start.checked_add(length)?)?
            }
            length => {
                let (piece, rest) = delta.split_at_checked(usize::from(length))?;
                *delta = rest;
                piece
            }
        };
        if version.len() + piece.len() > expected {
            return None;
        }
        version.extend_from_slice(piece);
    }
    (version.len() == expected).then_some(())
}

fn byte(delta: &mut &[u8]) -> Option<u8> {
    let (first, rest) = delta.split_first()?;
    *delta = rest;
    Some(*first)
}

/// Reads a size: seven bits a byte, the lowest first, as long as the eighth is set.
fn size(delta: &mut &[u8]) -> Option<usize> {
    let mut size = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let next = byte(delta)?;
        size |= usize::from(next & 0x7f).checked_shl(shift)?;
        if next < 0x80 {
            return Some(size);
        }
    }
    None
}

/// Reads a number of which only those bytes are written down whose bits in the command are set.
fn number(delta: &mut &[u8], command: u8, bits: std::ops::Range<u32>) -> Option<usize> {
    let mut number = 0;
    for (at, bit) in bits.enumerate() {
        if command & (1 << bit) != 0 {
            number |= usize::from(byte(delta)?) << (8 * at);
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_makes_no_version() {
        let base = b"objective";
        for (delta, expected) in [
            (&b"\x09\x04\x91\x02\x03\x01!"[..], Some("jec!")),
            (b"\x09\x00", Some("")),
            // The base has another size; the version does; a piece is beyond the end.
            (b"\x08\x04\x91\x02\x03\x01!", None),
            (b"\x09\x05\x91\x02\x03\x01!", None),
            (b"\x09\x03\x91\x02\x03\x01!", None),
            (b"\x09\x04\x91\x08\x04", None),
            // It ends too early, or says nothing.
            (b"\x09\x04\x91\x02", None),
            (b"\x09\x04\x04abc", None),
            (b"\x09\x04\x00", None),
            (b"\x09", None),
            (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", None),
            // Nobody's memory holds this.
            (b"\x09\xff\xff\xff\xff\xff\xff\x7f", None),
        ] {
            let mut version = b"left over".to_vec();
            let made = apply(base, delta, &mut version).map(|()| version);
            assert_eq!(made.as_deref(), expected.map(str::as_bytes), "{delta:?}");
        }
    }
}
