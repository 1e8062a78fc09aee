package io.tallystick.sandbox.platform;

/// How one part of the platform reaches another: directly, or through something that listens in
/// between.
@FunctionalInterface
public interface Wiring {
  /// Every part reaches every other without a detour.
  Wiring DIRECT = (_, _, address) -> address;

  /// The address that `from` is told for `to`.
  ///
  /// @param from a service's short name
  /// @param to a service's short name, `postgres`, `redis` or `sms-centre`
  /// @param address where `to` listens, `host:port`
  /// @return `host:port`
  String through(String from, String to, String address);
}
