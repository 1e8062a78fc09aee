package io.tallystick.notify.sms;

/// Where delivery receipts go.
public interface DeliveryReports {
  /// Stores the report; returns once it is durable. The same report may come twice.
  void record(DeliveryReport report);
}
