package io.tallystick.kit.metric;

import java.util.List;

/// The gauges that a service reads from its tables. Every bean of this type is sampled.
public interface TableGauges {
  List<TableGauge> gauges();
}
