package io.tallystick.seed.device.rest;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OnlineCodes;
import io.tallystick.seed.device.IssuedDevice;
import io.tallystick.seed.device.rest.IssuedDeviceView.CodeLimits;
import io.tallystick.seed.device.rest.IssuedDeviceView.CodePrefixes;
import io.tallystick.seed.issuer.TrustAnchor;
import io.tallystick.seed.request.RequestConfig;
import io.tallystick.seed.rest.Amount;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Puts together what a wallet gets. Server time is that of the answer at hand also where the rest
/// is a repeat: a wallet sets its reckoning by it.
@Singleton
class IssuedDeviceViews {
  private final TrustAnchor anchor;
  private final CodeNetwork network;
  private final RequestConfig config;
  private final Clock clock;

  IssuedDeviceViews(TrustAnchor anchor, CodeNetwork network, RequestConfig config, Clock clock) {
    this.anchor = anchor;
    this.network = network;
    this.config = config;
    this.clock = clock;
  }

  IssuedDeviceView of(IssuedDevice issued) {
    DeviceAuthorisation authorisation =
        DeviceAuthorisation.parse(issued.authorisation(), anchor.profile());
    return new IssuedDeviceView(
        issued.device().id().toString(),
        issued.device().name(),
        issued.device().account().value(),
        issued.device().keyEpoch(),
        issued.seed().toBytes(),
        issued.alias().digits(),
        issued.expiresAt(),
        issued.authorisation(),
        authorisation.terms().expiresAt(),
        anchor.root().compressed(),
        authorisation.issuer().encode(),
        Amount.of(authorisation.allowance()),
        Amount.of(authorisation.largestSingleAmount()),
        authorisation.terms().allowance().maxTaps(),
        new CodePrefixes(network.offlinePrefix(), network.onlinePrefix()),
        new CodeLimits(
            CodeMoment.REFRESHES_PER_MINUTE,
            config.onlineCodesPerMinute(),
            (int) OnlineCodes.VALIDITY.toSeconds()),
        clock.instant());
  }
}
