package io.tallystick.risk.observation;

/// What the wallet's behaviour fingerprint says. Evidence: a wallet may lie.
///
/// @param locationCell coarse location cell, 0 when unknown
/// @param integrityFlags bits set by the wallet's own checks of its device, 0 when it found nothing
public record Behaviour(
    long locationCell,
    long secondsSinceUnlock,
    long tapsLast10Seconds,
    long tapsLast60Seconds,
    long tapsLastHour,
    int integrityFlags,
    int unlockMethod) {}
