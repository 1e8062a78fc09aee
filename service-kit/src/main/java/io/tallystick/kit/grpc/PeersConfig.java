package io.tallystick.kit.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/// Where the other services are.
@ConfigMapping(prefix = "tallystick.peers")
public interface PeersConfig {
  /// By service name: `tallystick.peers.clearing.address=clearing.pay.svc:9443`.
  @WithParentName
  Map<String, Peer> peers();

  /// One other service.
  interface Peer {
    /// `host:port` of its gRPC server; a name with several addresses is balanced over them.
    String address();
  }
}
