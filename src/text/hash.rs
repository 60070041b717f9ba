/// Hashes texts the same way in every version and on every machine (FNV-1a).
pub fn hash(parts: &[&str]) -> u64 {
    // A byte that no text has keeps the parts from running into each other.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
