package io.tallystick.sandbox.soak.fault;

import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformDescription.GrpcAddresses;
import io.tallystick.sandbox.platform.PlatformDescription.RestAddresses;
import io.tallystick.sandbox.platform.Wiring;
import io.tallystick.sandbox.proxy.FaultyLink;
import io.tallystick.sandbox.proxy.LinkFault;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A [FaultyLink] between every two parts that talk to each other, or some, named `from>to`.
public final class Links implements Wiring, AutoCloseable {
  private final Map<String, FaultyLink> links = new ConcurrentHashMap<>();
  private final String wanted;

  private Links(String wanted) {
    this.wanted = wanted;
  }

  /// A link between any two parts.
  public static Links everywhere() {
    return new Links("*>*");
  }

  /// Links where the pattern says so, direct ways elsewhere.
  ///
  /// @param pattern as in [#matching]
  public static Links only(String pattern) {
    return new Links(pattern);
  }

  @Override
  public String through(String from, String to, String address) {
    String name = from + ">" + to;
    if (!matches(wanted, name)) {
      return address;
    }
    return links.computeIfAbsent(name, _ -> FaultyLink.start(name, address)).address();
  }

  /// The platform as wallets and terminals reach it: through links `wallets>…` and
  /// `terminals>verify`. Operators come without a detour.
  public PlatformDescription seenFromOutside(PlatformDescription platform) {
    RestAddresses rest = platform.rest();
    GrpcAddresses grpc = platform.grpc();
    return new PlatformDescription(
        new RestAddresses(
            forWallets("seed", rest.seedService()),
            forWallets("verify", rest.verifyService()),
            forWallets("clearing", rest.clearingService()),
            rest.riskService(),
            forWallets("notify", rest.notifyService())),
        new GrpcAddresses(
            grpc.seedService(),
            through("terminals", "verify", grpc.verifyService()),
            grpc.clearingService(),
            grpc.riskService()),
        platform.caFile(),
        platform.oidcIssuer(),
        platform.smsCentre(),
        platform.operatorCertificateFile(),
        platform.operatorKeyFile(),
        platform.certificatesFolder(),
        platform.rootPublicKeyFile(),
        platform.processId());
  }

  private URI forWallets(String service, URI address) {
    return URI.create(
        "https://" + through("wallets", service, address.getHost() + ":" + address.getPort()));
  }

  /// The links that a pattern means.
  ///
  /// @param pattern `from>to`, either of them `*`
  public List<FaultyLink> matching(String pattern) {
    return links.entrySet().stream()
        .filter(link -> matches(pattern, link.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean matches(String pattern, String name) {
    String[] ends = pattern.split(">", 2);
    String[] parts = name.split(">", 2);
    return (ends[0].equals("*") || ends[0].equals(parts[0]))
        && (ends[1].equals("*") || ends[1].equals(parts[1]));
  }

  /// Nothing is done to any link any more.
  public void heal() {
    links
        .values()
        .forEach(link -> {
          link.forgetNextReply();
          link.set(new LinkFault.None());
        });
  }

  @Override
  public void close() throws IOException {
    for (FaultyLink link : links.values()) {
      link.close();
    }
  }
}
